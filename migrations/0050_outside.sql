-- A reporter's new mail address, until a mail to it was answered by its link. Sealed under who the reporter is; the hash of the address is keyed.
create table avow.address_changes (
  organization_id uuid not null,
  token_hash bytea not null,
  report_id uuid not null,
  key_id uuid not null,
  box bytea not null,
  address_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organization_id, token_hash),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id)
);
create index address_changes_by_report on avow.address_changes (organization_id, report_id, created_at);
create index address_changes_by_address on avow.address_changes (organization_id, address_hash, created_at);
select avow.isolate('avow.address_changes');

-- The entry that says what a message says, whose mark commits to each of its lines apart; null of messages from before, and of those that no entry holds.
alter table avow.report_messages add column entry_id uuid;
