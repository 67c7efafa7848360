import { Invalid } from '../../../lib/errors.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import { asText } from '../../../web/form.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { adoptPolicy, proposePolicy, type ProposedSentence } from '../adopt-policy.ts'
import { ImportPage, JudgePage } from './import-page.tsx'

const writers = { may: 'policies.write' } as const
const MB = 1024 * 1024

/** Where an existing page becomes a policy: its text is pasted or uploaded, and somebody says of each sentence what it is. */
export function importPolicyPages(web: Web): void {
  web.get('/desk/import-policy', writers, (page) => <ImportPage page={page} />)
  // Drawn and kept nowhere: the text goes along in the form.
  web.post('/desk/policy-proposals', { ...writers, files: asText(MB) }, judge)
  web.form(adoptPolicy, {
    at: 'POST /desk/policy-import', again: judgeAgain,
    done({ policy, version }, page) {
      page.say(`Version ${version} is saved as a draft. Read it through, then submit it.`)
      return `/desk/policies/${policy}`
    },
  })
}

async function judge(page: Page, input: Entered) {
  try {
    const { text, title, sentences } = await page.read(proposePolicy, { text: textOf(input, 'file') || textOf(input, 'page') })
    if (sentences.length === 0) throw new Invalid({ page: 'No sentence was found in it. Paste the text that people read.' })
    return <JudgePage page={page} title={title} sentences={sentences} input={{ text, ...proposed(sentences) }} />
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    const { text, ...others } = error.fields
    return html(<ImportPage page={page} input={input} errors={{ ...others, ...text !== undefined && { page: text } }} />, 422)
  }
}

async function judgeAgain(page: Page, input: Entered, errors: FieldErrors) {
  const text = textOf(input, 'text')
  if (text === '') return <ImportPage page={page} errors={{ page: 'Paste the text of the page.' }} />
  const { title, sentences } = await page.read(proposePolicy, { text })
  return <JudgePage page={page} title={title} sentences={sentences} input={input} errors={errors} />
}

/** The proposals as if somebody had typed them, so that the form is filled in one way alone. */
const proposed = (sentences: readonly ProposedSentence[]): Entered => ({
  sentences: Object.fromEntries(sentences.map(({ kind, rules }, i) => [String(i), {
    kind, rules: Object.fromEntries(rules.map(({ mark, rule }, j) => [String(j), { mark, rule }])),
  }])),
})
