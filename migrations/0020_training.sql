-- Courses, and who passed them.

create table avow.courses (
  organization_id uuid not null,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9]){0,62}$'),
  created_at timestamptz not null,
  -- Nobody begins it from then on; what was passed stays passed.
  withdrawn_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, slug),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.courses');

-- A course's text as it was from a moment on. Never changed: an attempt is judged by the version that it began with.
create table avow.course_versions (
  organization_id uuid not null,
  id uuid not null,
  course_id uuid not null,
  version int not null check (version > 0),
  title text not null,
  body text not null,
  body_sha256 bytea not null check (length(body_sha256) = 32),
  minutes int not null,
  pass_mark double precision not null check (pass_mark > 0 and pass_mark <= 1),
  -- Who has to pass it; empty: everyone.
  roles text[] not null,
  -- After how many months it is due again; 0: never.
  again_months int not null,
  published_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, course_id, version),
  foreign key (organization_id, course_id) references avow.courses (organization_id, id)
);
select avow.isolate('avow.course_versions');

-- One person's way through a course, with what was answered.
create table avow.course_attempts (
  organization_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  course_id uuid not null,
  version_id uuid not null,
  answers jsonb not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  right_answers int,
  questions int,
  passed boolean,
  -- The entry training.passed, whose receipt the certificate carries.
  entry_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, course_id) references avow.courses (organization_id, id),
  foreign key (organization_id, version_id) references avow.course_versions (organization_id, id),
  check ((ended_at is null) = (passed is null))
);
create unique index course_attempts_open on avow.course_attempts (organization_id, person_id, course_id) where ended_at is null;
create index course_attempts_passed on avow.course_attempts (organization_id, course_id, person_id, ended_at desc) where passed;
select avow.isolate('avow.course_attempts');
