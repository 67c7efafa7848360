-- What happened, written once, and the log that proves it. docs/formats/ledger.md says what the bytes mean.

create table avow.entries (
  organization_id uuid not null references avow.organizations (id),
  id uuid not null,
  kind text not null,
  stream text not null,
  -- Subject kind → pseudonym.
  cases jsonb not null,
  marks jsonb not null,
  -- What the salts of label and marks derive from; it stays when the facts are erased.
  seed bytea not null check (octet_length(seed) = 32),
  seal bytea not null check (octet_length(seal) = 32),
  -- The data key that opens `facts`; null where the facts are published.
  key_id uuid,
  facts bytea not null,
  actor text not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id)
);
create index entries_kind on avow.entries (organization_id, kind, id);
select avow.append_only('avow.entries');

-- Entries that wait for their place in the log. A row is written with its entry and leaves with the entry's leaf.
create table avow.pending (
  organization_id uuid not null,
  seq bigint generated always as identity,
  -- append_entry() writes both rows in one statement, so that no foreign key has to be checked for each entry.
  entry_id uuid not null,
  primary key (organization_id, seq)
);
select avow.isolate('avow.pending');

-- The random name of a subject within a scope: a stream, or '' for subjects that are no secret. Deleting the row unlinks it for ever.
create table avow.cases (
  organization_id uuid not null references avow.organizations (id),
  scope text not null,
  subject_kind text not null,
  subject_id text not null,
  pseudonym text not null,
  primary key (organization_id, scope, subject_kind, subject_id),
  unique (organization_id, pseudonym)
);
select avow.isolate('avow.cases');

-- Ed25519 keys, the private half sealed under the organisation's data key. The newest of a purpose signs.
create table avow.signing_keys (
  organization_id uuid not null references avow.organizations (id),
  purpose text not null check (purpose in ('log', 'witness')),
  number integer not null,
  -- The name it signs under: the log's origin, or the witness's name.
  name text not null,
  public_key bytea not null check (octet_length(public_key) = 32),
  key_id uuid not null,
  private_key bytea not null,
  -- How long the log was when the key was made.
  from_size bigint not null,
  -- The entry that announced it; null for the first.
  entry_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, purpose, number),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id),
  foreign key (organization_id, entry_id) references avow.entries (organization_id, id)
);
select avow.append_only('avow.signing_keys');

create table avow.leaves (
  organization_id uuid not null,
  index bigint not null check (index >= 0),
  entry_id uuid not null,
  at_ms bigint not null,
  leaf bytea not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (organization_id, index),
  unique (organization_id, entry_id),
  foreign key (organization_id, entry_id) references avow.entries (organization_id, id)
);
select avow.append_only('avow.leaves');

-- Full tiles; a partial one is computed from the level below.
create table avow.tiles (
  organization_id uuid not null references avow.organizations (id),
  level integer not null check (level >= 0),
  index bigint not null check (index >= 0),
  hashes bytea not null check (octet_length(hashes) = 8192),
  -- What the tile above holds of it.
  root bytea not null check (octet_length(root) = 32),
  primary key (organization_id, level, index)
);
select avow.append_only('avow.tiles');

-- Every state that the log was in. A state follows exactly one other, so that two signers cannot both go on.
create table avow.checkpoints (
  organization_id uuid not null references avow.organizations (id),
  size bigint not null,
  previous_size bigint not null check (previous_size < size),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  at_ms bigint not null,
  primary key (organization_id, size),
  unique (organization_id, previous_size)
);
select avow.append_only('avow.checkpoints');

create table avow.cosignatures (
  organization_id uuid not null,
  size bigint not null,
  witness text not null,
  line text not null,
  at_ms bigint not null,
  primary key (organization_id, size, witness),
  foreign key (organization_id, size) references avow.checkpoints (organization_id, size)
);
select avow.append_only('avow.cosignatures');

-- Checkpoints are published only at multiples of this time, so that nobody learns the minute of a report. No row: at once.
create table avow.log_publication (
  organization_id uuid primary key references avow.organizations (id),
  spacing_seconds integer not null check (spacing_seconds between 0 and 604800)
);
select avow.isolate('avow.log_publication');

-- Cases under embargo: their openings show the kind and hold the marks back.
create table avow.held_cases (
  organization_id uuid not null references avow.organizations (id),
  pseudonym text not null,
  held_at timestamptz not null,
  released_at timestamptz,
  primary key (organization_id, pseudonym)
);
select avow.isolate('avow.held_cases');

-- Corrections that one person proposed; the second person's yes makes the entry.
create table avow.corrections (
  organization_id uuid not null,
  index bigint not null,
  reason text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (organization_id, index),
  foreign key (organization_id, index) references avow.leaves (organization_id, index)
);
select avow.isolate('avow.corrections');

-- Witnesses that we ask to cosign. `size` is what they cosigned last.
create table avow.witnesses (
  organization_id uuid not null references avow.organizations (id),
  vkey text not null,
  url text not null,
  size bigint not null default 0,
  error text,
  added_at timestamptz not null,
  primary key (organization_id, vkey)
);
select avow.isolate('avow.witnesses');

-- Logs that this organisation witnesses, and the newest state of each that it has cosigned.
create table avow.witnessed_logs (
  organization_id uuid not null references avow.organizations (id),
  origin text not null,
  vkey text not null,
  size bigint not null default 0,
  root bytea,
  added_at timestamptz not null,
  primary key (organization_id, origin)
);
select avow.isolate('avow.witnessed_logs');

-- One round trip for what append() writes. `wanted`: [{kind, id, scope, pseudonym}], the pseudonym to be used if there is none yet.
create function avow.append_entry(
  organization uuid, entry uuid, kind text, stream text, wanted jsonb, marks jsonb, seed bytea, seal bytea, key uuid, facts bytea, actor text, created timestamptz
) returns void language plpgsql as $$
declare
  subject record;
  named text;
  cases jsonb := '{}';
begin
  if exists (select from avow.ledger_faults f where f.organization_id = organization) then
    raise exception 'The ledger is at fault: nothing may be appended.' using errcode = 'AV001';
  end if;
  for subject in select * from jsonb_to_recordset(wanted) as w (kind text, id text, scope text, pseudonym text) loop
    select c.pseudonym into named from avow.cases c
      where c.organization_id = organization and c.scope = subject.scope and c.subject_kind = subject.kind and c.subject_id = subject.id;
    if not found then
      -- Where another transaction is faster, this waits for it and takes its name.
      insert into avow.cases as c values (organization, subject.scope, subject.kind, subject.id, subject.pseudonym)
        on conflict (organization_id, scope, subject_kind, subject_id) do update set pseudonym = c.pseudonym
        returning c.pseudonym into named;
    end if;
    cases := cases || jsonb_build_object(subject.kind, named);
  end loop;
  insert into avow.entries values (organization, entry, kind, stream, cases, marks, seed, seal, key, facts, actor, created);
  insert into avow.pending (organization_id, entry_id) values (organization, entry);
end $$;

-- One round trip for what the sequencer writes: leaves, full tiles and the checkpoint commit together or not at all. A second signer
-- that started from the same state meets the primary keys and changes nothing.
create function avow.extend_log(
  organization uuid, previous bigint, at_ms bigint, seqs bigint[], entries uuid[], leaves bytea[], hashes bytea[],
  tile_levels integer[], tile_indices bigint[], tile_hashes bytea[], tile_roots bytea[], root bytea, note text
) returns void language plpgsql as $$
begin
  insert into avow.leaves select organization, previous + l.n - 1, l.entry, extend_log.at_ms, l.leaf, l.hash
    from unnest(entries, leaves, hashes) with ordinality as l (entry, leaf, hash, n);
  insert into avow.tiles select organization, t.* from unnest(tile_levels, tile_indices, tile_hashes, tile_roots) as t;
  insert into avow.checkpoints values (organization, previous + cardinality(entries), previous, root, note, extend_log.at_ms);
  delete from avow.pending where organization_id = organization and seq = any (seqs);
  perform pg_notify('avow_sequenced', organization::text);
end $$;

-- Why nothing may be appended to a log any more: it is not the one that was signed. Gone when the log is verified again.
create table avow.ledger_faults (
  organization_id uuid primary key references avow.organizations (id),
  reason text not null,
  found_at timestamptz not null
);
select avow.isolate('avow.ledger_faults');

-- The sequencer serves all organisations and may learn which of them wait or have witnesses; the health page, which are at fault.
create function avow.organizations_pending() returns setof uuid language sql stable security definer set search_path = pg_catalog as
  $$ select distinct organization_id from avow.pending $$;
create function avow.organizations_witnessed() returns setof uuid language sql stable security definer set search_path = pg_catalog as
  $$ select distinct organization_id from avow.witnesses $$;
create function avow.organizations_at_fault() returns table (organization_id uuid, reason text) language sql stable security definer set search_path = pg_catalog as
  $$ select f.organization_id, f.reason from avow.ledger_faults f $$;
revoke execute on function avow.organizations_pending(), avow.organizations_witnessed(), avow.organizations_at_fault() from public;
grant execute on function avow.organizations_pending(), avow.organizations_witnessed(), avow.organizations_at_fault() to avow_app;
