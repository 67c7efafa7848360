-- Data keys, one for each subject, wrapped by an epoch of the keyring. Erasure sets `wrapped` to null and keeps the row,
-- so that "erased" and "never was" stay apart and the date when the last backup loses it can be told from its epoch.
create table avow.data_keys (
  organization_id uuid not null references avow.organizations (id),
  id uuid not null,
  purpose text not null,
  subject_id uuid not null,
  epoch integer not null,
  wrapped bytea,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (organization_id, id),
  check ((wrapped is null) = (destroyed_at is not null))
);
create unique index data_keys_subject on avow.data_keys (organization_id, purpose, subject_id) where destroyed_at is null;
create index data_keys_epoch on avow.data_keys (organization_id, epoch) where wrapped is not null;
select avow.isolate('avow.data_keys');

-- Which keyring this database belongs to. A fingerprint tells nothing about the key; start-up compares before it writes.
create table avow.keyring_epochs (
  epoch integer primary key,
  fingerprint text not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  destroyed_at timestamptz
);
select avow.global('avow.keyring_epochs');
