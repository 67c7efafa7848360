-- The ground that every other migration stands on: who the rows belong to, and the three kinds of table.

create table avow.organizations (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9]){0,62}$'),
  name text not null check (length(name) between 1 and 200),
  -- The host name under which it is served alone; null: on the deployment's own, under /o/SLUG.
  host text unique,
  -- The name under which the log signs. Chosen once: a log that changes its name is another log.
  log_origin text not null unique,
  zone text not null default 'UTC',
  -- Made for looking at: only such an organisation accepts an injected clock, and every page of it says so.
  example boolean not null default false,
  created_at timestamptz not null default now(),
  check (not example or log_origin like 'example.invalid/%')
);

create function avow.keep_organization() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.id, new.log_origin, new.example) is distinct from (old.id, old.log_origin, old.example) then
    raise exception 'The id, the log origin and the kind of an organization never change.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger keep before update on avow.organizations for each row execute function avow.keep_organization();

-- The organisation that the transaction was opened for; null outside of one, and then no row is seen.
create function avow.current_organization() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('avow.organization_id', true), '')::uuid $$;

create function avow.guard(target regclass) returns void language plpgsql set search_path = pg_catalog as $$
begin
  execute format('alter table %s enable row level security', target);
  -- The sub-select is evaluated once per statement, and an index on the leading column still serves it.
  execute format('create policy organization on %s using (organization_id = (select avow.current_organization())) '
    'with check (organization_id = (select avow.current_organization()))', target);
end $$;

-- A table of the organisations': each sees and writes its own rows.
create function avow.isolate(target regclass) returns void language plpgsql set search_path = pg_catalog as $$
begin
  perform avow.guard(target);
  execute format('grant select, insert, update, delete on %s to avow_app', target);
end $$;

create function avow.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'Rows of %.% are written once: % is refused.', tg_table_schema, tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

-- An isolated table whose rows are written once: for the running role by its grants, for everybody by triggers.
create function avow.append_only(target regclass) returns void language plpgsql set search_path = pg_catalog as $$
begin
  perform avow.guard(target);
  execute format('grant select, insert on %s to avow_app', target);
  execute format('create trigger written_once before update or delete or truncate on %s '
    'for each statement execute function avow.refuse_change()', target);
end $$;

-- A table that belongs to no organisation; reached only by a few named functions.
create function avow.global(target regclass) returns void language plpgsql set search_path = pg_catalog as $$
begin
  execute format('grant select, insert, update, delete on %s to avow_app', target);
end $$;

revoke execute on function avow.guard(regclass), avow.isolate(regclass), avow.append_only(regclass), avow.global(regclass) from public;

select avow.global('avow.organizations');
