import type { z } from 'zod'
import type { Entered } from '../../../verbs/form-input.ts'
import type { Verb } from '../../../verbs/verb.ts'
import { seeOther } from '../../../web/answer.ts'
import type { Answer, FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { assignReport, linkReport, tagReport, unlinkReport, watchReport } from '../desk/change-case.ts'
import { fillFields } from '../desk/fields.ts'
import { markRead } from '../desk/reads.ts'
import { addTask, finishTask } from '../desk/tasks.ts'
import { undoDoing } from '../desk/undo.ts'
import { discardDraft } from '../drafts.ts'

type Again = (page: Page, doing: string, input: Entered, errors: FieldErrors) => Answer | Promise<Answer>

const forms: readonly (readonly [path: string, name: string, verb: Verb<z.ZodObject, unknown>, said: string])[] = [
  ['assignee', 'assignee', assignReport, 'Handed over.'], ['watching', 'watching', watchReport, ''],
  ['tags', 'tags', tagReport, 'The tags are set.'], ['tasks', 'tasks', addTask, 'Added.'], ['tasks/:task', 'tasks', finishTask, ''],
  ['links', 'links', linkReport, 'Linked.'], ['links/:other/end', 'links', unlinkReport, 'The link is gone.'],
  ['fields', 'fields', fillFields, 'Kept.'],
] as never

/** What the team keeps beside a case. */
export function caseForms(web: Web, again: Again): void {
  for (const [path, name, verb, said] of forms) {
    web.form(verb, {
      at: `POST /desk/reports/:report/${path}`, again: (page, input, errors) => again(page, name, input, errors),
      done(_, page) {
        if (said) page.say(said)
        return `/desk/reports/${page.param('report')}`
      },
    })
  }
  web.form(markRead, { at: 'POST /desk/reports/:report/reading', again: (page) => seeOther(page, '/desk/reports'), done: () => '/desk/reports' })
  for (const kind of ['message', 'note'] as const) {
    web.form(discardDraft, {
      at: `POST /desk/reports/:report/${kind}-draft/end`, own: () => ({ kind }), again: (page, input, errors) => again(page, `${kind}-draft`, input, errors),
      done(_, page) {
        page.say('Discarded. You can take that back for some minutes, under “Lately”.')
        return `/desk/reports/${page.param('report')}`
      },
    })
  }
  web.form(undoDoing, {
    at: 'POST /desk/undo',
    again(page, _, errors) {
      page.say(Object.values(errors)[0] ?? 'It could not be taken back.')
      return seeOther(page, '/desk/reports')
    },
    done({ undone }, page) {
      page.say(undone === 1 ? 'Taken back.' : `Taken back in ${undone} reports.`)
      return backOf(page) ?? '/desk/reports'
    },
  })
}

/** Back to the case that it was done in. */
function backOf(page: Page): string | undefined {
  const from = page.request.headers.get('referer')
  return /\/desk\/reports\/[0-9a-f-]{36}$/.exec(from ? new URL(from).pathname : '')?.[0]
}
