-- Programs of the company that are told what happens, and what became of each telling.

create table avow.webhooks (
  organization_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- Seals the address and the secrets; destroyed when the webhook ends.
  key_id uuid not null,
  box bytea not null,
  -- Entry kinds that it is told of: 'report.received', or 'report.*' for all of a noun, or '*'.
  kinds text[] not null check (cardinality(kinds) between 1 and 100),
  created_at timestamptz not null,
  -- Since when nothing was taken; null while it answers.
  failing_since timestamptz,
  -- Nothing is sent from then on, until somebody switches it on again.
  stopped_at timestamptz,
  ended_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references avow.organizations (id)
);
create index webhooks_told on avow.webhooks (organization_id) where ended_at is null and stopped_at is null;
select avow.isolate('avow.webhooks');

create table avow.webhook_deliveries (
  organization_id uuid not null,
  -- Goes along as webhook-id: the same for every try, so that who receives it can tell a repetition.
  id uuid not null,
  webhook_id uuid not null,
  kind text not null,
  -- Whose ids and marks, never facts: what is sent besides kind and time.
  data jsonb not null,
  made_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given-up')),
  tries int not null default 0,
  tried_at timestamptz,
  -- Of the newest try: the HTTP status, or a word where there was no answer.
  status int,
  problem text,
  took_ms int,
  primary key (organization_id, id),
  foreign key (organization_id, webhook_id) references avow.webhooks (organization_id, id)
);
create index webhook_deliveries_newest on avow.webhook_deliveries (organization_id, webhook_id, made_at desc);
select avow.isolate('avow.webhook_deliveries');
