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
  ends_on date check (ends_on >= starts_on),
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
