-- The blind index: each lexeme is a keyed hash of a stemmed word, with its positions and weights (A title, B body).

-- The language that people write to the organisation in; it decides how words are stemmed. To change it is to index anew.
alter table avow.organizations add column language text not null default 'en' check (language in ('en', 'de', 'fr', 'es', 'it', 'nl', 'pt'));

create table avow.search_index (
  organization_id uuid not null references avow.organizations (id),
  subject_kind text not null,
  subject_id uuid not null,
  created_at timestamptz not null,
  lexemes tsvector not null,
  primary key (organization_id, subject_kind, subject_id)
);
-- In line and uncompressed: ranking reads the lexemes of every hit. The statistics let the planner tell a rare hash from a common one.
alter table avow.search_index alter column lexemes set storage main, alter column lexemes set statistics 1000;
create index search_index_lexemes on avow.search_index using gin (lexemes) with (gin_pending_list_limit = 1024);
create index search_index_by_time on avow.search_index (organization_id, subject_kind, created_at desc, subject_id desc);
select avow.isolate('avow.search_index');

-- `@@` is not leakproof, so row security would keep the running role from the GIN index. This runs as the tables' owner, whom no
-- policy binds, and holds to the transaction's organisation by itself. Up to 2,000 hits are ordered exactly; of more, the newest
-- 2,000 are ranked, because ranking has to read every hit. Stable: its statements share one snapshot, so a ctid stays what it was.
create function avow.search(kind text, wanted tsquery, ranked boolean, most integer) returns setof uuid
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  ours constant uuid := avow.current_organization();
  hits constant tid[] := array(
    select ctid from avow.search_index
    where organization_id = ours and subject_kind = kind and lexemes @@ wanted
    limit 2001);
begin
  if cardinality(hits) <= 2000 then
    return query
      select subject_id from avow.search_index where ctid = any (hits)
      order by case when ranked then ts_rank(lexemes, wanted) end desc nulls last, created_at desc, subject_id desc
      limit most;
  elsif ranked then
    return query
      select newest.subject_id from (
        select subject_id, created_at, lexemes from avow.search_index
        where organization_id = ours and subject_kind = kind and lexemes @@ wanted
        order by created_at desc, subject_id desc limit 2000) newest
      order by ts_rank(newest.lexemes, wanted) desc, newest.created_at desc, newest.subject_id desc
      limit most;
  else
    return query
      select subject_id from avow.search_index
      where organization_id = ours and subject_kind = kind and lexemes @@ wanted
      order by created_at desc, subject_id desc
      limit most;
  end if;
end $$;
revoke execute on function avow.search(text, tsquery, boolean, integer) from public;
grant execute on function avow.search(text, tsquery, boolean, integer) to avow_app;
