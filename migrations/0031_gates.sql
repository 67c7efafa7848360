-- How reports come in: in which order they are read, what their senders are known by, what is blocked, and what it all costs.

alter table avow.reports
  add column queue text not null default 'plausible' check (queue in ('proven', 'plausible', 'unproven', 'suspect')),
  -- Why, as codes; a person's choice outlasts what machines find.
  add column queue_reasons text[] not null default '{}',
  add column queue_by text not null default 'machine' check (queue_by in ('machine', 'human')),
  -- It came while intake was paused, or from a blocked sender, and is not in the team's hands.
  add column deposited_at timestamptz,
  -- Until then nobody but its reporter reads it.
  add column opens_at timestamptz;
create index reports_by_queue on avow.reports (organization_id, queue, received_at desc, id desc) where state not in ('resolved', 'closed', 'disclosed');
create index reports_deposited on avow.reports (organization_id, opens_at) where opens_at is not null;

-- Without a row the usual values hold.
create table avow.gate_settings (
  organization_id uuid primary key references avow.organizations (id),
  trial_open integer not null check (trial_open between 1 and 1000),
  per_sender integer not null check (per_sender between 1 and 10000),
  per_network integer not null check (per_network between 1 and 100000),
  known_after integer not null check (known_after between 1 and 100),
  proof_of_work boolean not null,
  wait_seconds integer not null check (wait_seconds between 1 and 600),
  required text[] not null,
  paused_at timestamptz,
  paused_until timestamptz,
  pause_words text not null default '',
  check ((paused_at is null) = (paused_until is null))
);
select avow.isolate('avow.gate_settings');

-- What a report came from: keyed hashes, never an address. That of a network is short and changes daily.
create table avow.report_senders (
  organization_id uuid not null,
  report_id uuid not null,
  kind text not null check (kind in ('account', 'mail', 'voucher', 'key', 'address', 'network')),
  hash bytea not null,
  at timestamptz not null,
  -- What became of the report; null until a person has judged it.
  outcome text check (outcome in ('accepted', 'duplicate', 'invalid', 'informative', 'spam')),
  primary key (organization_id, report_id, kind),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_senders_by_hash on avow.report_senders (organization_id, hash, at desc);
select avow.isolate('avow.report_senders');

-- A known reporter answers for whoever holds the code. The code itself is never stored.
create table avow.vouchers (
  organization_id uuid not null,
  hash bytea not null,
  -- The report whose reporter vouches.
  report_id uuid not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (organization_id, hash),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index vouchers_by_report on avow.vouchers (organization_id, report_id);
select avow.isolate('avow.vouchers');

create table avow.sender_blocks (
  organization_id uuid not null,
  id uuid not null,
  -- The report by which somebody came to be blocked.
  report_id uuid not null,
  kind text not null,
  hash bytea not null,
  -- Sealed; the blocked sender reads it.
  reason bytea not null,
  made_by uuid not null,
  made_at timestamptz not null,
  lifted_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create unique index sender_blocks_living on avow.sender_blocks (organization_id, hash) where lifted_at is null;
select avow.isolate('avow.sender_blocks');

-- Who closed a report as spam: they do not decide about the appeal against it where somebody else can.
create table avow.spam_closures (
  organization_id uuid not null,
  report_id uuid not null,
  closed_by uuid not null,
  closed_at timestamptz not null,
  primary key (organization_id, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index spam_closures_by_time on avow.spam_closures (organization_id, closed_at);
select avow.isolate('avow.spam_closures');

-- Somebody closes all that match as spam; a job does it in their name, a batch at a time.
create table avow.bulk_closures (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  queue text not null,
  -- What arrived later is not meant.
  up_to timestamptz not null,
  message bytea not null,
  minutes numeric not null,
  meant integer not null,
  closed integer not null default 0,
  began_at timestamptz not null,
  ended_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.bulk_closures');

create table avow.report_appeals (
  organization_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  against text not null check (against in ('spam', 'block', 'queue')),
  made_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  outcome text check (outcome in ('upheld', 'reopened')),
  primary key (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create unique index report_appeals_open on avow.report_appeals (organization_id, report_id) where decided_at is null;
select avow.isolate('avow.report_appeals');

create table avow.time_spent (
  organization_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  account_id uuid,
  minutes numeric not null check (minutes > 0),
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index time_spent_by_report on avow.time_spent (organization_id, report_id);
select avow.isolate('avow.time_spent');
