-- What somebody may do beyond the roles that come with Avow, for how long, and which cases they may see.

-- A role of the organisation's own making: a named set of permissions.
create table avow.custom_roles (
  organization_id uuid not null references avow.organizations,
  name text not null check (name ~ '^[a-z][a-z0-9-]{1,39}$'),
  permissions text[] not null check (cardinality(permissions) > 0),
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, name)
);
select avow.isolate('avow.custom_roles');

-- From then on a membership is over by itself, as an auditor's is; null: it has no end.
alter table avow.memberships add column ends_at timestamptz;
alter table avow.invitations add column ends_at timestamptz;

-- Who is away on which days of the organisation's calendar, and who stands in: the permissions of the one are the other's on those days.
create table avow.absences (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  account_id uuid not null,
  delegate_id uuid check (delegate_id <> account_id),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  announced_by text not null,
  announced_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (organization_id, id)
);
create index on avow.absences (organization_id, delegate_id, ends_on);
select avow.isolate('avow.absences');

-- Access taken in an emergency. It ends by itself; somebody else looks at it afterwards.
create table avow.glass_breaks (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  account_id uuid not null,
  -- Sealed under the organisation's key.
  key_id uuid not null,
  reason bytea not null,
  broken_at timestamptz not null,
  ends_at timestamptz not null check (ends_at >= broken_at),
  reviewed_by uuid check (reviewed_by <> account_id),
  reviewed_at timestamptz,
  justified boolean,
  primary key (organization_id, id)
);
create index on avow.glass_breaks (organization_id, account_id, ends_at);
select avow.isolate('avow.glass_breaks');

-- When the key was last used, to within a minute.
alter table avow.api_keys add column used_at timestamptz;

-- A restricted report is seen by those who were added to it, and by nobody else, whatever their roles.
alter table avow.reports add column restricted_at timestamptz;
create table avow.report_people (
  organization_id uuid not null,
  report_id uuid not null,
  account_id uuid not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (organization_id, report_id, account_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
select avow.isolate('avow.report_people');
