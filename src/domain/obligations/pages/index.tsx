import type { z } from 'zod'
import { download } from '../../../web/download.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { exportPeopleDuties, listPeopleDuties } from '../list-duties.ts'
import { remindOfDuties } from '../remind.ts'
import { DutiesPage } from './duties.tsx'

const read = { may: 'people.read' } as const

export function obligationPages(web: Web): void {
  web.get('/desk/people/duties', read, tablePage)
  web.get('/desk/people/duties/export', read,
    async (page) => download('duties.csv', 'text/csv; charset=utf-8', (await page.read(exportPeopleDuties, asked(page))).csv))
  web.form(remindOfDuties, {
    at: 'POST /desk/people/duties/reminders', again: tablePage,
    done({ reminded }, page) {
      page.say(reminded === 0 ? 'Nobody was reminded: they had a letter within the last day, or owe nothing.'
        : `${reminded} ${reminded === 1 ? 'person was' : 'people were'} reminded.`)
      return '/desk/people/duties'
    },
  })
}

const asked = (page: Page): z.input<typeof listPeopleDuties.input> =>
  Object.fromEntries([...page.url.searchParams].filter(([, value]) => value !== ''))

const tablePage = async (page: Page) => <DutiesPage page={page} {...await page.read(listPeopleDuties, asked(page))} />
