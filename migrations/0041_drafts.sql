-- A draft keeps its files: until when, sealed by the draft's phrase instead of a key of ours.
alter table avow.attachments add column held_until timestamptz;
create index attachments_held on avow.attachments (organization_id, held_until) where held_until is not null;

-- Whose drafts somebody who is signed in finds again. The phrase is sealed under that person's own key.
create table avow.begun_by_accounts (
  organization_id uuid not null,
  account_id uuid not null,
  phrase_hash bytea not null,
  phrase bytea not null,
  primary key (organization_id, account_id, phrase_hash),
  foreign key (organization_id, phrase_hash) references avow.begun_reports (organization_id, phrase_hash) on delete cascade
);
select avow.isolate('avow.begun_by_accounts');

create or replace function avow.forget_kept(account uuid) returns void language sql security definer set search_path = pg_catalog as $$
  delete from avow.kept_reports where account_id = account;
  delete from avow.begun_by_accounts where account_id = account;
  delete from avow.mail_links where account_id = account;
$$;
