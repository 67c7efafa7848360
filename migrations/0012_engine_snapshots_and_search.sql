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

-- Search among very many. The newest subjects are looked through first, which costs little and tells how frequent hits are. Then either
-- it goes on from newer to older, or the GIN index finds all hits, whichever reads fewer rows. Of more than 1,000 hits the newest 1,000
-- are ranked, because ranking has to read every hit.
create or replace function avow.search(kind text, wanted tsquery, ranked boolean, most integer) returns setof uuid
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  ours constant uuid := avow.current_organization();
  needed constant integer := case when ranked then 1000 else most end;
  looked_through constant integer := 2000;
  gone_back constant integer := 60000;
  subjects constant float8 := (select greatest(reltuples, 0) from pg_class where oid = 'avow.search_index'::regclass);
  share float8;
  hits tid[];
  enough boolean;
begin
  hits := array(
    select place from (
      select ctid as place, lexemes from avow.search_index where organization_id = ours and subject_kind = kind
      order by created_at desc, subject_id desc limit looked_through) newest
    where lexemes @@ wanted limit needed);
  share := cardinality(hits)::float8 / looked_through;
  enough := cardinality(hits) >= needed;
  -- `needed / share` rows by time against `share * subjects` by the index.
  if not enough and needed < share * share * subjects then
    hits := array(
      select place from (
        select ctid as place, lexemes from avow.search_index where organization_id = ours and subject_kind = kind
        order by created_at desc, subject_id desc limit gone_back) newest
      where lexemes @@ wanted limit needed);
    -- Frequent as they are, those that were found are enough to be ranked, but not to be listed by date.
    enough := ranked or cardinality(hits) >= needed;
  end if;
  if not enough then
    hits := array(
      with found as materialized (
        select ctid as place, created_at, subject_id from avow.search_index
        where organization_id = ours and subject_kind = kind and lexemes @@ wanted)
      select place from found order by created_at desc, subject_id desc limit needed);
  end if;
  -- Stable: all statements share one snapshot, so that a ctid stays what it was.
  return query
    select subject_id from avow.search_index where ctid = any (hits)
    order by case when ranked then ts_rank(lexemes, wanted) end desc nulls last, created_at desc, subject_id desc
    limit most;
end $$;
