import { Logger, runMigrations } from 'graphile-worker'
import { withClient } from './setup.ts'

/**
 * Makes or upgrades the queue's own schema, as its owner, and opens it to the running role. The library switches row
 * security on without any policy, so that only an owner could use its tables.
 */
export async function migrateJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: new Logger(() => () => {}) })
  await withClient(ownerUrl, (client) => client.query(`
    grant usage on schema graphile_worker to avow_app;
    grant select, insert, update, delete on all tables in schema graphile_worker to avow_app;
    grant usage on all sequences in schema graphile_worker to avow_app;
    do $$ declare target regclass; begin
      for target in select oid from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity
        and not exists (select from pg_policy where polrelid = pg_class.oid)
      loop execute format('create policy running on %s to avow_app using (true) with check (true)', target); end loop;
    end $$`))
}
