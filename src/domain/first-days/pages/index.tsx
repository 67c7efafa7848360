import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { confirmFirstDay, proposeOverride } from '../confirm-first-day.ts'
import { listFirstDays, ofPerson } from '../list-first-days.ts'
import { FirstDaysPage, NewcomerPage } from './first-days.tsx'

export function firstDayPages(web: Web): void {
  web.get('/desk/first-days', { may: 'people.read' }, (page) => listPage(page))
  web.get('/desk/first-days/:person', { may: 'people.read' }, (page) => personPage(page))
  web.form(confirmFirstDay, { at: 'POST /desk/first-days/:person', again: personPage, done: (_, page) => {
    page.say('The first day is confirmed.')
    return '/desk/first-days'
  } })
  web.form(proposeOverride, { at: 'POST /desk/first-days/:person/override', again: personPage, done: (_, page) => {
    page.say('It takes somebody else now. They have been told.')
    return `/desk/first-days/${page.param('person')}`
  } })
}

const listPage = async (page: Page) => <FirstDaysPage page={page} {...await page.read(listFirstDays, {})} />

const personPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <NewcomerPage page={page} newcomer={ofPerson(await page.read(listFirstDays, {}), page.param('person'))} input={input} errors={errors} />
