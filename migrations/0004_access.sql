-- Who may enter, and as whom. Tokens and passwords are stored as hashes alone.

-- A person, once for the whole deployment. Name and address are sealed under the person's own key, so that they can be erased.
create table avow.accounts (
  id uuid primary key,
  key_epoch int not null,
  -- Null after the person was erased.
  wrapped_key bytea,
  identity_box bytea not null,
  -- Keyed hash of the address, to find the account; null after the person was erased.
  address_epoch int not null,
  address_hash bytea unique,
  -- Argon2id, in the PHC string format; null until a password was chosen.
  password_hash text,
  created_at timestamptz not null,
  disabled_at timestamptz
);
select avow.global('avow.accounts');

create table avow.sessions (
  token_hash bytea primary key,
  account_id uuid not null references avow.accounts on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index on avow.sessions (account_id);
select avow.global('avow.sessions');

-- Attempts per person or network and period; the key is a keyed hash that changes daily. Lost in a crash, and no harm done.
create unlogged table avow.attempts (
  key bytea primary key,
  count int not null,
  resets_at timestamptz not null
);
select avow.global('avow.attempts');

create table avow.memberships (
  organization_id uuid not null references avow.organizations,
  account_id uuid not null,
  roles text[] not null check (cardinality(roles) > 0),
  joined_at timestamptz not null,
  ended_at timestamptz,
  primary key (organization_id, account_id)
);
select avow.isolate('avow.memberships');

-- A one-time link by which somebody becomes a member; the first administrator's too.
create table avow.invitations (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  token_hash bytea not null,
  roles text[] not null check (cardinality(roles) > 0),
  -- Null: made by the deployment itself, at its first start.
  invited_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_by uuid,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash)
);
select avow.isolate('avow.invitations');

create table avow.api_keys (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  token_hash bytea not null,
  name text not null,
  roles text[] not null,
  -- The operations that it reaches; null: all that its roles carry.
  verbs text[],
  -- For assistants over MCP, and then for nothing else.
  assistant boolean not null,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash)
);
select avow.isolate('avow.api_keys');

-- What the API answered to a request with an idempotency key; sealed, and kept for a day.
create table avow.idempotent_answers (
  organization_id uuid not null references avow.organizations,
  key_hash bytea not null,
  request_hash bytea not null,
  answer_box bytea,
  expires_at timestamptz not null,
  primary key (organization_id, key_hash)
);
select avow.isolate('avow.idempotent_answers');
