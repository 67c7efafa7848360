-- The company's systems, the sources that feed evidence about them, and what was last seen of each.

create table avow.systems (
  organization_id uuid not null,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9]){0,62}$'),
  title text not null check (length(title) between 1 and 200),
  -- host or host:port, on which our own checks make a TLS handshake.
  hosts text[] not null default '{}',
  listed_at timestamptz not null,
  retired_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
create unique index one_listed_system_of_a_name on avow.systems (organization_id, slug) where retired_at is null;
select avow.isolate('avow.systems');

create table avow.sources (
  organization_id uuid not null,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9]){0,62}$'),
  title text not null check (length(title) between 1 and 200),
  kinds text[] not null,
  vouch text not null check (vouch in ('machine', 'third-party', 'both', 'company')),
  -- Ed25519, raw: with it check results are signed.
  public_key bytea check (length(public_key) = 32),
  -- The API key whose entries count as this source's.
  api_key_id uuid,
  registered_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, slug),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.sources');

-- A signed result counts once.
create table avow.check_nonces (
  organization_id uuid not null,
  source_id uuid not null,
  nonce text not null,
  observed_at timestamptz not null,
  primary key (organization_id, source_id, nonce),
  foreign key (organization_id, source_id) references avow.sources (organization_id, id)
);
select avow.isolate('avow.check_nonces');

-- The newest result of each check of each system, for the desk. What was seen is data: a host that does not answer is a row.
create table avow.check_results (
  organization_id uuid not null,
  system_id uuid not null,
  check_name text not null,
  passed boolean not null,
  detail text not null check (length(detail) <= 2000),
  observed_at timestamptz not null,
  primary key (organization_id, system_id, check_name),
  foreign key (organization_id, system_id) references avow.systems (organization_id, id)
);
select avow.isolate('avow.check_results');

-- Opening evidence: what was done before Avow. One import for an organisation, approved by a second person where there is one.
create table avow.evidence_imports (
  organization_id uuid not null,
  id uuid not null,
  rows jsonb not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  recorded_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
create unique index one_evidence_import on avow.evidence_imports (organization_id);
select avow.isolate('avow.evidence_imports');
