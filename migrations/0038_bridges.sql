-- Issue trackers elsewhere that reports can be passed on to, and the issues that came of it.

create table avow.bridges (
  organization_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('github', 'gitlab')),
  -- Seals address, project, token and the secret of what it tells us; destroyed when the bridge ends.
  key_id uuid not null,
  box bytea not null,
  created_at timestamptz not null,
  -- When it was last asked whether it can be used, and a word for what stands against it.
  checked_at timestamptz,
  problem text,
  -- When it last told us something that was signed.
  heard_at timestamptz,
  -- It asked to be left alone until then.
  rests_until timestamptz,
  ended_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.bridges');

create table avow.bridge_issues (
  organization_id uuid not null,
  id uuid not null,
  bridge_id uuid not null,
  report_id uuid not null,
  passed_by uuid not null,
  passed_at timestamptz not null,
  -- Title and text as they are sent, under the report's own key: they end with it.
  content bytea,
  -- Where the copy lies, under the organisation's key: that outlives the report, because the copy may.
  place_key_id uuid not null,
  place bytea not null,
  -- waiting to be sent; sent; refused (a person can send it again); gone from there.
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'gone')),
  -- GitHub's number, GitLab's iid; null until it is sent.
  number int,
  there text check (there in ('open', 'closed')),
  etag text,
  -- The report's state as the issue was last told.
  told text not null,
  looked_at timestamptz,
  -- It was closed there, and not by us; and when a person said that the fix is not live.
  closed_there_at timestamptz,
  declined_at timestamptz,
  -- A word for what went wrong last; null while all is well.
  problem text,
  tries int not null default 0,
  -- When it is looked after next; null when nothing is left to do.
  next_at timestamptz,
  -- A job has it in hand until then.
  busy_until timestamptz,
  -- The report was erased, so the copy has to go; and when a person said that it is gone.
  erased_at timestamptz,
  copy_gone_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, bridge_id) references avow.bridges (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create unique index bridge_issues_once on avow.bridge_issues (organization_id, bridge_id, report_id) where state in ('waiting', 'sent');
create index bridge_issues_of_report on avow.bridge_issues (organization_id, report_id);
create index bridge_issues_due on avow.bridge_issues (organization_id, next_at) where next_at is not null;
select avow.isolate('avow.bridge_issues');
