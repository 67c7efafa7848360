-- append_entries() with a key for each entry: what is done to many cases at once is sealed under each one's own.
drop function avow.append_entries(uuid, text, text, uuid[], text[], text[], bytea[], bytea[], uuid, bytea[], text, timestamptz);
create function avow.append_entries(
  organization uuid, kind text, stream text, ids uuid[], wanted text[], marks text[], seeds bytea[], seals bytea[], keys uuid[], facts bytea[], actor text,
  created timestamptz
) returns void language plpgsql as $$
begin
  if exists (select from avow.ledger_faults f where f.organization_id = organization) then
    raise exception 'The ledger is at fault: nothing may be appended.' using errcode = 'AV001';
  end if;
  -- In one order, so that two that name the same subjects wait for each other and not in a circle.
  insert into avow.cases select distinct on (s.scope, s.kind, s.id) organization, s.scope, s.kind, s.id, s.pseudonym
    from unnest(append_entries.wanted) w, jsonb_to_recordset(w::jsonb) as s (kind text, id text, scope text, pseudonym text)
    order by s.scope, s.kind, s.id
    on conflict (organization_id, scope, subject_kind, subject_id) do nothing;
  insert into avow.entries
    select organization, e.id, append_entries.kind, append_entries.stream, (
        select coalesce(jsonb_object_agg(s.kind, c.pseudonym), '{}')
        from jsonb_to_recordset(e.wanted::jsonb) as s (kind text, id text, scope text)
          join avow.cases c on c.organization_id = organization and c.scope = s.scope and c.subject_kind = s.kind and c.subject_id = s.id),
      e.marks::jsonb, e.seed, e.seal, e.key, e.facts, append_entries.actor, created
    from unnest(ids, append_entries.wanted, append_entries.marks, seeds, seals, keys, append_entries.facts)
      as e (id, wanted, marks, seed, seal, key, facts);
  insert into avow.pending (organization_id, entry_id) select organization, e.id from unnest(ids) with ordinality as e (id, n) order by e.n;
end $$;
