import { DeskLayout, Notice, PageHead } from '../../ui/index.ts'
import type { Page } from '../../web/page.ts'
import { at } from '../../web/place.ts'
import { readSetUp, type Step } from './read-set-up.ts'

export async function setUpPage(page: Page) {
  const { steps, waits_now: now, waits_for_one: one } = await page.read(readSetUp, {})
  const left = steps.filter(({ done }) => !done).length
  return (
    <DeskLayout page={page} title="Set-up">
      <PageHead title="Set-up" lead={left === 0 ? 'All of it is done.' : `${left} of ${steps.length} left.`} />
      <ul class="duties">{steps.map((step) => <StepLine step={step} />)}</ul>
      <section class="stack" aria-labelledby="waits">
        <h2 id="waits">What will wait</h2>
        <Waiting why="Waits now, because everybody who may is away and nobody stands in:" what={now} />
        <Waiting why="Waits whenever the one person who may is not there:" what={one} />
        {now.length + one.length === 0 ? <Notice tone="good">Nothing hangs on one person alone.</Notice> : (
          <p><a href={at('/desk/absences')}>Announce an absence</a> so that somebody stands in, or <a href={at('/desk/members')}>give
            somebody else the role</a>.</p>
        )}
      </section>
    </DeskLayout>
  )
}

const Waiting = ({ why, what }: { why: string; what: readonly string[] }) =>
  what.length === 0 ? null : <><p>{why}</p><ul>{what.map((one) => <li>{one}</li>)}</ul></>

const StepLine = ({ step: { title, done, text, place } }: { step: Step }) => (
  <li class={done ? 'duty' : 'duty duty-soon'}>
    <div>
      <span class="duty-what">{title}</span>
      <div class="soft">{text}</div>
    </div>
    <span class="duty-when">{done ? 'done' : 'to do'}</span>
    {done ? <span></span> : <a class="button button-second" href={at(place)}>Do it<span class="unseen">: {title}</span></a>}
  </li>
)
