-- Passwords and what stands in for them: links that are mailed, and the recovery of a lost second factor.

alter table avow.accounts
  add column password_set_at timestamptz,
  -- The version of our rules that the password met, when it was chosen or last entered; null: not known to meet them.
  add column password_rules int,
  -- When a lost second factor was removed; every agreement to do so from before is worth nothing.
  add column factors_removed_at timestamptz;

-- Somebody asked for a mail. What they entered waits, sealed, for a job: whether there is an account is never looked up while they wait.
create table avow.mail_requests (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  purpose text not null check (purpose in ('reset', 'sign-up')),
  address_box bytea not null,
  created_at timestamptz not null,
  primary key (organization_id, id)
);
select avow.isolate('avow.mail_requests');

-- One-time links. Opening one changes nothing; posting the page that it leads to uses it up.
create table avow.mail_links (
  organization_id uuid not null references avow.organizations,
  token_hash bytea not null,
  purpose text not null check (purpose in ('reset', 'sign-up', 'recovery', 'refuse-recovery')),
  -- Null: there is no account yet, and the address is in the box.
  account_id uuid,
  address_box bytea,
  recovery_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, token_hash),
  check ((account_id is null) = (purpose = 'sign-up') and (address_box is null) = (purpose <> 'sign-up'))
);
create index on avow.mail_links (organization_id, expires_at);
select avow.isolate('avow.mail_links');

-- Somebody has lost their second factor. Two administrators agree, the person finishes it with a link that is mailed to them.
create table avow.recoveries (
  organization_id uuid not null references avow.organizations,
  id uuid not null,
  account_id uuid not null,
  asked_by uuid not null,
  -- Why, and how they made sure who it is: sealed under the organisation's key.
  reason_box bytea not null,
  asked_at timestamptz not null,
  approved_by uuid check (approved_by <> asked_by),
  approved_at timestamptz,
  -- By an administrator, by the person, or because something else ended it.
  refused_at timestamptz,
  refused_by uuid,
  finished_at timestamptz,
  expires_at timestamptz not null,
  primary key (organization_id, id),
  check (account_id not in (asked_by, approved_by)),
  check ((approved_by is null) = (approved_at is null))
);
-- One at a time for each person.
create unique index recoveries_open on avow.recoveries (organization_id, account_id) where finished_at is null and refused_at is null;
select avow.isolate('avow.recoveries');

-- A factor guards every organisation that somebody belongs to, so each of them has to agree. How many have not.
create function avow.recoveries_missing(account uuid, moment timestamptz) returns int language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::int from avow.memberships m
  where m.account_id = account and m.ended_at is null and not exists (
    select from avow.recoveries r
    where r.organization_id = m.organization_id and r.account_id = account and r.approved_at is not null
      and r.finished_at is null and r.refused_at is null and r.expires_at > moment)
$$;
revoke execute on function avow.recoveries_missing(uuid, timestamptz) from public;
grant execute on function avow.recoveries_missing(uuid, timestamptz) to avow_app;

-- Reports that a researcher keeps together in an account. Nothing of it is in the ledger, and nobody else is shown it.
create table avow.kept_reports (
  organization_id uuid not null references avow.organizations,
  account_id uuid not null,
  report_id uuid not null,
  kept_at timestamptz not null,
  primary key (organization_id, account_id, report_id),
  foreign key (organization_id, report_id) references avow.reports (organization_id, id)
);
select avow.isolate('avow.kept_reports');

-- Whoever is erased keeps no report in any organisation, and no link that was mailed to them is good any more.
create function avow.forget_kept(account uuid) returns void language sql security definer set search_path = pg_catalog as $$
  delete from avow.kept_reports where account_id = account;
  delete from avow.mail_links where account_id = account;
$$;
revoke execute on function avow.forget_kept(uuid) from public;
grant execute on function avow.forget_kept(uuid) to avow_app;
