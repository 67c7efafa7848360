-- Reports of weaknesses, and the scope that they are about.

create table avow.assets (
  organization_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('website', 'api', 'app', 'source code', 'device', 'other')),
  locator text not null default '',
  in_scope boolean not null,
  note text not null default '',
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.assets');

create table avow.reports (
  organization_id uuid not null,
  id uuid not null,
  -- R-7KQ2-MX4D: random, so that nobody learns from it how many reports there are.
  reference text not null,
  -- Made when the form is shown; the same form sent twice is one report.
  submission_id uuid not null,
  -- SHA-256 of the tracking phrase; the phrase itself is never stored.
  phrase_hash bytea not null check (length(phrase_hash) = 32),
  -- One key for the content, one for who the reporter is: erasing a person leaves the case.
  content_key_id uuid not null,
  identity_key_id uuid,
  title bytea not null,
  identity bytea,
  asset_id uuid,
  weakness text not null default '',
  severity text check (severity in ('none', 'low', 'medium', 'high', 'critical')),
  cvss text,
  channel text not null check (channel in ('web', 'api')),
  state text not null check (state in ('received', 'acknowledged', 'verified', 'accepted', 'fixed', 'resolved', 'closed')),
  closed_because text,
  waiting_for_reporter boolean not null default false,
  -- The policy version under which it was made and will be judged; null when none was in force.
  policy_version_id uuid,
  -- The ledger entry whose facts are the report's text.
  received_entry_id uuid not null,
  received_at timestamptz not null,
  acknowledged_at timestamptz,
  verified_at timestamptz,
  accepted_at timestamptz,
  fixed_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  erased_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, reference),
  unique (organization_id, submission_id),
  unique (organization_id, phrase_hash),
  foreign key (organization_id) references avow.organizations (id),
  foreign key (organization_id, asset_id) references avow.assets (organization_id, id)
);
create index reports_by_time on avow.reports (organization_id, received_at desc, id desc);
create index reports_open_by_time on avow.reports (organization_id, received_at desc, id desc) where state not in ('resolved', 'closed');
select avow.isolate('avow.reports');

-- What was said: by the reporter, by the team to the reporter, or by the team to itself.
create table avow.report_messages (
  organization_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  voice text not null check (voice in ('reporter', 'team', 'note')),
  account_id uuid,
  author text not null,
  body bytea not null,
  sent_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_messages_by_report on avow.report_messages (organization_id, report_id, sent_at, id);
select avow.isolate('avow.report_messages');
