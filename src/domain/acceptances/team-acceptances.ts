import { sql } from 'kysely'
import { z } from 'zod'
import { ownPerson } from '../../access/people.ts'
import { query } from '../../verbs/verb.ts'
import { listPeople, namesOfPeople } from '../people/index.ts'
import { askedFor, asking } from './asked-for.ts'

const Person = z.object({ person: z.uuid(), asked_at: z.iso.datetime(), reminded_at: z.iso.datetime().nullable() })
interface Row { person_id: string; version_id: string; asked_at: Date | null; accepted_at: Date | null; entry_id: string | null; reminded_at: Date | null }
const Given = z.object({ person: z.uuid(), accepted_at: z.iso.datetime(), entry: z.uuid() })

/** For the lead and the auditor: who accepted which text, and when. The entry's receipt proves each. */
export const listAcceptances = query({
  name: 'acceptance.list', summary: 'Who has accepted which policy, and who still has to.', may: 'people.read', input: z.object({}),
  output: z.object({ policies: z.array(z.object({
    policy: z.string(), title: z.string(), version: z.number(), version_id: z.uuid(), text_sha256: z.string(),
    missing: z.array(Person), given: z.array(Given),
  })) }),
  async run({ tx }) {
    const asked = await askedFor(tx)
    const { rows } = await sql<Row>`select person_id, version_id, asked_at, accepted_at, entry_id, reminded_at from ${asking(tx, asked)}
      left join duty_reminders using (person_id) order by joined_at, person_id`.execute(tx.db)
    const byVersion = Map.groupBy(rows, ({ version_id }) => version_id)
    return { policies: asked.map(({ slug, title, version, versionId, text_sha256 }) => ({
      policy: slug, title, version, version_id: versionId, text_sha256,
      missing: (byVersion.get(versionId) ?? []).filter((row) => !row.accepted_at).map(({ person_id: person, asked_at, reminded_at }) =>
        ({ person, asked_at: (asked_at ?? new Date(tx.now.epochMilliseconds)).toISOString(), reminded_at: reminded_at?.toISOString() ?? null })),
      given: (byVersion.get(versionId) ?? []).flatMap(({ person_id: person, accepted_at: at, entry_id: entry }) =>
        at ? [{ person, accepted_at: at.toISOString(), entry: entry! }] : []),
    })) }
  },
})

/** For whoever manages people: what theirs have still to accept. A manager sees that, and nothing else of them. */
export const listOfMyPeople = query({
  name: 'acceptance.of-my-people', summary: 'What those whom you manage have still to accept.', may: 'own.do', input: z.object({}),
  output: z.object({ manages: z.number(), open: z.array(z.object({ name: z.string(), policy: z.string(), title: z.string(), asked_at: z.iso.datetime() })) }),
  async run({ tx, actor }) {
    const team = await listPeople(tx, { here: true, managerId: await ownPerson(tx, actor) })
    const [name, mine] = [await namesOfPeople(tx, team.map(({ id }) => id)), new Set(team.map(({ id }) => id))]
    const { policies } = await listAcceptances.run({ tx, actor }, {})
    const open = policies.flatMap(({ policy, title, missing }) => missing.filter(({ person }) => mine.has(person))
      .map(({ person, asked_at }) => ({ name: name(person), policy, title, asked_at })))
    return { manages: team.length, open }
  },
})
