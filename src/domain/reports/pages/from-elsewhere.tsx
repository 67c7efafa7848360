import { Actions, Button, DefinitionList, PageHead, PublicLayout } from '../../../ui/index.ts'
import { Carried } from '../../../ui/carried.tsx'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { Answer, FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { readPosted } from '../../../web/posted.ts'
import { listAssets, type Asset } from '../find.ts'
import { fillable, prefillOf } from '../prefill.ts'
import { ReportInput } from '../submit-report.ts'
import { weaknessName } from '../weaknesses.ts'

/*
 * A form on another site posts here, without a script of ours. What it posts is shown and stored nowhere; no cookie counts, and files are not read. From there
 * a form of ours leads to the report form, filled, as if its writer had typed it: it is they who declare their good faith, and who send it.
 */

type Again = (page: Page, input: Entered, errors: FieldErrors) => Answer | Promise<Answer>

export function fromElsewherePages(web: Web, form: Again): void {
  web.receive('/report/from-elsewhere', { may: 'public.read' }, async (page) => {
    const assets = await page.reading(listAssets)
    const came = prefillOf(await readForeign(page.request), assets)
    return html(<CamePage page={page} came={came} assets={assets} from={hostOf(page.request)} />)
  })
  web.post('/report/from-elsewhere/form', { may: 'public.read', onlyDraws: true }, async (page, posted) => {
    const came = prefillOf(posted, await page.reading(listAssets))
    return form(page, { ...came, apart: 'yes' }, missingIn(came))
  })
}

/** No token: it is not ours. Files are let go as they come. */
const readForeign = (request: Request): Promise<Entered> => readPosted(request, {
  demandToken: () => {},
  async takeFile(_field, _file, content) {
    for await (const _chunk of content); // a part has to end before the next one is read
    return ''
  },
})

function hostOf(request: Request): string | null {
  const origin = request.headers.get('origin')
  return origin !== null && URL.canParse(origin) ? new URL(origin).host : null
}

function missingIn(came: Entered): FieldErrors {
  const { error } = ReportInput.pick({ title: true, description: true }).safeParse({ title: textOf(came, 'title'), description: textOf(came, 'description') })
  return Object.fromEntries(error?.issues.map(({ path, message }) => [String(path[0]), message]) ?? [])
}

const names: Record<(typeof fillable)[number], string> = {
  title: 'Title', asset: 'Where', version: 'Version or commit', weakness: 'Kind of weakness', description: 'Description', endpoint: 'Endpoint',
  parameter: 'Parameter', impact: 'Impact', cvss: 'CVSS vector', steps: 'Steps to reproduce', proof_of_concept: 'Proof of concept',
  expected_result: 'Expected result', name: 'Name', email: 'E-mail address',
}

const CamePage = ({ page, came, assets, from }: { page: Page; came: Entered; assets: readonly Asset[]; from: string | null }) => {
  const shown = fillable.filter((name) => textOf(came, name) !== '')
  return (
    <PublicLayout page={page} title="Go on with your report">
      <PageHead title="Go on with your report"
        lead={`A form ${from ? `at ${from}` : 'on another site'} brought you here. Nothing is sent and nothing is kept yet.`} />
      {shown.length > 0
        ? <DefinitionList of={shown.map((name) => [names[name], <span class="as-written">{inWords(name, textOf(came, name), assets)}</span>])} />
        : <p>It brought nothing that we can read. The form begins empty.</p>}
      <p>Next comes our form with this filled in. You can change everything, add files, and see before you send it.</p>
      <form method="post" action={at('/report/from-elsewhere/form')} class="form">
        <Carried entered={came} />
        <Actions><Button large>Go on</Button></Actions>
      </form>
    </PublicLayout>
  )
}

const inWords = (name: string, value: string, assets: readonly Asset[]): string =>
  name === 'asset' ? assets.find(({ id }) => id === value)?.name ?? '' : name === 'weakness' ? weaknessName(value) : value
