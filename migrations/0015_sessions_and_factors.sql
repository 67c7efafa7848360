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
