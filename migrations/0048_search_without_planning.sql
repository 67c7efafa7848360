-- Search among a few thousand texts, some of them very long. One in twenty is looked through first, the newest 250 to 2,000: enough to tell
-- how frequent hits are, and of few of them the lexemes lie outside of the row. Then, as before, it goes on from newer to older or takes all
-- hits from the GIN index, whichever costs less; of more than 500 hits the newest 500 are ranked. Which of them serves is decided here, from
-- what was seen, so every query has the same plans: to make them anew took longer than to find a rare word.
create or replace function avow.search(kind text, wanted tsquery, ranked boolean, most integer) returns setof uuid
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  ours constant uuid := avow.current_organization();
  needed constant integer := case when ranked then 500 else most end;
  subjects constant float8 := (select greatest(reltuples, 0) from pg_class where oid = 'avow.search_index'::regclass);
  looked_through constant integer := least(2000, greatest(250, subjects / 20));
  gone_back constant integer := 60000;
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
  -- `needed / share` rows by time against `share * subjects` by the index, each of which lies elsewhere and, of a phrase, is matched again.
  if not enough and needed < 2 * share * share * subjects then
    hits := array(
      select place from (
        select ctid as place, lexemes from avow.search_index where organization_id = ours and subject_kind = kind
        order by created_at desc, subject_id desc limit gone_back) newest
      where lexemes @@ wanted limit needed);
    -- Frequent as they are, those that were found are enough to be ranked, but not to be listed by date.
    enough := ranked or cardinality(hits) >= needed;
  end if;
  -- Whose it is is asked of the hits alone, so that no plan reads all of an organisation instead: no lexeme means anything in two of them.
  if not enough then
    hits := array(
      with found as materialized (
        select ctid as place, organization_id, subject_kind, created_at, subject_id from avow.search_index where lexemes @@ wanted)
      select place from found where organization_id = ours and subject_kind = kind order by created_at desc, subject_id desc limit needed);
  end if;
  -- Stable: all statements share one snapshot, so that a ctid stays what it was.
  return query
    select subject_id from avow.search_index where ctid = any (hits)
    order by case when ranked then ts_rank(lexemes, wanted) end desc nulls last, created_at desc, subject_id desc
    limit most;
end $$;
-- No plan looks at how frequent a lexeme is any more, and to count them all took long.
alter table avow.search_index alter column lexemes set statistics 0;
