import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { countryName } from '../../lib/countries.ts'
import { zoneOf } from '../../verbs/moment.ts'
import type { SaidOfPerson } from '../accounts/index.ts'
import { namedPeople } from './find-by-address.ts'

const Line = z.string().trim().max(200)
export const Name = Line.min(1, 'Say what they are called.')
export const Address = z.email('Write a mail address, such as name@example.org.').max(320)
export const Country = z.string().trim().toUpperCase().refine((code) => countryName(code) !== undefined,
  'Write the two letters of a country, such as CH (ISO 3166).')
export const Day = z.iso.date('Write a day as 2026-01-31.')
export const RoleList = z.array(z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'Use names of roles, such as member.')).max(20)

/** What is known of somebody beside their name. */
export const Said = z.object({
  title: Line.optional(), department: Line.optional(),
  country: Country.optional().describe('ISO 3166-1 alpha-2: where they work'),
  manager: z.string().trim().max(320).optional().describe('Whom they work for: a mail address, or an id'),
  starts_on: Day.optional().describe('Their first day'), ends_on: Day.optional().describe('Their last day'),
  external_id: Line.optional().describe('What another system calls them'),
  roles: RoleList.default([]).describe('What they are to be once they have an account'),
})

/** Whole: what is not said is no longer known. */
export async function whole(tx: Tx, { manager, roles, ...said }: z.output<typeof Said>): Promise<Omit<SaidOfPerson, 'source'>> {
  const [manager_id = null] = manager ? await namedPeople(tx, [manager], 'manager') : []
  return {
    title: null, department: null, country: null, starts_on: null, ends_on: null, external_id: null,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)), manager_id, roles,
  }
}

/** The day that it is where the organisation is: `2026-01-31`. */
export const todayIn = async (tx: Tx): Promise<string> => tx.now.toZonedDateTimeISO(await zoneOf(tx)).toPlainDate().toString()
