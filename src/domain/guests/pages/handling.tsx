import { Button, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, PostButton, type Draft } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { handlingOf, setWaiting } from '../../reports/index.ts'
import { listMediators, mediatorsOf, nameMediator, retireMediator, type Mediator } from '../mediators.ts'

type Doing = 'waiting' | 'mediators'

/** How the programme handles its cases: how long a question waits, and who mediates. */
export function handlingPages(web: Web): void {
  const again = (doing: Doing) => (page: Page, input: Entered, errors: FieldErrors) => handlingPage(page, { doing, input, errors })
  const saying = (sentence: string) => (_: unknown, page: Page) => {
    page.say(sentence)
    return '/desk/handling'
  }
  web.get('/desk/handling', listMediators, (page) => handlingPage(page))
  web.form(setWaiting, { at: 'POST /desk/handling/waiting', again: again('waiting'), done: saying('Set. It holds for questions that wait already, too.') })
  web.form(nameMediator, { at: 'POST /desk/handling/mediators', again: again('mediators'), done: saying('Named. Either side of a case can call them in now.') })
  web.form(retireMediator, { at: 'POST /desk/handling/mediators/:mediator/retirement', again: again('mediators'), done: saying('No longer offered.') })
}

async function handlingPage(page: Page, { doing, input, errors }: Draft & { doing?: Doing } = {}) {
  const { waiting, mediators } = await page.reading(async (tx) => ({ waiting: await handlingOf(tx), mediators: await mediatorsOf(tx) }))
  const days = { warn_after_days: String(waiting.warnAfterDays), end_after_days: String(waiting.endAfterDays) }
  return (
    <DeskLayout page={page} title="Handling of cases">
      <PageHead title="Handling of cases" lead="How long a question to a reporter waits, and who mediates when both sides cannot agree." />
      <ErrorSummary errors={errors} />
      <Waiting {...doing === 'waiting' ? { input, errors } : { input: days }} />
      <p><a href={at('/desk/handling/disclosure')}>How long reports stay confidential, and how they are published</a></p>
      <Mediators mediators={mediators} {...doing === 'mediators' ? { input, errors } : {}} />
    </DeskLayout>
  )
}

const Waiting = (draft: Draft) => (
  <section class="sheet stack" aria-labelledby="waiting-title">
    <h2 id="waiting-title">While a reporter does not answer</h2>
    <p>
      A question stops the clocks that the policy says it stops. The reporter is reminded once, and then the waiting ends by itself: the clocks run
      again, and the team decides. Write <code>report.waiting-ended</code> into the rule, so that no question stops a clock for ever.
    </p>
    <Form to="/desk/handling/waiting">
      <Field {...kept(draft, 'warn_after_days')} label="Days until the reminder" type="number" />
      <Field {...kept(draft, 'end_after_days')} label="Days from then until the waiting ends" type="number" />
      <Button>Set</Button>
    </Form>
  </section>
)

const Mediators = ({ mediators, ...draft }: Draft & { mediators: readonly Mediator[] }) => (
  <section class="sheet stack" aria-labelledby="mediators-title">
    <h2 id="mediators-title">Mediators</h2>
    <p>People outside the team. Reporters see their names. Whoever is called in sees what was reported and what both sides wrote to each other.</p>
    {mediators.length === 0 ? <p class="soft">Nobody yet, so nobody can be called in.</p> : (
      <ul>
        {mediators.map(({ id, name, address }) => (
          <li>
            {name} <span class="soft">{address}</span>
            <PostButton to={`/desk/handling/mediators/${id}/retirement`} look="quiet">No longer offer {name}</PostButton>
          </li>
        ))}
      </ul>
    )}
    <Form to="/desk/handling/mediators">
      <Field {...kept(draft, 'name')} label="Name" />
      <Field {...kept(draft, 'address')} label="Mail address" type="email" />
      <Button>Name them</Button>
    </Form>
  </section>
)
