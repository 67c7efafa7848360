-- Users who asked to be told when a policy changes, and who was told of which version.

create table avow.subscribers (
  organization_id uuid not null,
  id uuid not null,
  -- Seals address and token; destroyed when the subscription ends.
  key_id uuid not null,
  box bytea not null,
  -- Keyed hash of the address, so that nobody is told twice.
  address_hash bytea not null,
  token_hash bytea not null,
  asked_at timestamptz not null,
  -- Null until the address was shown to be theirs.
  confirmed_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  foreign key (organization_id) references avow.organizations (id)
);
create index subscribers_by_address on avow.subscribers (organization_id, address_hash);
select avow.isolate('avow.subscribers');

create table avow.policy_notices (
  organization_id uuid not null,
  version_id uuid not null,
  told_at timestamptz not null,
  team int not null,
  users int not null,
  primary key (organization_id, version_id),
  foreign key (organization_id, version_id) references avow.policy_versions (organization_id, id)
);
select avow.isolate('avow.policy_notices');
