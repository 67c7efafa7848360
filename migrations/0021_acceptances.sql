-- Who was asked to accept which version of which policy, and did.

-- Who has to accept a policy. Without a row: everyone, as soon as a promise in force speaks of accepting policies.
create table avow.policy_audiences (
  organization_id uuid not null,
  policy_id uuid not null,
  -- Empty: everyone on the team.
  roles text[] not null,
  -- Whether a version without a significant change is to be accepted anew.
  every_version boolean not null,
  primary key (organization_id, policy_id),
  foreign key (organization_id, policy_id) references avow.policies (organization_id, id)
);
select avow.isolate('avow.policy_audiences');

create table avow.acceptances (
  organization_id uuid not null,
  version_id uuid not null,
  person_id uuid not null,
  policy_id uuid not null,
  asked_at timestamptz not null,
  reminded_at timestamptz,
  accepted_at timestamptz,
  -- The entry policy.accepted, whose receipt proves it.
  entry_id uuid,
  primary key (organization_id, version_id, person_id),
  foreign key (organization_id, version_id) references avow.policy_versions (organization_id, id),
  foreign key (organization_id, policy_id) references avow.policies (organization_id, id),
  check ((accepted_at is null) = (entry_id is null))
);
create index acceptances_open on avow.acceptances (organization_id, person_id) where accepted_at is null;
create index acceptances_given on avow.acceptances (organization_id, policy_id, person_id, accepted_at desc) where accepted_at is not null;
select avow.isolate('avow.acceptances');
