-- Courses that are packages (SCORM), and phishing exercises.

-- What a package's manifest says. Null: the course is Markdown.
alter table avow.course_versions add column package jsonb;
-- What a package has reported of each of its parts, until the attempt ends; and how much was reached, from 0 to 1, where it says so.
alter table avow.course_attempts add column reported jsonb not null default '{}';
alter table avow.course_attempts add column score double precision;

create table avow.package_files (
  organization_id uuid not null,
  version_id uuid not null,
  path text not null,
  content bytea not null,
  primary key (organization_id, version_id, path),
  foreign key (organization_id, version_id) references avow.course_versions (organization_id, id)
);
-- Not compressed, so that a part of a film is read without the rest of it.
alter table avow.package_files alter column content set storage external;
create index package_files_whatever_case on avow.package_files (organization_id, version_id, lower(path));
select avow.isolate('avow.package_files');

-- A harmless mail to the team, from one person's plan and another's approval.
create table avow.exercises (
  organization_id uuid not null,
  id uuid not null,
  sender text not null,
  subject text not null,
  body text not null,
  clues text[] not null,
  -- Days as 2026-03-01, where the organisation is.
  first_day text not null check (first_day ~ '^\d{4}-\d\d-\d\d$'),
  last_day text not null check (last_day ~ '^\d{4}-\d\d-\d\d$'),
  planned_by text not null,
  planned_at timestamptz not null,
  approved_at timestamptz,
  ended_at timestamptz,
  -- Figures of groups, once it has ended.
  groups jsonb,
  primary key (organization_id, id),
  check (first_day <= last_day),
  check ((ended_at is null) = (groups is null)),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.exercises');

-- Who gets one, and when. Gone when the exercise ends.
create table avow.exercise_letters (
  organization_id uuid not null,
  exercise_id uuid not null,
  account_id uuid not null,
  send_at timestamptz not null,
  sent_at timestamptz,
  reported boolean not null default false,
  primary key (organization_id, exercise_id, account_id),
  foreign key (organization_id, exercise_id) references avow.exercises (organization_id, id)
);
create index exercise_letters_due on avow.exercise_letters (organization_id, send_at) where sent_at is null;
select avow.isolate('avow.exercise_letters');

-- The link in each, by its hash alone: no row says whose it is. Gone when the exercise ends.
create table avow.exercise_links (
  organization_id uuid not null,
  token_hash bytea not null,
  exercise_id uuid not null,
  -- The Monday of the week in which it was sent.
  week text not null,
  opened boolean not null default false,
  primary key (organization_id, token_hash),
  foreign key (organization_id, exercise_id) references avow.exercises (organization_id, id)
);
select avow.isolate('avow.exercise_links');
