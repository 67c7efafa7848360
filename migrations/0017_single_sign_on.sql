-- Whom an organisation's own identity provider lets in, and whom its directory names.

-- The OpenID provider; one for each organisation.
create table avow.sign_in_providers (
  organization_id uuid primary key references avow.organizations,
  name text not null,
  issuer text not null,
  client_id text not null,
  key_id uuid not null,
  secret_box bytea not null,
  -- The claim that lists somebody's groups.
  groups_claim text not null,
  -- Whether its word counts where it says that it asked for a second factor.
  trusts_second_factor boolean not null,
  configured_at timestamptz not null
);
select avow.isolate('avow.sign_in_providers');

-- Mail domains. Only where the DNS has shown that a domain is the organisation's, the provider and the directory may speak for its addresses.
create table avow.sign_in_domains (
  organization_id uuid not null references avow.organizations,
  domain text not null check (domain = lower(domain)),
  -- What the DNS has to show. It is public there, and no secret.
  proof text not null,
  claimed_at timestamptz not null,
  looked_at timestamptz,
  proved_at timestamptz,
  -- From when the record was missing from a domain that was proved.
  missing_since timestamptz,
  -- From then on nobody with an address of it enters with a password, also if its proof is lost later.
  required_at timestamptz,
  primary key (organization_id, domain)
);
select avow.isolate('avow.sign_in_domains');

-- Who may enter with a password all the same, for the day when the provider is down.
create table avow.sign_in_exceptions (
  organization_id uuid not null references avow.organizations,
  account_id uuid not null,
  named_by uuid,
  named_at timestamptz not null,
  primary key (organization_id, account_id)
);
select avow.isolate('avow.sign_in_exceptions');

-- Whom the provider means by a subject: a keyed hash of issuer and subject, linked once.
create table avow.provider_identities (
  organization_id uuid not null references avow.organizations,
  subject_hash bytea not null,
  account_id uuid not null,
  linked_at timestamptz not null,
  entered_at timestamptz not null,
  primary key (organization_id, subject_hash)
);
create index on avow.provider_identities (organization_id, account_id);
select avow.isolate('avow.provider_identities');

-- What a group of the provider or the directory may do here; the group named '' is everybody.
create table avow.group_roles (
  organization_id uuid not null references avow.organizations,
  group_name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  primary key (organization_id, group_name)
);
select avow.isolate('avow.group_roles');

-- Keys of the directory (SCIM). They open nothing else.
create table avow.directory_keys (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  token_hash bytea not null,
  name text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash)
);
select avow.isolate('avow.directory_keys');

-- Whom the directory has named. What it says of them is sealed under the person's own key; the hashes find them again.
create table avow.directory_users (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  account_id uuid not null,
  box bytea not null,
  user_name_hash bytea not null,
  external_id_hash bytea,
  active boolean not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, user_name_hash),
  unique (organization_id, account_id)
);
create index on avow.directory_users (organization_id, external_id_hash);
select avow.isolate('avow.directory_users');

create table avow.directory_groups (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  name text not null,
  external_id text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization_id, id)
);
create unique index on avow.directory_groups (organization_id, lower(name));
select avow.isolate('avow.directory_groups');

create table avow.directory_group_members (
  organization_id uuid not null references avow.organizations,
  group_id uuid not null,
  user_id uuid not null,
  primary key (organization_id, group_id, user_id),
  foreign key (organization_id, group_id) references avow.directory_groups on delete cascade,
  foreign key (organization_id, user_id) references avow.directory_users on delete cascade
);
create index on avow.directory_group_members (organization_id, user_id);
select avow.isolate('avow.directory_group_members');

-- Who decides about the roles: the desk, the provider at each sign-in, or the directory.
alter table avow.memberships add column managed_by text not null default 'desk' check (managed_by in ('desk', 'provider', 'directory'));

-- Where an organisation's provider has let somebody in: the session opens that organisation and no other.
alter table avow.sessions add column only_for uuid references avow.organizations on delete cascade;

-- Whoever is erased is known to no provider and to no directory any more, in any organisation.
create function avow.forget_provided(account uuid) returns void language sql security definer set search_path = pg_catalog as $$
  delete from avow.provider_identities where account_id = account;
  delete from avow.directory_users where account_id = account;
  delete from avow.sign_in_exceptions where account_id = account;
$$;
revoke execute on function avow.forget_provided(uuid) from public;
grant execute on function avow.forget_provided(uuid) to avow_app;
