-- What machines found about a report: it lowers the cost of reading, and never refuses one.

create table avow.report_facts (
  organization_id uuid not null,
  report_id uuid not null,
  -- Sealed under the report's own key: facts quote what was written.
  box bytea not null,
  checked_at timestamptz not null,
  primary key (organization_id, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
select avow.isolate('avow.report_facts');

-- MinHash under a key: how alike two texts are, without a word of them.
create table avow.report_signatures (
  organization_id uuid not null,
  report_id uuid not null,
  signature bytea not null check (length(signature) = 512),
  primary key (organization_id, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
select avow.isolate('avow.report_signatures');

-- Texts that share a band are worth comparing. A row each, since row security keeps the running role from operators on arrays.
create table avow.report_bands (
  organization_id uuid not null,
  band bigint not null,
  report_id uuid not null,
  primary key (organization_id, band, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_bands_by_report on avow.report_bands (organization_id, report_id);
select avow.isolate('avow.report_bands');

-- Asset, weakness, endpoint and parameter as one keyed hash.
create table avow.report_places (
  organization_id uuid not null,
  hash bytea not null,
  report_id uuid not null,
  primary key (organization_id, hash, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_places_by_report on avow.report_places (organization_id, report_id);
select avow.isolate('avow.report_places');

-- Where an asset's source is. The mirror itself lies in the data folder and can be fetched again.
create table avow.asset_sources (
  organization_id uuid not null,
  asset_id uuid not null,
  -- An https address, or the name of a folder among the operator's own mirrors.
  location text not null,
  attached_at timestamptz not null,
  fetched_at timestamptz,
  -- Of the newest try, as a word; null where it went well.
  problem text,
  primary key (organization_id, asset_id),
  foreign key (organization_id, asset_id) references avow.assets (organization_id, id)
);
select avow.isolate('avow.asset_sources');

-- Runs of a reproducer by the team's own command, each called for by a person.
create table avow.report_replays (
  organization_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  account_id uuid not null,
  asked_at timestamptz not null,
  -- What was asked for, and what came of it, sealed under the report's own key.
  request bytea not null,
  outcome bytea,
  result text check (result in ('matched', 'not-matched', 'failed')),
  ended_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id),
  check ((result is null) = (ended_at is null))
);
create index report_replays_by_report on avow.report_replays (organization_id, report_id, asked_at desc);
select avow.isolate('avow.report_replays');
