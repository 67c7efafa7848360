import { setTimeout as pause } from 'node:timers/promises'
import { Button, DataTable, FileField, Form, Time } from '../../../ui/index.ts'
import { capital } from '../../../lib/words.ts'
import type { FieldErrors, FormPage, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { importMessages } from '../import-messages.ts'
import type { listBroughtMessages } from '../list-messages.ts'
import { isUnderWay } from '../message.ts'

const home = '/desk/intake'
type Brought = Awaited<ReturnType<typeof importMessages.run>>['messages'][number]

/** Mails that reached somebody of the team another way, as the files that mail programs save. */
export function broughtInPages(web: Web, again: FormPage<typeof importMessages.input, unknown>['again']): void {
  web.form(importMessages, {
    at: `POST ${home}/brought`, again,
    async done({ messages }, page) {
      await allRead(page, messages.filter((one) => !one.again).map(({ message }) => message))
      page.say(said(messages))
      return `${home}#brought`
    },
  })
}

const patienceMs = 3000

/** A mail is taken apart in a moment: whoever waits that long sees what became of it. */
async function allRead(page: Page, ids: readonly string[]): Promise<void> {
  for (let waited = 0; waited < patienceMs && await page.reading((tx) => isUnderWay(tx, ids)); waited += 100) await pause(100)
}

function said(messages: readonly Brought[]): string {
  const [known, added] = [messages.filter(({ again }) => again), messages.filter(({ again }) => !again)]
  const sentences = [
    added.length > 0 && (added.length === 1 ? 'The mail is brought in. What became of it stands below.'
      : `${added.length} mails are brought in. What became of them stands below.`),
    known.length > 0 && `Here already, and not taken twice: ${known.map(({ file }) => file).join(', ')}.`,
  ]
  return sentences.filter(Boolean).join(' ')
}

type Line = Awaited<ReturnType<typeof listBroughtMessages.run>>['messages'][number]

const became: Readonly<Record<Line['became'], string>> = {
  'under-way': 'it is being read', report: 'a report', answer: 'an answer in its case', bounce: 'news of a letter of ours', automatic: 'an automatic answer',
  'someone-else': 'shown on its case: nothing in it proves that the reporter wrote it', quarantined: 'it waits for a person',
}

interface Shown { readonly messages: readonly Line[]; readonly zone: string; readonly errors: FieldErrors }

export const BroughtIn = ({ messages, zone, errors }: Shown) => (
  <section class="sheet stack" aria-labelledby="brought">
    <h2 id="brought">Bring in a mail</h2>
    <p>A report that somebody of the team got in their own mailbox. It is read as if it had come here, its source is kept, and the record says who brought
      it. Its clocks run from now; when it was written stands beside it as what the mail says. Nobody is answered by itself.</p>
    <Form to={`${home}/brought`} files>
      <FileField name="files" label="The mail’s file, or several" multiple accept=".eml,message/rfc822" error={errors['files']}
        hint="“Save as” in the mail program, ending in .eml. At most 20 at once, of at most 100 MB each." />
      <Button>Bring in</Button>
    </Form>
    {messages.length === 0 ? null : (
      <DataTable caption="Brought in lately" rows={messages} columns={[
        { head: 'Mail', header: true, cell: (one) => <a href={at(`${home}/messages/${one.message}`)}>{one.subject || 'Without a subject'}</a> },
        { head: 'Became', cell: (one) => one.report
          ? <a href={at(`/desk/reports/${one.report}`)}>{capital(became[one.became])}</a> : capital(became[one.became]) },
        { head: 'Brought in', cell: (one) => <><Time at={one.at} zone={zone} /> by {one.brought_by}</> },
      ]} />
    )}
  </section>
)
