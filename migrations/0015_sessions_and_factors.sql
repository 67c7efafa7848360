-- How somebody shows who they are, and the browsers in which they are signed in.

-- A session is listed, and ended, by its id; its token is known to the browser alone.
alter table avow.sessions
  add column id uuid not null default gen_random_uuid() unique,
  -- `second-factor`: the password was right, nothing is open yet. `entered`: signed in.
  add column stage text not null default 'entered' check (stage in ('second-factor', 'entered')),
  -- password, passkey, totp, recovery-code, sso: what was shown, in this order.
  add column methods text[] not null default '{}',
  -- When a second factor was last shown in this session; what is dangerous asks for minutes, not days.
  add column confirmed_at timestamptz,
  -- What the browser says of itself and the country of its network, sealed under the person's own key; the network itself is not kept.
  add column device_box bytea;

-- An authenticator app. Its secret is sealed under the person's own key.
create table avow.totp_factors (
  id uuid primary key,
  account_id uuid not null references avow.accounts on delete cascade,
  secret_box bytea not null,
  created_at timestamptz not null,
  -- Null until the first code was right.
  active_at timestamptz,
  used_at timestamptz,
  -- The time step of the last code that was accepted: no code of it, or of one before, is accepted again.
  last_step bigint not null default 0
);
-- One that counts, and one that is being added.
create unique index on avow.totp_factors (account_id, (active_at is null));
select avow.global('avow.totp_factors');

-- 120 random bits each, so a plain hash keeps them. A row goes when its code is used.
create table avow.recovery_codes (
  account_id uuid not null references avow.accounts on delete cascade,
  code_hash bytea not null,
  created_at timestamptz not null,
  primary key (account_id, code_hash)
);
select avow.global('avow.recovery_codes');

create table avow.passkeys (
  id uuid primary key,
  account_id uuid not null references avow.accounts on delete cascade,
  credential_id bytea not null unique,
  -- COSE, as the authenticator gave it.
  public_key bytea not null,
  sign_count bigint not null,
  transports text[] not null,
  -- The host that it works on, for the browser holds it to that.
  rp_id text not null,
  -- Whether it lives in a keychain that copies it to other devices.
  synced boolean not null,
  -- What the person calls it, sealed under their own key.
  name_box bytea not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index on avow.passkeys (account_id);
select avow.global('avow.passkeys');

-- Questions put to a passkey. Each is answered once, in minutes, in the browser that asked.
create table avow.passkey_challenges (
  challenge_hash bytea primary key,
  -- The account that is asked; null where a passkey is to say whose it is.
  account_id uuid references avow.accounts on delete cascade,
  purpose text not null check (purpose in ('add', 'sign-in', 'confirm')),
  -- Hash of the cookie of the browser that asked.
  browser_hash bytea not null,
  expires_at timestamptz not null
);
create index on avow.passkey_challenges (expires_at);
select avow.global('avow.passkey_challenges');

-- How long somebody of the team may do without a second factor, from when they joined or from when this was set, whichever is later.
alter table avow.organizations
  add column second_factor_days int not null default 7 check (second_factor_days between 0 and 90),
  add column second_factor_since timestamptz not null default now();
