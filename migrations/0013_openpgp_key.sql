-- The organisation's OpenPGP key: it signs security.txt, and mail to the security contact can be encrypted to it. The private half is
-- sealed under the organisation's data key; the fingerprint is in the ledger.
create table avow.openpgp_keys (
  organization_id uuid primary key references avow.organizations (id),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{40}$'),
  -- As others see it: “Name <address>”. It follows the organisation's name and contact address; the key stays.
  user_id text not null,
  public_key bytea not null,
  key_id uuid not null,
  private_key bytea not null,
  created_at timestamptz not null,
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id)
);
select avow.isolate('avow.openpgp_keys');
