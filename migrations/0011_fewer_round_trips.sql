-- Statements are planned once and kept for a while (src/db/connections.ts); what has to be planned for the tables as they are says so here.

-- One round trip for what append() writes. `wanted`: [{kind, id, scope, pseudonym}], the pseudonym to be used if there is none yet.
create or replace function avow.append_entry(
  organization uuid, entry uuid, kind text, stream text, wanted jsonb, marks jsonb, seed bytea, seal bytea, key uuid, facts bytea, actor text,
  created timestamptz
) returns void language plpgsql as $$
declare
  subject jsonb;
  named text;
  cases jsonb := '{}';
begin
  if exists (select from avow.ledger_faults f where f.organization_id = organization) then
    raise exception 'The ledger is at fault: nothing may be appended.' using errcode = 'AV001';
  end if;
  for subject in select jsonb_array_elements(wanted) loop
    -- Most entries about a report, a person or a finding are the first about it: to insert and see is one statement for them. Where another
    -- transaction is naming the same subject, this waits for it.
    named := subject ->> 'pseudonym';
    insert into avow.cases values (organization, subject ->> 'scope', subject ->> 'kind', subject ->> 'id', named)
      on conflict (organization_id, scope, subject_kind, subject_id) do nothing;
    if not found then
      select c.pseudonym into strict named from avow.cases c where c.organization_id = organization
        and c.scope = subject ->> 'scope' and c.subject_kind = subject ->> 'kind' and c.subject_id = subject ->> 'id';
    end if;
    cases := cases || jsonb_build_object(subject ->> 'kind', named);
  end loop;
  insert into avow.entries values (organization, entry, kind, stream, cases, marks, seed, seal, key, facts, actor, created);
  insert into avow.pending (organization_id, entry_id) values (organization, entry);
end $$;

-- Entries that wait for their place, in the order of their rows. Planned each time: the queue is empty now and long a second later.
create function avow.pending_entries(most integer) returns table (
  seq bigint, id uuid, kind text, stream text, cases jsonb, marks jsonb, seed bytea, seal bytea, key_id uuid, actor text, created_at timestamptz
) language plpgsql stable set plan_cache_mode = force_custom_plan as $$
begin
  return query
    select p.seq, e.id, e.kind, e.stream, e.cases, e.marks, e.seed, e.seal, e.key_id, e.actor, e.created_at
    from avow.pending p join avow.entries e on e.organization_id = p.organization_id and e.id = p.entry_id
    order by p.seq limit most;
end $$;

-- One round trip for what the sequencer writes: leaves, full tiles and the checkpoint commit together or not at all. A second signer
-- that started from the same state meets the primary keys and changes nothing.
create or replace function avow.extend_log(
  organization uuid, previous bigint, at_ms bigint, seqs bigint[], entries uuid[], leaves bytea[], hashes bytea[],
  tile_levels integer[], tile_indices bigint[], tile_hashes bytea[], tile_roots bytea[], root bytea, note text
) returns void language plpgsql as $$
begin
  insert into avow.leaves select organization, previous + l.n - 1, l.entry, extend_log.at_ms, l.leaf, l.hash
    from unnest(entries, leaves, hashes) with ordinality as l (entry, leaf, hash, n);
  insert into avow.tiles select organization, t.* from unnest(tile_levels, tile_indices, tile_hashes, tile_roots) as t;
  insert into avow.checkpoints values (organization, previous + cardinality(entries), previous, root, note, extend_log.at_ms);
  -- Planned each time, like pending_entries().
  execute 'delete from avow.pending where organization_id = $1 and seq = any ($2)' using organization, seqs;
  perform pg_notify('avow_sequenced', organization::text);
end $$;

-- An entry is never deleted, and extend_log() takes leaves from entries alone. To check it again would lock, and so write, each entry's row.
alter table avow.leaves drop constraint leaves_organization_id_entry_id_fkey;
