import type { HttpBindings } from '@hono/node-server'
import { commitments } from './commitments/index.ts'
import type { Settings } from './config/index.ts'
import type { Database } from './db/database.ts'
import { acceptances } from './domain/acceptances/index.ts'
import { accounts } from './domain/accounts/index.ts'
import { agreements } from './domain/agreements/index.ts'
import { approvals } from './domain/approvals/index.ts'
import { backgroundChecks } from './domain/background-checks/index.ts'
import { checklists } from './domain/checklists/index.ts'
import { bridges } from './domain/bridges/index.ts'
import { contact } from './domain/contact/index.ts'
import { correspondence } from './domain/correspondence/index.ts'
import { disclosure } from './domain/disclosure/index.ts'
import { duties } from './domain/duties/index.ts'
import { exercises } from './domain/exercises/index.ts'
import { facts } from './domain/facts/index.ts'
import { gates } from './domain/gates/index.ts'
import { holds } from './domain/holds/index.ts'
import { firstDays } from './domain/first-days/index.ts'
import { intake } from './domain/intake/index.ts'
import { guests } from './domain/guests/index.ts'
import { me } from './domain/me/index.ts'
import { obligations } from './domain/obligations/index.ts'
import { organizations } from './domain/organizations/index.ts'
import { people } from './domain/people/index.ts'
import { policies } from './domain/policies/index.ts'
import { record } from './domain/record/index.ts'
import { reports } from './domain/reports/index.ts'
import { responsibilities } from './domain/responsibilities/index.ts'
import { samples } from './domain/samples/index.ts'
import { setUp } from './domain/set-up/index.ts'
import { systems } from './domain/systems/index.ts'
import { training } from './domain/training/index.ts'
import { triage } from './domain/triage/index.ts'
import { reminders } from './domain/reminders/index.ts'
import { updates } from './domain/updates/index.ts'
import { webhooks } from './domain/webhooks/index.ts'
import { findKind, ledger } from './ledger/index.ts'
import type { Log } from './lib/log.ts'
import { developmentMail } from './mail/pages.tsx'
import { look } from './ui/look.tsx'
import { registry } from './verbs/registry.ts'
import type { Module } from './web/module.ts'
import { createWeb } from './web/server.ts'

/** The table of contents: every part of the application, in the order in which its pages are mounted. */
export const modules: readonly Module[] = [
  policies,
  reports,
  guests,
  disclosure,
  gates,
  triage,
  facts,
  contact,
  correspondence,
  intake,
  duties,
  me,
  systems,
  training,
  exercises,
  acceptances,
  updates,
  agreements,
  backgroundChecks,
  firstDays,
  webhooks,
  bridges,
  reminders,
  ...accounts,
  obligations,
  people,
  checklists,
  responsibilities,
  approvals,
  holds,
  samples,
  setUp,
  record,
  organizations,
  commitments,
  ledger,
]

/** Only where the setting AVOW_DEVELOPMENT is `yes`: every outgoing mail, and every part of the pages in every state. */
const developmentModules: readonly Module[] = [developmentMail, look]

type App = (request: Request, bindings?: HttpBindings) => Response | Promise<Response>

/** The application as a function from request to response. Refuses an operation without a permission, or with a name that is taken. */
export function createApp({ database, settings, log }: { database: Database; settings: Settings; log: Log }): App {
  const operations = registry(modules, (kind) => findKind(kind) !== undefined)
  const mounted = settings.AVOW_DEVELOPMENT ? [...modules, ...developmentModules] : modules
  const web = createWeb({
    database, modules: mounted, operations, log, trustProxy: settings.AVOW_TRUST_PROXY, publicUrl: settings.AVOW_URL,
    sessionLimits: { idleMinutes: settings.AVOW_SESSION_IDLE_MINUTES, absoluteHours: settings.AVOW_SESSION_HOURS },
    privateNetwork: settings.AVOW_PRIVATE_NETWORK,
    tor: { ...settings.AVOW_ONION_ADDRESS && { onionAddress: settings.AVOW_ONION_ADDRESS }, ...settings.AVOW_TOR_EXITS
      && { exitList: settings.AVOW_TOR_EXITS } },
    replays: settings.AVOW_REPLAY_COMMAND !== undefined,
    ...settings.AVOW_COURSE_ORIGIN && { courseOrigin: settings.AVOW_COURSE_ORIGIN },
    ...settings.AVOW_CONTACT_ADDRESS && { contactAddress: settings.AVOW_CONTACT_ADDRESS },
  })
  return (request, bindings) => web.fetch(request, bindings)
}
