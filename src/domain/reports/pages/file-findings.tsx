import { DeskLayout, Empty, PageHead } from '../../../ui/index.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { readAttachment } from '../../../seal/attachments.ts'
import { getReport } from '../find.ts'
import { readToolOutput } from '../tool-output/index.ts'
import { ToolFindings } from './findings.tsx'

/** Larger files are downloaded and read elsewhere. */
const mostBytes = 8_000_000

/** A file of a report, read as the output of a tool. */
export function fileFindingsPage(web: Web): void {
  web.get('/desk/reports/:report/files/:file/findings', { may: 'reports.read' }, drawn)
}

async function drawn(page: Page) {
  const report = await page.reading((tx) => getReport(tx, page.actor, page.param('report')))
  const { name, size, content } = await readAttachment(page.deps.database, page.organization.id, { kind: 'report', id: report.id }, page.param('file'))
  const output = size > mostBytes ? null : readToolOutput(Buffer.concat(await Array.fromAsync(content)).toString('utf8'))
  return (
    <DeskLayout page={page} title={name}>
      <PageHead trail={<a href={page.at(`/desk/reports/${report.id}`)}>{report.reference}</a>} title={name} lead="Everything here is the tool’s word." />
      {output ? <ToolFindings output={output} open /> : (
        <Empty title="This is no output that we can read"
          text={size > mostBytes ? 'It is larger than 8 MB. Download it.' : 'SARIF, nuclei, ZAP, npm audit and OSV-Scanner are read.'} />)}
    </DeskLayout>
  )
}
