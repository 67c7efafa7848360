-- Watching who tries to enter.

-- Before then the next attempt of this source is not looked at.
alter table avow.attempts add column next_at timestamptz not null default now();

-- Browsers in which somebody has been signed in. The hash is of the browser's own token and the account: two accounts of one browser share nothing.
create table avow.known_devices (
  token_hash bytea primary key,
  account_id uuid not null references avow.accounts on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null
);
create index on avow.known_devices (account_id);
select avow.global('avow.known_devices');

-- The last times that somebody signed in: how, what the browser says of itself, from which country. Sealed under the person's own key.
create table avow.sign_ins (
  id uuid primary key,
  account_id uuid not null references avow.accounts on delete cascade,
  at timestamptz not null,
  box bytea not null
);
create index on avow.sign_ins (account_id, at);
select avow.global('avow.sign_ins');

-- What was noticed about somebody's account, and whether they say that it was them.
create table avow.alerts (
  id uuid primary key,
  account_id uuid not null references avow.accounts on delete cascade,
  kind text not null,
  -- What happens again and again is told once in a while: one alert for each kind and period, however many notice it at once.
  period text not null,
  noticed_at timestamptz not null,
  box bytea not null,
  -- Of the link in the mail, by which it is answered once; null where there is nothing to answer.
  token_hash bytea unique,
  answer text check (answer in ('me', 'not-me')),
  answered_at timestamptz check ((answered_at is null) = (answer is null)),
  unique (account_id, kind, period)
);
create index on avow.alerts (account_id, noticed_at);
select avow.global('avow.alerts');

-- What one person did, and what was recorded about them, for their own page.
create index entries_member on avow.entries (organization_id, actor, id) where actor like 'member:%';
create index entries_person on avow.entries (organization_id, (cases ->> 'person'), id) where cases ? 'person';
