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
