import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { drawSample } from '../draw-sample.ts'
import { listSamples, readSample } from '../find.ts'
import { fixPopulation } from '../fix-population.ts'
import { listSamplables } from '../samplable.ts'
import { sampleZip } from '../sample-zip.ts'
import { SamplePage, SamplesPage } from './samples.tsx'

const drawing = { may: 'samples.draw' } as const

export function samplePages(web: Web): void {
  web.get('/desk/samples', drawing, (page) => listPage(page))
  web.form(fixPopulation, { at: 'POST /desk/samples', again: listPage, done: ({ sample }) => `/desk/samples/${sample}` })
  web.get('/desk/samples/:sample', drawing, (page) => onePage(page))
  web.form(drawSample, { at: 'POST /desk/samples/:sample/draw', again: onePage, done: ({ sample }) => `/desk/samples/${sample}` })
  web.get('/desk/samples/:sample/sample.zip', drawing, async (page) => {
    const zip = await sampleZip({ database: page.deps.database, organizationId: page.organization.id, actor: page.actor }, page.param('sample'))
    return new Response(zip, { headers: {
      'content-type': 'application/zip', 'content-disposition': `attachment; filename="sample-${page.param('sample')}.zip"`,
        'cache-control': 'private, no-store',
    } })
  })
}

const listPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) => (
  <SamplesPage page={page} samples={(await page.read(listSamples, {})).samples} input={input} errors={errors}
    practices={listSamplables().filter(({ may }) => page.may(may)).map(({ name, title }) => ({ value: name, label: title }))} />
)

const onePage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <SamplePage page={page} sample={await page.read(readSample, { sample: page.param('sample') })} words={textOf(input, 'words')} errors={errors} />
