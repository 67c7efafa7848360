-- What is written by mail about a case: threads, answers that find their case, whether it was encrypted, whether it arrived.

alter table avow.mails
  -- After thirty days who and what are gone. Of a case's mail it stays known that it was sent, and the reader's answer still finds the case.
  alter column recipient drop not null,
  alter column body drop not null,
  -- What the mail is about (a report), and who outside the team it is written to: “reporter”, or a guest's id.
  add column thread_id uuid,
  add column thread_with text check (thread_with is null or thread_id is not null),
  -- What is added only when it is sent: a word that one folder declares.
  add column enclosing text,
  -- “encrypted”, or why it was not; null where nobody outside is written to.
  add column protection text check (protection ~ '^[a-z-]{1,40}$'),
  -- SHA-256 of the tokens in the address to answer to, and in the address that a bounce comes back to.
  add column reply_hash bytea,
  add column return_hash bytea,
  -- What the way reported: the last word of the receiving side, its status (RFC 3463) and when.
  add column outcome text check (outcome in ('delivered', 'delayed', 'failed')),
  add column outcome_status text check (outcome_status ~ '^[245]\.\d{1,3}\.\d{1,3}$'),
  add column outcome_at timestamptz check ((outcome is null) = (outcome_at is null));
create index mails_by_thread on avow.mails (organization_id, thread_id, created_at) where thread_id is not null;
create index mails_by_reply on avow.mails (organization_id, reply_hash) where reply_hash is not null;
create index mails_by_return on avow.mails (organization_id, return_hash) where return_hash is not null;

-- Mail that came in for a case, as far as our next letter and the case's page need it. The message itself is kept where mail comes in.
create table avow.received_mails (
  organization_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  -- Message-ID and References, sealed under the report's content key.
  key_id uuid not null,
  box bytea not null,
  encryption text not null,
  signature text not null,
  received_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id)
);
create index received_mails_by_report on avow.received_mails (organization_id, report_id, received_at);
select avow.isolate('avow.received_mails');

-- The OpenPGP key to which we write to a reporter, where it did not come with the report's form. Sealed under who the reporter is.
create table avow.reporter_keys (
  organization_id uuid not null,
  report_id uuid not null,
  key_id uuid not null,
  box bytea not null,
  came_by text not null check (came_by in ('attached', 'autocrypt', 'entered')),
  came_at timestamptz not null,
  primary key (organization_id, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id)
);
select avow.isolate('avow.reporter_keys');

-- One-time links for reporters who came by mail and have no phrase. Opening one changes nothing; posting its page uses it up and
-- opens the report in that browser. A link that is over can still ask for another, to the address that reported and no other.
create table avow.report_links (
  organization_id uuid not null,
  token_hash bytea not null,
  report_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  session_hash bytea,
  session_until timestamptz,
  primary key (organization_id, token_hash),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id),
  check ((used_at is null) = (session_hash is null) and (used_at is null) = (session_until is null))
);
create index report_links_by_session on avow.report_links (organization_id, session_hash) where session_hash is not null;
create index report_links_by_age on avow.report_links (organization_id, created_at);
select avow.isolate('avow.report_links');

-- An OpenPGP key can be replaced. The former ones stay, to read what is still encrypted to them.
alter table avow.openpgp_keys
  drop constraint openpgp_keys_pkey,
  add primary key (organization_id, fingerprint),
  add column replaced_at timestamptz;
create unique index openpgp_keys_in_use on avow.openpgp_keys (organization_id) where replaced_at is null;
