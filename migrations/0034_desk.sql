-- What a desk with very many cases needs: numbers that people can say, an order by what breaks next, who works on what, and what they have read.

-- ACME-142. The prefix is chosen once; until then it is made of the slug.
alter table avow.organizations add column case_prefix text check (case_prefix ~ '^[A-Z][A-Z0-9]{1,9}$');

create function avow.case_prefix() returns text language sql stable as $$
  select coalesce(case_prefix, regexp_replace(upper(left(split_part(slug, '-', 1), 9)), '^(?=[0-9])', 'C')) from avow.organizations where id = avow.current_organization()
$$;

-- A sequence for each organisation: no submission waits for another one, and a number that a rolled-back submission took is never given again.
-- It begins after the highest number there is, so that a restored database goes on counting.
create function avow.next_case_number() returns integer
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  ours constant uuid := avow.current_organization();
  numbers constant text := 'avow.case_numbers_' || replace(ours::text, '-', '');
begin
  if to_regclass(numbers) is null then
    perform pg_advisory_xact_lock(hashtextextended(numbers, 0));
    execute format('create sequence if not exists %s start %s', numbers,
      (select coalesce(max(number), 0) + 1 from avow.reports where organization_id = ours));
  end if;
  return nextval(numbers);
end $$;
revoke execute on function avow.next_case_number() from public;
grant execute on function avow.next_case_number() to avow_app;

alter table avow.reports
  add column number integer,
  add column assignee_id uuid,
  add column assigned_at timestamptz,
  -- What the commitments make somebody owe it next, as the engine of avow-verify last told: only ever to order by. `infinity` where nothing has a date.
  add column due_at timestamptz not null default 'infinity',
  add column due_kinds text[] not null default '{}',
  -- When somebody last did something that others have not read.
  add column happened_at timestamptz not null default now();
update avow.reports r set number = numbered.n, happened_at = received_at
  from (select organization_id, id, row_number() over (partition by organization_id order by received_at, id) as n from avow.reports) numbered
  where (r.organization_id, r.id) = (numbered.organization_id, numbered.id);
alter table avow.reports alter column number set not null, alter column number set default avow.next_case_number();
create unique index reports_by_number on avow.reports (organization_id, number);
drop index avow.reports_open_by_time;
drop index avow.reports_by_queue;
create index reports_open_by_due on avow.reports (organization_id, due_at, received_at, id) where state not in ('resolved', 'closed', 'disclosed');
create index reports_queue_by_due on avow.reports (organization_id, queue, due_at, received_at, id) where state not in ('resolved', 'closed', 'disclosed');
create index reports_assigned on avow.reports (organization_id, assignee_id, due_at, received_at, id) where assignee_id is not null;

create index reports_owed on avow.reports (organization_id, id) where due_at < 'infinity' or due_kinds <> '{}';

-- Who did what to a case, in the team's own words for it: never what was written. What has `undo` can be taken back by whoever did it.
create table avow.report_doings (
  organization_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  -- Null: the reporter, a guest, or a machine.
  account_id uuid,
  what text not null,
  -- What was done to many at once has one batch.
  batch_id uuid not null,
  undo jsonb,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_doings_by_report on avow.report_doings (organization_id, report_id, at desc, id desc);
create index report_doings_by_batch on avow.report_doings (organization_id, batch_id) where undo is not null;
create index report_doings_undoable on avow.report_doings (organization_id, account_id, at desc) where undo is not null;
select avow.isolate('avow.report_doings');

create table avow.report_reads (
  organization_id uuid not null,
  account_id uuid not null,
  report_id uuid not null,
  read_at timestamptz not null,
  -- The page stood open at this moment.
  seen_at timestamptz not null,
  -- Somebody named them in a note that they have not read.
  mentioned_at timestamptz,
  primary key (organization_id, account_id, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_reads_by_report on avow.report_reads (organization_id, report_id, seen_at desc);
select avow.isolate('avow.report_reads');

create table avow.report_watchers (
  organization_id uuid not null,
  report_id uuid not null,
  account_id uuid not null,
  since timestamptz not null,
  primary key (organization_id, report_id, account_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
select avow.isolate('avow.report_watchers');

create table avow.report_tags (
  organization_id uuid not null,
  report_id uuid not null,
  tag text not null check (tag ~ '^[a-z0-9](-?[a-z0-9]){0,31}$'),
  primary key (organization_id, report_id, tag),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_tags_by_tag on avow.report_tags (organization_id, tag, report_id);
select avow.isolate('avow.report_tags');

-- `from` is related to, blocks, was split from, or repeats `to`.
create table avow.case_links (
  organization_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  kind text not null check (kind in ('related', 'blocks', 'split from', 'duplicate of')),
  primary key (organization_id, from_id, to_id, kind),
  check (from_id <> to_id),
  foreign key (organization_id, from_id) references avow.reports (organization_id, id),
  foreign key (organization_id, to_id) references avow.reports (organization_id, id)
);
create index case_links_to on avow.case_links (organization_id, to_id);
select avow.isolate('avow.case_links');

create table avow.report_tasks (
  organization_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  -- Sealed under the report's key.
  title bytea not null,
  assignee_id uuid,
  due_on date,
  made_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  primary key (organization_id, id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_tasks_by_report on avow.report_tasks (organization_id, report_id, made_at);
select avow.isolate('avow.report_tasks');

create table avow.case_fields (
  organization_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  kind text not null check (kind in ('text', 'number', 'choice', 'date')),
  choices text[] not null default '{}',
  made_at timestamptz not null,
  retired_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.case_fields');

-- A text is sealed under the report's key; the others can be filtered by.
create table avow.case_field_values (
  organization_id uuid not null,
  report_id uuid not null,
  field_id uuid not null,
  value text,
  sealed bytea,
  primary key (organization_id, report_id, field_id),
  check ((value is null) <> (sealed is null)),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id),
  foreign key (organization_id, field_id) references avow.case_fields (organization_id, id)
);
create index case_field_values_by_value on avow.case_field_values (organization_id, field_id, value) where value is not null;
select avow.isolate('avow.case_field_values');

create table avow.saved_filters (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  shared boolean not null,
  name text not null check (length(name) between 1 and 60),
  -- The query of the inbox's address.
  query text not null check (length(query) <= 2000),
  made_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.saved_filters');

create table avow.message_templates (
  organization_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  -- Sealed under the organisation's key.
  body bytea not null,
  changed_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.message_templates');
