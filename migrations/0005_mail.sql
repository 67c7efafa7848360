-- Letters that Avow writes. Recipient and body are sealed; the subject says that something happened, never what.
create table avow.mails (
  organization_id uuid not null references avow.organizations (id),
  id uuid not null,
  key_id uuid not null,
  recipient bytea not null,
  subject text not null check (length(subject) between 1 and 200),
  body bytea not null,
  -- waiting: to be sent; held: no mail server is configured; undeliverable: given up, `error` says why.
  state text not null check (state in ('waiting', 'held', 'sent', 'undeliverable')),
  attempts integer not null default 0,
  error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id),
  check ((state = 'sent') = (sent_at is not null))
);
create index mails_by_time on avow.mails (organization_id, created_at desc, id desc);
select avow.isolate('avow.mails');
