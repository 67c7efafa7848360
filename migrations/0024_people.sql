-- The team as the organisation knows it, and what it owes: who does what, and the lists of joiners, movers and leavers.

-- Somebody of the team, with or without an account. The id is the person's in the ledger, and stays when they get an account.
create table avow.people (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  account_id uuid,
  -- Name and address of somebody without an account, sealed under their own key (`data_keys`, purpose person). With an account, the account says.
  key_id uuid,
  identity_box bytea,
  -- Keyed hash of the address, by which the account of that address becomes theirs.
  address_hash bytea,
  title text check (length(title) between 1 and 200),
  department text check (length(department) between 1 and 200),
  -- Where they work: ISO 3166-1 alpha-2.
  country text check (country ~ '^[A-Z]{2}$'),
  manager_id uuid check (manager_id <> id),
  -- First and last day, where the organisation is.
  starts_on date,
  ends_on date,
  -- Who said so last.
  source text not null check (source in ('hand', 'csv', 'provider', 'account')),
  -- What that source calls them.
  external_id text check (length(external_id) between 1 and 320),
  -- What they are to be once they have an account; their membership says what they are.
  roles text[] not null default '{}',
  joined_at timestamptz,
  left_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, account_id),
  unique (organization_id, external_id),
  foreign key (organization_id, manager_id) references avow.people (organization_id, id),
  check ((key_id is null) = (identity_box is null))
);
create unique index people_address on avow.people (organization_id, address_hash) where address_hash is not null;
create index people_manager on avow.people (organization_id, manager_id);
select avow.isolate('avow.people');

insert into avow.people (organization_id, id, account_id, source, joined_at, left_at)
  select organization_id, account_id, account_id, 'account', joined_at, ended_at from avow.memberships;

-- An invitation may be for somebody who is listed already.
alter table avow.invitations add column person_id uuid;

-- Whoever is erased is no longer known by what an organisation noted about them; the row stays, because the ledger and others' rows name its id.
create function avow.forget_listed(account uuid) returns void language sql security definer set search_path = pg_catalog as $$
  update avow.people set title = null, department = null, country = null, external_id = null, manager_id = null where account_id = account;
$$;
revoke execute on function avow.forget_listed(uuid) from public;
grant execute on function avow.forget_listed(uuid) to avow_app;

-- Who answers for what: an area is a practice, or an owner that a rule names.
create table avow.responsibilities (
  organization_id uuid not null,
  area text not null check (length(area) between 1 and 100),
  person_id uuid not null,
  part text not null check (part in ('responsible', 'accountable', 'consulted', 'informed')),
  primary key (organization_id, area, person_id, part),
  foreign key (organization_id, person_id) references avow.people (organization_id, id)
);
select avow.isolate('avow.responsibilities');

-- The organisation's own list for joiners, movers or leavers, as CSV; without a row the shipped one counts.
create table avow.checklist_templates (
  organization_id uuid not null references avow.organizations,
  list text not null check (list in ('joiner', 'mover', 'leaver')),
  items text not null,
  primary key (organization_id, list)
);
select avow.isolate('avow.checklist_templates');

create table avow.checklists (
  organization_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  list text not null check (list in ('joiner', 'mover', 'leaver')),
  -- The first day, the last, or that of the move: what the days of the items count from.
  day date not null,
  opened_at timestamptz not null,
  -- When nothing was left to do, or it was no longer called for.
  closed_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references avow.people (organization_id, id)
);
create unique index checklists_open on avow.checklists (organization_id, person_id, list) where closed_at is null;
select avow.isolate('avow.checklists');

create table avow.checklist_items (
  organization_id uuid not null,
  id uuid not null,
  checklist_id uuid not null,
  position int not null,
  item text not null check (length(item) between 1 and 500),
  -- One person, or whoever has the role.
  owner_id uuid,
  owner_role text,
  due_on date not null,
  -- The kind of entry that ticking it records.
  records text check (records = 'access.revoked'),
  done_at timestamptz,
  done_by text,
  reminded_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, checklist_id) references avow.checklists (organization_id, id),
  foreign key (organization_id, owner_id) references avow.people (organization_id, id),
  check ((owner_id is null) <> (owner_role is null)),
  check ((done_at is null) = (done_by is null))
);
create index on avow.checklist_items (organization_id, checklist_id, position);
create index checklist_items_open on avow.checklist_items (organization_id, due_on) where done_at is null;
select avow.isolate('avow.checklist_items');

-- Who has to accept a policy follows from the country too. Empty: everywhere.
alter table avow.policy_audiences add column countries text[] not null default '{}';
-- When the manager was told that it is late.
alter table avow.acceptances add column escalated_at timestamptz;
-- With a row: nobody does anything here but what is their own to do before they have accepted every policy that they have to.
create table avow.acceptance_first (
  organization_id uuid primary key references avow.organizations,
  since timestamptz not null
);
select avow.isolate('avow.acceptance_first');
-- Has something to accept first.
alter table avow.people add column held_since timestamptz;
