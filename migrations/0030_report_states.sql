-- Finer states, waiting that ends by itself, duplicates that name their original, guests and mediators of a case, drafts.

alter table avow.reports drop constraint reports_state_check;
alter table avow.reports add constraint reports_state_check check (state in
  ('received', 'acknowledged', 'verifying', 'verified', 'accepted', 'fixing', 'fixed', 'resolved', 'closed', 'disclosed'));
alter table avow.reports
  add column verifying_at timestamptz,
  add column fixing_at timestamptz,
  add column disclosed_at timestamptz,
  add column reopened_at timestamptz,
  -- Since when the team waits for the reporter, and when the reporter was warned that the waiting will end.
  add column waiting_since timestamptz,
  add column waiting_warned_at timestamptz,
  -- Waiting ended without an answer: a person has to decide.
  add column unanswered_at timestamptz,
  add column retest_asked_at timestamptz,
  -- Seed of the salts under which the report's parts were committed to (docs/formats/duplicates.md), sealed under the content's key.
  add column parts_seed bytea,
  -- Which of the parts are open to others. Only ever grows.
  add column open_parts integer[] not null default '{}';

update avow.reports set waiting_since = now() where waiting_for_reporter;

-- Publication used to be an entry alone.
update avow.reports r set disclosed_at = e.created_at, state = case when state in ('resolved', 'closed') then 'disclosed' else state end
from avow.cases c, (
  select organization_id, cases ->> 'report' as pseudonym, min(created_at) as created_at from avow.entries where kind = 'report.disclosed' group by 1, 2
) e
where c.organization_id = r.organization_id and c.scope = 'disclosure' and c.subject_kind = 'report' and c.subject_id = r.id::text
  and e.organization_id = r.organization_id and e.pseudonym = c.pseudonym;

drop index avow.reports_open_by_time;
create index reports_open_by_time on avow.reports (organization_id, received_at desc, id desc) where state not in ('resolved', 'closed', 'disclosed');
create index reports_waiting on avow.reports (organization_id, waiting_since) where waiting_for_reporter;

-- How the programme handles its cases; an organisation without a row has the defaults.
create table avow.report_handling (
  organization_id uuid primary key references avow.organizations,
  warn_after_days integer not null check (warn_after_days between 1 and 365),
  end_after_days integer not null check (end_after_days between 1 and 365)
);
select avow.isolate('avow.report_handling');

-- The earlier record that a duplicate is a duplicate of.
create table avow.report_originals (
  organization_id uuid not null references avow.organizations,
  report_id uuid not null,
  -- Null where the original is no report: a weakness that the company had found and recorded itself.
  original_report_id uuid,
  -- The original's own entry, and the entry that says that it was named.
  original_entry_id uuid not null,
  choice_entry_id uuid not null,
  -- A record that is no report is opened whole, by hand.
  opened_at timestamptz,
  primary key (organization_id, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
select avow.isolate('avow.report_originals');

-- Somebody from outside who sees one case, as far as they were let: another vendor, a fixer, a CERT, or a mediator.
create table avow.report_guests (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  report_id uuid not null,
  -- Name and address, sealed under a key of the guest's own.
  key_id uuid not null,
  identity bytea not null,
  role text not null check (role in ('guest', 'mediator')),
  -- SHA-256 of the token in the link; none once they were removed.
  token_hash bytea check (length(token_hash) = 32),
  sees_report boolean not null,
  sees_files boolean not null,
  sees_messages boolean not null,
  invited_by text not null,
  invited_at timestamptz not null,
  ends_at timestamptz not null,
  removed_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
create index report_guests_by_report on avow.report_guests (organization_id, report_id);
select avow.isolate('avow.report_guests');

-- Each time that a guest looked, and at what: the case, or one of its files.
create table avow.report_looks (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  guest_id uuid not null,
  what text not null,
  looked_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, guest_id) references avow.report_guests (organization_id, id)
);
create index report_looks_by_guest on avow.report_looks (organization_id, guest_id, looked_at desc);
select avow.isolate('avow.report_looks');

alter table avow.report_messages drop constraint report_messages_voice_check;
alter table avow.report_messages add constraint report_messages_voice_check check (voice in ('reporter', 'team', 'note', 'guest', 'to guest', 'mediator'));
-- Whose channel a message belongs to. Guests do not see each other's.
alter table avow.report_messages add column guest_id uuid;
alter table avow.report_messages add constraint report_messages_guest_check
  check ((voice in ('guest', 'to guest', 'mediator')) = (guest_id is not null));

-- Whom the programme names as mediators. Name and address are sealed under the organisation's key.
create table avow.mediators (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  key_id uuid not null,
  identity bytea not null,
  named_at timestamptz not null,
  retired_at timestamptz,
  primary key (organization_id, id)
);
select avow.isolate('avow.mediators');

create table avow.mediations (
  organization_id uuid not null references avow.organizations,
  report_id uuid not null,
  guest_id uuid not null,
  requested_by text not null check (requested_by in ('reporter', 'team')),
  requested_at timestamptz not null,
  concluded_at timestamptz,
  outcome text,
  primary key (organization_id, report_id, guest_id),
  foreign key (organization_id, guest_id) references avow.report_guests (organization_id, id)
);
select avow.isolate('avow.mediations');

-- What somebody of the team has begun to write, sealed under the report's key.
create table avow.report_drafts (
  organization_id uuid not null references avow.organizations,
  report_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('message', 'note')),
  body bytea not null,
  saved_at timestamptz not null,
  primary key (organization_id, report_id, account_id, kind),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
select avow.isolate('avow.report_drafts');
