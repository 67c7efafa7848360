-- Legal holds; samples for auditors; by when people were asked, and when they were reminded.

-- While one is living nothing that it covers is erased. Without a subject it covers all of its kind.
create table avow.holds (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  subject_kind text not null check (subject_kind in ('person', 'report')),
  subject_id uuid,
  -- Why, sealed under the organisation's key.
  key_id uuid not null,
  reason bytea not null,
  placed_by uuid not null,
  placed_at timestamptz not null,
  lifted_by uuid,
  lifted_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id),
  check ((lifted_by is null) = (lifted_at is null))
);
create index holds_living on avow.holds (organization_id, subject_kind) where lifted_at is null;
select avow.isolate('avow.holds');

-- Erasures that were asked for while a hold stood against them: whoever asked is told when they can be done.
create table avow.suspended_erasures (
  organization_id uuid not null references avow.organizations,
  subject_kind text not null check (subject_kind in ('person', 'report')),
  subject_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  primary key (organization_id, subject_kind, subject_id, asked_by)
);
select avow.isolate('avow.suspended_erasures');

-- Whether a living hold covers what belongs to this subject: a report, a person of the team, their account.
create function avow.held(subject uuid) returns boolean language sql stable as $$
  select exists (select from avow.holds h where h.lifted_at is null and case h.subject_kind
    when 'person' then h.subject_id = subject
      or exists (select from avow.people p where (h.subject_id is null or p.id = h.subject_id) and subject in (p.id, p.account_id))
    else h.subject_id = subject or (h.subject_id is null and exists (select from avow.reports r where r.id = subject)) end)
$$;

-- An account is of the whole deployment, and goes only when no organisation holds its person, also one that they have left.
create function avow.account_held(account uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from avow.holds h where h.lifted_at is null and h.subject_kind = 'person' and (h.subject_id = account
    or exists (select from avow.people p where p.organization_id = h.organization_id and p.account_id = account
      and (h.subject_id is null or p.id = h.subject_id))))
$$;
revoke execute on function avow.account_held(uuid) from public;
grant execute on function avow.account_held(uuid) to avow_app;

-- A population as it was fixed, and the sample that was drawn of it.
create table avow.samples (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  -- What the population is of: `person.joined`, `report.received`.
  practice text not null,
  from_day date not null,
  to_day date not null,
  size int not null check (size > 0),
  key_id uuid not null,
  -- The population's file, its comparison with its sources, and once drawn the index: sealed as they are in the ZIP.
  population bytea not null,
  drawn bytea,
  fixed_by uuid not null,
  fixed_at timestamptz not null,
  fixed_entry_id uuid not null,
  drawn_by uuid,
  drawn_at timestamptz,
  drawn_entry_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, key_id) references avow.data_keys (organization_id, id),
  check (to_day >= from_day),
  check ((drawn is null) = (drawn_entry_id is null) and (drawn is null) = (drawn_at is null) and (drawn is null) = (drawn_by is null))
);
select avow.isolate('avow.samples');

-- When somebody was last reminded of what they owe: once a day is enough.
create table avow.duty_reminders (
  organization_id uuid not null references avow.organizations,
  person_id uuid not null,
  reminded_at timestamptz not null,
  primary key (organization_id, person_id)
);
select avow.isolate('avow.duty_reminders');

-- By when what is asked has to be accepted, as was promised when it was asked.
alter table avow.acceptances add column due_at timestamptz;
update avow.acceptances set due_at = asked_at + interval '14 days';
alter table avow.acceptances alter column due_at set not null;
create index acceptances_due on avow.acceptances (organization_id, due_at, person_id) where accepted_at is null;
