import { z } from 'zod'
import { defineKind, type Kind } from '../../ledger/index.ts'

const facts = z.object({
  /** What was seen, in a sentence. */
  detail: z.string().max(2000).default(''),
  /** The source that looked. */
  source: z.string().default(''),
  observed_at: z.string().default(''),
})

const checks = new Map<string, Kind>()

/** What is checked, by its short name: `tls` is recorded as `check.tls`. Each result names what was looked at, and says nothing about anything else. */
function check(name: string, about: string, subject: 'system' | 'vendor' | 'device' = 'system'): void {
  checks.set(name, defineKind({
    kind: `check.${name}`, about, stream: 'systems', subjects: [subject], vouch: 'machine',
    marks: z.object({ result: z.enum(['passed', 'failed']), system: z.string() }), facts,
  }) as unknown as Kind)
}

check('tls', 'Its hosts speak TLS 1.2 or newer, with a valid certificate.')
check('password-hashing', 'Every stored password is hashed with Argon2id, at least as strongly as promised.')
check('encryption-at-rest', 'What it stores is encrypted.')
check('contact', 'Page, security.txt and mailbox of the security contact answer.')
check('roles-assigned', 'Every security role has somebody who holds it.')
check('sso', 'People sign in through the company’s single sign-on.')
check('second-factor', 'Nobody signs in without a second factor.')
check('password-rules', 'Weak passwords are refused.')
check('logging', 'It writes the logs that audits and investigations need.')
check('residency', 'Customer data lies where it is promised to lie.')
check('retention', 'Data is deleted when its time is over.')
check('hosting', 'Every service runs at a listed provider.')
check('certificates-current', 'The vendor’s security certificates are valid today.', 'vendor')
check('device', 'The device is managed, encrypted and up to date.', 'device')

export const findCheck = (name: string): Kind | undefined => checks.get(name)
export const checkNames = (): string[] => [...checks.keys()]
