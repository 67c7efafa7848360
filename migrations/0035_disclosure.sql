-- Embargoes and disclosure: what was proposed and by whom answered, the date that holds, and the text that is published, redacted.

-- What one party proposes to the others about one report: to keep it to themselves until an instant, or to publish it. Never changed, only settled.
create table avow.disclosure_proposals (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  report_id uuid not null,
  about text not null check (about in ('embargo', 'disclosure')),
  -- `company`, `reporter`, or the id of a guest of the case.
  party text not null,
  account_id uuid,
  -- The instant, and the zone in which it was written. Absent: at once.
  due_at timestamptz,
  zone text,
  -- Sealed under the report's key.
  reason bytea not null,
  proposed_at timestamptz not null,
  -- Until then the reporter may object to a publication that the company proposes.
  object_by timestamptz,
  outcome text check (outcome in ('agreed', 'declined', 'replaced', 'over')),
  settled_at timestamptz,
  primary key (organization_id, id),
  check ((due_at is null) = (zone is null)),
  check ((outcome is null) = (settled_at is null)),
  check (about = 'disclosure' or due_at is not null),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create unique index disclosure_proposals_open on avow.disclosure_proposals (organization_id, report_id, about) where outcome is null;
create index disclosure_proposals_by_report on avow.disclosure_proposals (organization_id, report_id, proposed_at);
select avow.isolate('avow.disclosure_proposals');

-- Each party answers by its own hand. Whoever proposes has accepted.
create table avow.disclosure_answers (
  organization_id uuid not null references avow.organizations,
  proposal_id uuid not null,
  party text not null,
  account_id uuid,
  accepts boolean not null,
  reason bytea,
  answered_at timestamptz not null,
  primary key (organization_id, proposal_id, party),
  foreign key (organization_id, proposal_id) references avow.disclosure_proposals (organization_id, id)
);
select avow.isolate('avow.disclosure_answers');

-- The instant until which nobody publishes, as company and reporter agreed last.
create table avow.embargoes (
  organization_id uuid not null references avow.organizations,
  report_id uuid not null,
  proposal_id uuid not null,
  until timestamptz not null,
  zone text not null,
  agreed_at timestamptz not null,
  reminded_at timestamptz,
  ended_at timestamptz,
  ended_because text check (ended_because in ('over', 'leak', 'exploitation', 'other', 'reporter', 'disclosed')),
  primary key (organization_id, report_id),
  check ((ended_at is null) = (ended_because is null)),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id),
  foreign key (organization_id, proposal_id) references avow.disclosure_proposals (organization_id, id)
);
create index embargoes_running on avow.embargoes (organization_id, until) where ended_at is null;
select avow.isolate('avow.embargoes');

-- How the programme handles embargoes; an organisation without a row has the defaults.
create table avow.disclosure_handling (
  organization_id uuid primary key references avow.organizations,
  critical_days integer not null check (critical_days between 1 and 730),
  high_days integer not null check (high_days between 1 and 730),
  medium_days integer not null check (medium_days between 1 and 730),
  low_days integer not null check (low_days between 1 and 730),
  remind_days integer not null check (remind_days between 1 and 90),
  object_days integer not null check (object_days between 1 and 90)
);
select avow.isolate('avow.disclosure_handling');

-- What is to be published of a report, or was: everything that people wrote is sealed under the report's key.
create table avow.publications (
  organization_id uuid not null references avow.organizations,
  report_id uuid not null,
  -- Title and summary in the company's words.
  words bytea not null,
  -- Passages that stay sealed: by the company, and by the reporter.
  company_marks bytea not null,
  reporter_marks bytea,
  -- Messages are published that both sides chose.
  company_messages uuid[] not null default '{}',
  reporter_messages uuid[] not null default '{}',
  -- How the reporter wants to be named; without it, not at all.
  credit bytea,
  company_approved_at timestamptz,
  reporter_approved_at timestamptz,
  -- As it stands in public since then.
  published bytea,
  published_parts integer[] not null default '{}',
  published_at timestamptz,
  primary key (organization_id, report_id),
  check ((published is null) = (published_at is null)),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index publications_by_time on avow.publications (organization_id, published_at desc) where published_at is not null;
select avow.isolate('avow.publications');
