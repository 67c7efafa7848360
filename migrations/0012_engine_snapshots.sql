-- What an engine knew at a size of the log, sealed, so that a process that starts replays only what came since. Never more than a
-- shortcut: one that does not fit is passed over, and the log is replayed.
create table avow.engine_snapshots (
  organization_id uuid not null references avow.organizations (id),
  size bigint not null check (size > 0),
  -- Of the log at that size: the entries that it rests on, policies and calendars among them.
  root bytea not null check (octet_length(root) = 32),
  -- The code that wrote it; no other can read it.
  engine text not null,
  key_id uuid not null,
  box bytea not null,
  taken_at timestamptz not null,
  primary key (organization_id, size),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id)
);
-- Compressed before it was sealed.
alter table avow.engine_snapshots alter column box set storage external;
select avow.isolate('avow.engine_snapshots');
