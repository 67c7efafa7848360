import { inWords } from 'avow-verify'
import { allStandings } from '../../../commitments/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import { Button, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, Standing } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { attestAbsence } from '../attest-absence.ts'
import { absences, ruleOf } from './asked.ts'

/** Where the company gives its word that something has not happened. */
export function absencePages(web: Web): void {
  web.get('/desk/evidence/absence/:policy/:mark', { may: 'policies.publish' }, (page) => absencePage(page))
  web.form(attestAbsence, {
    at: 'POST /desk/evidence/absence/:policy/:mark', again: absencePage,
    done: (_, page) => { page.say('Your word stands in the ledger, for a year.'); return '/desk/evidence' },
  })
}

async function absencePage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { standings } = await page.reading(allStandings)
  const promise = absences(standings).find(({ policy, mark }) => policy === page.param('policy') && mark === page.param('mark'))
  if (!promise) throw new NotFound()
  return (
    <DeskLayout page={page} title="What never happens">
      <PageHead title="It has not happened" trail={<a href={at('/desk/evidence')}>Evidence</a>} lead={promise.sentence} />
      <ErrorSummary errors={errors} />
      <p>{inWords(ruleOf(promise.rule)!)} <Standing standing={promise.standing} /></p>
      <Form to={`/desk/evidence/absence/${promise.policy}/${promise.mark}`} guard>
        <Field {...kept({ input, errors }, 'statement')} label="Your statement" rows={4}
          hint="Dated today and valid for a year, as the company’s word. Say who looked, and where: “Legal has gone through all letters since March.”" />
        <Button>Give your word</Button>
      </Form>
    </DeskLayout>
  )
}
