import { DataTable, PageHead, PublicLayout } from '../../../ui/index.ts'
import type { Web } from '../../../web/module.ts'
import { allWeaknesses, cweVersion } from '../cwe.ts'
import { weaknesses } from '../weaknesses.ts'

const ours = new Map(weaknesses.map(([id, name, vrt]) => [id, `${name}; VRT: ${vrt}`]))

/** Every kind of weakness that has a number, to be searched with the browser's own search. */
export function weaknessListPage(web: Web): void {
  web.get('/report/weaknesses', { may: 'public.read' }, (page) => (
    <PublicLayout page={page} title="Kinds of weakness">
      <PageHead title="Kinds of weakness" lead={`The Common Weakness Enumeration, version ${cweVersion}, by MITRE. Search it with your browser.`} />
      <DataTable caption="Kinds of weakness" rows={allWeaknesses()} columns={[
        { head: 'Number', header: true, cell: ([id]) => id },
        { head: 'Name', cell: ([, name]) => name },
        { head: 'Also known as', cell: ([id]) => ours.get(id) ?? '' },
      ]} />
    </PublicLayout>
  ))
}
