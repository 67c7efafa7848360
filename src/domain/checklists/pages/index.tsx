import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { addPersonPart } from '../../people/index.ts'
import { listChecklists, myChecklist, tickItem } from '../checklists.ts'
import { readTemplates, setTemplate } from '../templates.ts'
import { Checklist, ChecklistsPage, MyChecklistPage } from './checklists.tsx'

addPersonPart({
  order: 20,
  async draw(page, person) {
    const { items } = await page.read(listChecklists, { person })
    return <>{[...Map.groupBy(items, ({ list }) => list)].map(([list, of]) => <Checklist page={page} list={list} items={of} />)}</>
  },
})

export function checklistPages(web: Web): void {
  web.get('/me/checklist', { may: 'own.do' }, async (page) => <MyChecklistPage page={page} {...await page.read(myChecklist, {})} />)
  web.form(tickItem, { at: 'POST /me/checklist/:item', again: async (page, _,
    errors) => <MyChecklistPage page={page} errors={errors} {...await page.read(myChecklist, {})} />,
    done: () => '/me/checklist' })
  web.form(tickItem, { at: 'POST /desk/checklists/items/:item', again: (page, _, errors) => checklistsPage(page, {}, errors),
    done: ({ person }) => `/desk/people/${person}` })
  web.get('/desk/checklists', { may: 'people.read' }, (page) => checklistsPage(page))
  web.form(setTemplate, { at: 'POST /desk/checklists/templates/:list', again: checklistsPage, done: () => '/desk/checklists' })
}

const checklistsPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <ChecklistsPage page={page} {...await page.read(listChecklists, {})} {...await page.read(readTemplates, {})} of={page.params['list']}
    draft={{ input, errors }} />
