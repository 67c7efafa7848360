-- What the table of people and their duties asks for, at hand for each person. Both follow from what was recorded, and are written with it.

-- When each person last passed each course.
create table avow.course_passes (
  organization_id uuid not null,
  course_id uuid not null,
  person_id uuid not null,
  passed_at timestamptz not null,
  primary key (organization_id, course_id, person_id),
  foreign key (organization_id, course_id) references avow.courses (organization_id, id)
);
select avow.isolate('avow.course_passes');
insert into avow.course_passes
  select organization_id, course_id, person_id, max(ended_at) from avow.course_attempts where passed group by organization_id, course_id, person_id;

-- What each person's newest background check came to: the word and when, as the ledger has it.
create table avow.background_checks (
  organization_id uuid not null references avow.organizations,
  person_id uuid not null,
  result text not null check (result in ('cleared', 'not-cleared', 'not-permitted')),
  decided_at timestamptz not null,
  entry_id uuid not null,
  primary key (organization_id, person_id),
  foreign key (organization_id, entry_id) references avow.entries (organization_id, id)
);
select avow.isolate('avow.background_checks');
insert into avow.background_checks
  select distinct on (c.organization_id, c.subject_id) c.organization_id, c.subject_id::uuid, substr(e.kind, length('background-check.') + 1),
    coalesce((e.marks ->> 'effective_at')::timestamptz, e.created_at), e.id
  from avow.cases c join avow.entries e on e.organization_id = c.organization_id and e.cases ? 'person' and e.cases ->> 'person' = c.pseudonym
  where c.scope = 'people' and c.subject_kind = 'person' and e.kind in ('background-check.cleared', 'background-check.not-cleared', 'background-check.not-permitted')
  order by c.organization_id, c.subject_id, e.id desc;
