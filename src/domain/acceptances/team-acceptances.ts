import { z } from 'zod'
import { ownPerson } from '../../access/people.ts'
import { query } from '../../verbs/verb.ts'
import { isAsked, listPeople, namesOfPeople } from '../people/index.ts'
import { askedFor } from './asked-for.ts'

const Person = z.object({ person: z.uuid(), asked_at: z.iso.datetime(), reminded_at: z.iso.datetime().nullable() })
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
    const team = await listPeople(tx, { here: true, member: true })
    const rows = asked.length === 0 ? [] : await tx.db.selectFrom('acceptances').leftJoin('duty_reminders as r', 'r.person_id', 'acceptances.person_id')
      .selectAll('acceptances').select('r.reminded_at')
      .where('version_id', 'in', asked.map(({ versionId }) => versionId)).execute()
    const byKey = new Map(rows.map((row) => [`${row.version_id} ${row.person_id}`, row]))
    return { policies: asked.map((one) => {
      const people = team.filter((person) => isAsked(one, person)).map(({ id: person }) => ({ person, row: byKey.get(`${one.versionId} ${person}`) }))
      return {
        policy: one.slug, title: one.title, version: one.version, version_id: one.versionId, text_sha256: one.text_sha256,
        missing: people.filter(({ row }) => !row?.accepted_at).map(({ person, row }) =>
          ({ person, asked_at: (row?.asked_at ?? new Date(tx.now.epochMilliseconds)).toISOString(), reminded_at: row?.reminded_at?.toISOString() ?? null })),
        given: people.flatMap(({ person, row }) => row?.accepted_at ? [{ person, accepted_at: row.accepted_at.toISOString(), entry: row.entry_id! }] : []),
      }
    }) }
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
