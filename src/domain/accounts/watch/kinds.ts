import { z } from 'zod'
import { defineKind } from '../../../ledger/index.ts'

const none = z.object({})
const crowd = z.object({ accounts: z.int(), networks: z.int() })
const place = z.object({ country: z.string().nullable(), device: z.string(), method: z.string() })

export const guessingDetected = defineKind({
  kind: 'guessing.detected', about: 'Somebody tried many passwords, or many codes of a second factor, for one account.',
  stream: 'people', subjects: ['person'], marks: z.object({ what: z.enum(['password', 'factor']) }), facts: z.object({ attempts: z.int() }), vouch: 'machine',
})
export const sprayingDetected = defineKind({
  kind: 'spraying.detected', about: 'Somebody tried a few passwords for many accounts, from one network or from many.',
  stream: 'people', subjects: [], marks: z.object({ from: z.enum(['one network', 'many networks']) }), facts: crowd, vouch: 'machine',
})
export const stuffingDetected = defineKind({
  kind: 'stuffing.detected', about: 'Many addresses, most of which have no account here, were tried from many networks, as with a list that leaked elsewhere.',
  stream: 'people', subjects: [], marks: none, facts: crowd, vouch: 'machine',
})
export const newDeviceDetected = defineKind({
  kind: 'new-device.detected', about: 'Somebody entered with a browser that had not been used for the account before.',
  stream: 'people', subjects: ['person'], marks: none, facts: place, vouch: 'machine',
})
export const distanceDetected = defineKind({
  kind: 'impossible-distance.detected', about: 'Somebody entered from a country that lies farther from the last one than anybody travels in the time.',
  stream: 'people', subjects: ['person'], marks: none, facts: place.extend({ from: z.string(), minutes: z.int() }), vouch: 'machine',
})
export const lateSuccessDetected = defineKind({
  kind: 'success-after-failures.detected', about: 'Somebody entered after many wrong passwords or codes.',
  stream: 'people', subjects: ['person'], marks: none, facts: place.extend({ attempts: z.int() }), vouch: 'machine',
})
export const disabledAccountDetected = defineKind({
  kind: 'disabled-account.detected', about: 'Somebody tried to enter with an account that is closed.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
export const alertRecognised = defineKind({
  kind: 'alert.recognised', about: 'Somebody who was asked about their account said that it was them.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
export const alertDisowned = defineKind({
  kind: 'alert.disowned', about: 'Somebody who was asked about their account said that it was not them: their sessions and their password ended.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})

/** What the team’s page of sign-ins shows. */
export const watchKinds = [
  guessingDetected, sprayingDetected, stuffingDetected, newDeviceDetected, distanceDetected, lateSuccessDetected, disabledAccountDetected,
  alertRecognised, alertDisowned,
].map(({ kind }) => kind)
