import { Button, ButtonLink, DataTable, DefinitionList, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Time,
  type Draft } from '../../../ui/index.ts'
import { countryName } from '../../../lib/countries.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { Newcomer } from '../list-first-days.ts'

/** Who begins when, what is missing, and one click for whoever has everything. */
export const FirstDaysPage = ({ page, newcomers }: { page: Page; newcomers: readonly Newcomer[] }) => (
  <DeskLayout page={page} title="First days" live>
    <PageHead title="First days" lead={leadOf(newcomers)}>
      <ButtonLink href={at('/desk/background-checks')} look="quiet">What the law allows</ButtonLink>
    </PageHead>
    {newcomers.length === 0
      ? <Empty title="Nobody is about to begin" text="Whoever is listed under People with a first day stands here until it is confirmed." />
      : <DataTable caption="People who are about to begin" rows={newcomers} columns={[
          { head: 'Person', header: true, cell: ({ person, name }) => <a href={at(`/desk/first-days/${person}`)}>{name}</a> },
          { head: 'Begins', cell: (one) => <Day of={one} /> },
          { head: 'Missing', cell: (one) => <Missing of={one} /> },
          { head: 'First day', cell: (one) => <Confirm page={page} of={one} /> },
        ]} />}
  </DeskLayout>
)

function leadOf(newcomers: readonly Newcomer[]): string {
  const come = newcomers.filter((one) => one.come).length
  if (newcomers.length === 0) return 'What has to be there before somebody begins, as the policies in force say.'
  return come === 0 ? 'Nobody begins today.' : `${come === 1 ? 'One first day' : `${come} first days`} to confirm.`
}

const Day = ({ of: { person, starts_on: on } }: { of: Newcomer }) => on ? <Time at={`${on}T12:00:00Z`} dateOnly />
  : <a href={at(`/desk/people/${person}#change`)}>say when</a>

const Missing = ({ of: { missing } }: { of: Newcomer }) => missing.length === 0 ? <>nothing</> : (
  <ul class="results">{missing.map(({ what, place }) => <li>{place ? <a href={at(place)}>{what}</a> : what}</li>)}</ul>
)

const Confirm = ({ page, of: { person, name, come, missing, starts_on: on } }: { page: Page; of: Newcomer }) => {
  if (on === null) return <>nobody has said it</>
  if (!come) return <>has not come</>
  if (missing.length > 0) return <>waits for what is missing</>
  return page.may('people.manage') ? <PostButton to={`/desk/first-days/${person}`} look="first">Confirm<span class="unseen"> for {name}</span></PostButton>
    : <>to be confirmed</>
}

/** One person: what the policies want first and where it is done; and, where it cannot wait, two people who say so. */
export const NewcomerPage = ({ page, newcomer, ...draft }: Draft & { page: Page; newcomer: Newcomer }) => (
  <DeskLayout page={page} title={newcomer.name}>
    <PageHead title={newcomer.name} trail={<a href={at('/desk/first-days')}>First days</a>}>
      {newcomer.come && newcomer.missing.length === 0 && page.may('people.manage')
        ? <PostButton to={`/desk/first-days/${newcomer.person}`} look="first">Confirm the first day</PostButton> : null}
    </PageHead>
    <ErrorSummary errors={draft.errors} />
    <DefinitionList of={[
      ['Begins', <Day of={newcomer} />],
      ['Country', newcomer.country ? countryName(newcomer.country) : 'nobody has said it'],
      ['Account', newcomer.account ? 'there; until the first day it opens nothing but their own duties' : 'none yet: invite them, so that they can sign'],
      ['Background check', <>{checkWords(newcomer)} <a href={at(`/desk/first-days/${newcomer.person}/background-check`)}>
        {page.may('people.manage') ? 'Record it' : 'Look'}</a></>],
    ]} />
    <section class="stack" aria-labelledby="missing">
      <h2 id="missing">Missing</h2>
      {newcomer.missing.length === 0 ? <p>Nothing. {newcomer.come ? 'The first day can be confirmed.' : 'The day itself has not come.'}</p> : (
        <ul class="duties">{newcomer.missing.map(({ policy, mark, sentence, what, place }) => (
          <li class="duty">
            <div><span class="duty-what">{what}</span><div class="soft">Promised: <a href={at(`/policies/${policy}#c-${mark}`)}>{sentence}</a></div></div>
            <span class="duty-when"></span>
            {place ? <a class="button button-second" href={at(place)}>Go there<span class="unseen">: {what}</span></a> : <span></span>}
          </li>
        ))}</ul>
      )}
    </section>
    {newcomer.come && newcomer.missing.length > 0 ? <Override page={page} newcomer={newcomer} draft={draft} /> : null}
  </DeskLayout>
)

const checkWords = ({ background_check: check }: Newcomer) => check ? `${check.result.replace('-', ' ')}, ${check.decided_on}.` : 'no result yet.'

const Override = ({ page, newcomer: { person, override }, draft }: { page: Page; newcomer: Newcomer; draft: Draft }) => {
  if (override !== 'none') return (
    <Notice title="It was proposed to begin all the same">
      {override === 'proposed by you' ? 'It waits for somebody else.' : <p>Look at it under <a href={at('/desk/approvals')}>Approvals</a>.</p>}
    </Notice>
  )
  if (!page.may('people.manage')) return null
  return (
    <details class="sheet" open={draft.errors?.['reason'] !== undefined}>
      <summary>It cannot wait</summary>
      <p>Two people can let somebody begin all the same. The promise is broken then, in the open: its standing says so to everybody who can read it.</p>
      <Form to={`/desk/first-days/${person}/override`}>
        <Field {...kept(draft, 'reason')} label="Why it cannot wait" rows={3} hint="Auditors read it." />
        <Button look="danger">Propose it</Button>
      </Form>
    </details>
  )
}
