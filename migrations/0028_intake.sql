-- Mail that comes in.

-- Which organisation an address belongs to, where one deployment serves several.
create table avow.intake_addresses (
  organization_id uuid not null references avow.organizations (id),
  -- In small letters; nobody else of this deployment has it.
  address text not null check (address = lower(address) and length(address) between 3 and 254),
  added_at timestamptz not null,
  primary key (organization_id, address),
  unique (address)
);
select avow.isolate('avow.intake_addresses');

create function avow.organization_at(wanted text) returns uuid language sql stable security definer set search_path = pg_catalog as
  $$ select organization_id from avow.intake_addresses where address = wanted $$;
revoke execute on function avow.organization_at(text) from public;
grant execute on function avow.organization_at(text) to avow_app;

-- Every mail that came, with its source as a sealed file.
create table avow.messages (
  organization_id uuid not null,
  id uuid not null,
  -- Its own: it goes with who sent it, with the case's content, or when what was discarded has been kept long enough.
  key_id uuid not null,
  -- Keyed hash of its bytes: the same message is taken once, however often it is handed over.
  source_hash bytea not null,
  -- Keyed hashes by which what follows it is recognised, and how often somebody was answered is counted.
  message_id_hash bytea,
  sender_hash bytea,
  -- The source, among the files of the message.
  raw_id uuid not null,
  -- Head, text and what is wrong with it, sealed; null once erased.
  box bytea,
  became text not null check (became in ('report', 'answer', 'someone-else', 'bounce', 'automatic', 'quarantined')),
  report_id uuid,
  received_at timestamptz not null,
  -- Whether a machine of ours answered it.
  answered boolean not null default false,
  -- What a person made of it, where a person had to look.
  settled_as text check (settled_as in ('report', 'discarded')),
  settled_at timestamptz check ((settled_at is null) = (settled_as is null)),
  primary key (organization_id, id),
  unique (organization_id, source_hash),
  foreign key (organization_id) references avow.organizations (id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index messages_quarantined on avow.messages (organization_id, received_at) where became = 'quarantined' and settled_at is null;
create index messages_discarded on avow.messages (organization_id, settled_at) where settled_as = 'discarded' and box is not null;
create index messages_by_report on avow.messages (organization_id, report_id, received_at) where report_id is not null;
create index messages_by_message_id on avow.messages (organization_id, message_id_hash) where message_id_hash is not null;
create index messages_by_sender on avow.messages (organization_id, sender_hash, received_at) where sender_hash is not null;
select avow.isolate('avow.messages');

-- How far the mailbox was read, and how it goes: for the node that reads next, and for the desk. One row for each way in.
create table avow.intake_ways (
  way text primary key,
  uid_validity bigint,
  last_uid bigint not null default 0,
  last_message_at timestamptz,
  connected_at timestamptz,
  error text,
  error_at timestamptz
);
select avow.global('avow.intake_ways');
