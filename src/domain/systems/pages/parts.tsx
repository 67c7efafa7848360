import { MarkShape, Tabs } from '../../../ui/index.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'

export const SystemTabs = ({ here }: { here: '/desk/systems' | '/desk/sources' }) =>
  <Tabs label="Systems and sources" here={here} tabs={[{ to: '/desk/systems', label: 'Systems' }, { to: '/desk/sources', label: 'Sources' }]} />

/** Passed or failed, told apart by shape and word. */
export const Result = ({ passed }: { passed: boolean }) => (
  <span class={`standing is-${passed ? 'kept' : 'broken'}`}><MarkShape of={passed ? 'kept' : 'broken'} /><span>{passed ? 'passed' : 'failed'}</span></span>
)

/** Text to copy into a terminal or a file. */
export const Code = ({ label, text }: { label: string; text: string }) => <pre tabindex={0} role="region" aria-label={label}><code>{text}</code></pre>

/** Says a sentence on the next page, and goes there. */
export const saying = (sentence: string, path: string) => (_: unknown, page: Page): string => {
  page.say(sentence)
  return path
}

/** A list that is written in one field, a line each, has its errors there too. */
export function onOneField(errors: FieldErrors, name: string): FieldErrors {
  const own = Object.entries(errors).filter(([field]) => field === name || field.startsWith(`${name}[`))
  if (own.length === 0) return errors
  const others = Object.entries(errors).filter(([field]) => !own.some(([one]) => one === field))
  return { ...Object.fromEntries(others), [name]: own[0]![1] }
}
