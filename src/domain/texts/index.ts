/**
 * Texts: a noun whose text comes in versions and is asked of people, who take one version by its hash: a course, an agreement. What may never
 * happen: a version changes; two versions have one number; what was asked for is another text than the ledger names.
 */
export { demandReadable, readTitled, type Problem } from './read-text.ts'
export { hashOf, textsOf, type Text, type TextRow, type TextVersionRow } from './texts.ts'
