-- What the form knows: releases of what is in scope, what a text may collide with, what was begun and not sent, and what was split.

create table avow.asset_releases (
  organization_id uuid not null,
  id uuid not null,
  asset_id uuid not null,
  version text not null,
  -- '' where it is not known; otherwise hexadecimal, in lower case.
  commit_id text not null default '',
  -- A day such as 2026-03-01; '' where it is not known.
  released_on text not null default '' check (released_on ~ '^(\d{4}-\d\d-\d\d)?$'),
  added_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, asset_id, version),
  foreign key (organization_id, asset_id) references avow.assets (organization_id, id)
);
select avow.isolate('avow.asset_releases');

-- What is not wanted, in words that a text is compared with. Without a row of its name a shipped exclusion holds as it is shipped.
create table avow.report_exclusions (
  organization_id uuid not null references avow.organizations (id),
  name text not null,
  sentence text not null,
  words text[] not null,
  in_force boolean not null,
  primary key (organization_id, name)
);
select avow.isolate('avow.report_exclusions');

-- What people report again and again and is no weakness here. Public.
create table avow.known_non_findings (
  organization_id uuid not null references avow.organizations (id),
  id uuid not null,
  title text not null,
  why text not null,
  words text[] not null,
  weakness text not null,
  asset_id uuid,
  added_at timestamptz not null,
  retired_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, asset_id) references avow.assets (organization_id, id)
);
select avow.isolate('avow.known_non_findings');

-- A report that was begun. The box opens with the draft's phrase alone, of which only a hash is kept.
create table avow.begun_reports (
  organization_id uuid not null references avow.organizations (id),
  phrase_hash bytea not null,
  box bytea not null,
  kept_until timestamptz not null,
  primary key (organization_id, phrase_hash)
);
create index begun_reports_by_end on avow.begun_reports (organization_id, kept_until);
select avow.isolate('avow.begun_reports');

-- Which report was split off from which. Whoever follows the first may open the second.
create table avow.split_reports (
  organization_id uuid not null,
  report_id uuid not null,
  from_report_id uuid not null,
  split_at timestamptz not null,
  primary key (organization_id, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id),
  foreign key (organization_id, from_report_id) references avow.reports (organization_id, id)
);
create index split_reports_by_origin on avow.split_reports (organization_id, from_report_id);
select avow.isolate('avow.split_reports');
