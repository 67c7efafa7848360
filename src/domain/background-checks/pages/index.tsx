import { namesOfPeople, getPerson, listPeople } from '../../people/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { newestChecks } from '../find.ts'
import { lawOf, listLaws, recordBackgroundCheck, setLaw } from '../record-check.ts'
import { CheckPage, LawsPage } from './background-checks.tsx'

export function backgroundCheckPages(web: Web): void {
  web.get('/desk/background-checks', { may: 'people.read' }, (page) => lawsPage(page))
  web.form(setLaw, { at: 'POST /desk/background-checks', again: lawsPage, done: () => '/desk/background-checks' })
  web.get('/desk/first-days/:person/background-check', { may: 'people.read' }, (page) => checkPage(page))
  web.form(recordBackgroundCheck, { at: 'POST /desk/first-days/:person/background-check', again: checkPage, done: (_, page) => {
    page.say('It is recorded.')
    return `/desk/first-days/${page.param('person')}/background-check`
  } })
}

const lawsPage = (page: Page, input: Entered = {}, errors: FieldErrors = {}) => page.reading(async (tx) => {
  const laws = await listLaws(tx)
  const countries = new Set((await listPeople(tx)).flatMap(({ country, left_at: left }) => left ? [] : country ?? []))
  const open = [...countries].filter((country) => !laws.some((law) => law.country === country)).sort()
  return <LawsPage page={page} laws={laws} open={open} input={input} errors={errors} />
})

const checkPage = (page: Page, input: Entered = {}, errors: FieldErrors = {}) => page.reading(async (tx) => {
  const { id, country } = await getPerson(tx, page.param('person'))
  const [name, law, [newest]] = [(await namesOfPeople(tx, [id]))(id), await lawOf(tx, country), await newestChecks(tx, [id])]
  return <CheckPage page={page} person={{ id, name, country }} law={law} newest={newest} input={input} errors={errors} />
})
