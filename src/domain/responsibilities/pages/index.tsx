import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { download } from '../../../web/download.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { addPersonPart } from '../../people/index.ts'
import { exportResponsibilities, listResponsibilities, setResponsibilities } from '../responsibilities.ts'
import { Answers } from './answers.tsx'
import { ResponsibilitiesPage } from './responsibilities.tsx'

addPersonPart({ order: 10, draw: async (page, personId) => <Answers personId={personId} areas={(await page.read(listResponsibilities, {})).areas} /> })

export function responsibilityPages(web: Web): void {
  const draw = async (page: Page, input?: Entered, errors?: FieldErrors) =>
    <ResponsibilitiesPage page={page} {...await page.read(listResponsibilities, {})} edited={page.url.searchParams.get('area') ?? textOf(input, 'area')}
      draft={{ input, errors }} />
  web.get('/desk/responsibilities', { may: 'duties.read' }, (page) => draw(page))
  web.form(setResponsibilities, { at: 'POST /desk/responsibilities', again: draw, done: () => '/desk/responsibilities' })
  web.get('/desk/responsibilities/export', { may: 'duties.read' }, async (page) => {
    const as = page.url.searchParams.get('as') === 'markdown' ? 'markdown' : 'csv'
    const { text } = await page.read(exportResponsibilities, { as })
    return as === 'csv' ? download('responsibilities.csv', 'text/csv; charset=utf-8', text) : download('responsibilities.md', 'text/markdown; charset=utf-8',
      text)
  })
}
