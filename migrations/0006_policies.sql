-- Policies in versions, who approved them, and to whom the standing of each promise is shown.

create table avow.policies (
  organization_id uuid not null,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9]){0,62}$'),
  title text not null check (length(title) between 1 and 200),
  -- The one policy by which reports are judged.
  governs_reports boolean not null,
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, slug),
  foreign key (organization_id) references avow.organizations (id)
);
create unique index one_policy_governs_reports on avow.policies (organization_id) where governs_reports and withdrawn_at is null;
select avow.isolate('avow.policies');

create table avow.policy_versions (
  organization_id uuid not null,
  id uuid not null,
  policy_id uuid not null,
  version integer not null check (version > 0),
  title text not null check (length(title) between 1 and 200),
  body text not null,
  body_sha256 bytea not null check (length(body_sha256) = 32),
  -- In words, for readers: what changed since the version before.
  summary text not null default '',
  significant boolean not null default false,
  state text not null check (state in ('draft', 'review', 'published')),
  drafted_by text not null,
  drafted_at timestamptz not null,
  submitted_at timestamptz,
  -- When its rules were last played over the whole ledger, to see what the page would say.
  rehearsed_at timestamptz,
  published_at timestamptz,
  in_force_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, policy_id, version),
  check ((state = 'published') = (published_at is not null and in_force_at is not null)),
  foreign key (organization_id, policy_id) references avow.policies (organization_id, id)
);
-- One version at a time is being written.
create unique index one_open_version on avow.policy_versions (organization_id, policy_id) where state <> 'published';
create index versions_in_force on avow.policy_versions (organization_id, policy_id, in_force_at desc, version desc) where state = 'published';
select avow.isolate('avow.policy_versions');

-- What was published is never changed again.
create function avow.keep_published_version() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.state = 'published' then
    raise exception 'A published version of a policy never changes.' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger keep before update or delete on avow.policy_versions for each row execute function avow.keep_published_version();

create table avow.policy_approvals (
  organization_id uuid not null,
  version_id uuid not null,
  -- The person, as the account's id; a key stands for the person who made it.
  approver text not null,
  approved_at timestamptz not null,
  primary key (organization_id, version_id, approver),
  foreign key (organization_id, version_id) references avow.policy_versions (organization_id, id) on delete cascade
);
select avow.isolate('avow.policy_approvals');

-- One row for each mark that a policy has ever carried. Without a row a commitment is private.
create table avow.commitments (
  organization_id uuid not null,
  policy_id uuid not null,
  mark text not null,
  publication text not null check (publication in ('private', 'auditor', 'public')),
  public_from timestamptz,
  changed_at timestamptz not null,
  primary key (organization_id, policy_id, mark),
  check ((publication = 'public') = (public_from is not null)),
  foreign key (organization_id, policy_id) references avow.policies (organization_id, id)
);
select avow.isolate('avow.commitments');

create table avow.commitment_explanations (
  organization_id uuid not null,
  id uuid not null,
  policy_id uuid not null,
  mark text not null,
  explanation text not null check (length(explanation) between 1 and 2000),
  explained_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, policy_id) references avow.policies (organization_id, id)
);
create index explanations_by_commitment on avow.commitment_explanations (organization_id, policy_id, mark, explained_at);
select avow.isolate('avow.commitment_explanations');
