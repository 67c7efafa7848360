import { accessPractices } from './access.ts'
import { assurancePractices } from './assurance.ts'
import { dutyPractices } from './duties.ts'
import { peoplePractices } from './people.ts'
import type { Practice } from './practice.ts'
import { reportPractices } from './reports.ts'
import { systemPractices } from './systems.ts'

export { near, speaksOf, type Practice } from './practice.ts'

/** An address at which somebody answers. Sentences that give one are found by how they invite, not by what they speak of. */
export const contact: Practice = { mark: 'contact', cues: [], rules: ['`check.contact` always passes, checked at least every day.'] }

/** What security policies promise, in the order in which their marks are proposed. */
export const practices: readonly Practice[] = [
  ...reportPractices, ...peoplePractices, ...systemPractices, ...accessPractices, ...assurancePractices, ...dutyPractices,
]
