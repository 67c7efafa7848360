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
create index data_keys_destroyed on avow.data_keys (organization_id, id) where wrapped is null;
select avow.isolate('avow.data_keys');

-- Which keyring this database belongs to. A fingerprint tells nothing about the key; start-up compares before it writes.
create table avow.keyring_epochs (
  epoch integer primary key,
  fingerprint text not null,
  created_at timestamptz not null,
  -- Nothing is wrapped by it any more, except in backups.
  retired_at timestamptz,
  -- When it is to be destroyed at the latest, if keys are rotated as planned: what was erased under it is gone for good then.
  ends_at timestamptz not null,
  destroyed_at timestamptz
);
select avow.global('avow.keyring_epochs');

-- Files, sealed in chunks as they arrive. A staged one has a data key of its own; claiming it puts its file key under the
-- owner's data key and deletes the other, so that an erased owner takes the file along.
create table avow.attachments (
  organization_id uuid not null references avow.organizations (id),
  id uuid not null,
  key_id uuid not null,
  -- The file key, sealed under key_id.
  file_key bytea not null,
  -- Name, type and SHA-256, sealed under key_id; null while it arrives.
  about bytea,
  size bigint not null,
  staged_at timestamptz not null,
  owner_kind text,
  owner_id uuid,
  claimed_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id),
  check ((owner_id is null) = (claimed_at is null) and (owner_id is null) = (owner_kind is null)),
  check (owner_id is null or about is not null)
);
create index attachments_by_owner on avow.attachments (organization_id, owner_kind, owner_id) where owner_id is not null;
create index attachments_staged on avow.attachments (organization_id, staged_at) where owner_id is null;
create index attachments_by_key on avow.attachments (organization_id, key_id);
select avow.isolate('avow.attachments');

create table avow.attachment_chunks (
  organization_id uuid not null,
  attachment_id uuid not null,
  number integer not null,
  sealed bytea not null,
  primary key (organization_id, attachment_id, number),
  foreign key (organization_id, attachment_id) references avow.attachments (organization_id, id) on delete cascade
);
-- Ciphertext does not compress.
alter table avow.attachment_chunks alter column sealed set storage external;
select avow.isolate('avow.attachment_chunks');
