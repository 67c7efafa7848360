-- What comes before somebody's first day: agreements that they sign, what the law says of background checks, and the day itself.

create table avow.agreements (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9]){0,62}$'),
  -- Whether signing it is what promises call `nda.signed`.
  confidentiality boolean not null,
  -- Nobody is asked to sign it from then on; what was signed stays signed.
  withdrawn_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, slug)
);
select avow.isolate('avow.agreements');

-- An agreement's text as it was from a moment on. Never changed: whoever signed is bound by the one that they read.
create table avow.agreement_versions (
  organization_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  version int not null check (version > 0),
  title text not null,
  body text not null,
  body_sha256 bytea not null check (length(body_sha256) = 32),
  -- Whom it is asked of; empty: everyone, everywhere.
  roles text[] not null,
  countries text[] not null,
  published_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, agreement_id, version),
  foreign key (organization_id, agreement_id) references avow.agreements (organization_id, id)
);
select avow.isolate('avow.agreement_versions');

-- One person's signature: given here, to one version, or on a file that one person brought and another one looked at.
create table avow.agreement_signatures (
  organization_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  person_id uuid not null,
  version_id uuid,
  attachment_id uuid,
  -- The day that stands on the file.
  signed_on date,
  brought_by text,
  brought_at timestamptz,
  confirmed_by text check (confirmed_by <> brought_by),
  signed_at timestamptz,
  -- The entry, whose receipt the certificate carries.
  entry_id uuid,
  primary key (organization_id, id),
  unique (organization_id, agreement_id, person_id),
  foreign key (organization_id, agreement_id) references avow.agreements (organization_id, id),
  foreign key (organization_id, version_id) references avow.agreement_versions (organization_id, id),
  check ((version_id is null) <> (attachment_id is null)),
  check ((signed_at is null) = (entry_id is null)),
  check (attachment_id is null or signed_at is null or confirmed_by is not null)
);
create index agreement_signatures_person on avow.agreement_signatures (organization_id, person_id);
select avow.isolate('avow.agreement_signatures');

-- What the company's lawyer says of a country. Without a row nobody has asked one.
create table avow.background_check_laws (
  organization_id uuid not null references avow.organizations,
  country text not null check (country ~ '^[A-Z]{2}$'),
  permitted boolean not null,
  reason text not null,
  said_by text not null,
  said_at timestamptz not null,
  primary key (organization_id, country)
);
select avow.isolate('avow.background_check_laws');

-- A first day that was confirmed, or that one person proposed to confirm although something is missing.
create table avow.first_days (
  organization_id uuid not null references avow.organizations,
  person_id uuid not null,
  -- Sealed under the person's key.
  override_key_id uuid,
  override_reason bytea,
  proposed_by text,
  proposed_at timestamptz,
  confirmed_by text check (override_reason is null or confirmed_by <> proposed_by),
  started_at timestamptz,
  entry_id uuid,
  primary key (organization_id, person_id),
  check ((started_at is null) = (entry_id is null)),
  check ((override_reason is null) = (proposed_by is null))
);
select avow.isolate('avow.first_days');
