-- Who is told of duties, when, and in what order.

-- What a member wants to be told by mail. Without a row: everything.
create table avow.reminder_choices (
  organization_id uuid not null,
  account_id uuid not null,
  digest boolean not null,
  reminders boolean not null,
  primary key (organization_id, account_id),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.reminder_choices');

-- What was told already: nobody hears the same twice.
create table avow.duty_notices (
  organization_id uuid not null,
  -- SHA-256 of policy, mark, what is owed and about what; or of the day, for a digest.
  duty bytea not null check (length(duty) = 32),
  stage text not null check (stage in ('soon', 'today', 'next', 'late', 'digest')),
  account_id uuid not null,
  told_at timestamptz not null,
  primary key (organization_id, duty, stage, account_id),
  foreign key (organization_id) references avow.organizations (id)
);
create index duty_notices_by_time on avow.duty_notices (organization_id, told_at);
select avow.isolate('avow.duty_notices');

-- Who is told next where a reminder went unheard.
create table avow.escalations (
  organization_id uuid not null,
  -- 'reports', or the owner that a rule names.
  area text not null check (length(area) between 1 and 100),
  account_ids uuid[] not null check (cardinality(account_ids) between 1 and 5),
  -- So many hours before the deadline the first of them is told.
  hours_before int not null check (hours_before between 1 and 720),
  primary key (organization_id, area),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.escalations');

-- The address under which somebody's calendar program reads what they owe. Only its hash is kept.
create table avow.calendar_feeds (
  organization_id uuid not null,
  account_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  made_at timestamptz not null,
  read_at timestamptz,
  primary key (organization_id, account_id),
  unique (organization_id, token_hash),
  foreign key (organization_id) references avow.organizations (id)
);
select avow.isolate('avow.calendar_feeds');
