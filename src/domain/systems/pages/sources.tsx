import { listKeys } from '../../accounts/index.ts'
import { findKind } from '../../../ledger/index.ts'
import { DataTable, DeskLayout, ErrorSummary, PageHead, vouchWords } from '../../../ui/index.ts'
import { valuesOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { listSourcesQuery } from '../list-systems.ts'
import { registerSource } from '../register-source.ts'
import { avowSlug } from '../system.ts'
import { onOneField, saying, SystemTabs } from './parts.tsx'
import { HowTo, NewSource } from './source-form.tsx'

/** What feeds evidence, and how to connect one more. */
export function sourcePages(web: Web): void {
  // A link may tick a kind: `?kind=check.sso`.
  web.get('/desk/sources', { may: 'duties.read' }, (page) => sourcesPage(page, { kinds: page.url.searchParams.get('kind') ?? '' }))
  web.form(registerSource, {
    at: 'POST /desk/sources', again: sourcesPage,
    done: saying('Connected. Promises that rest on it are judged from now on.', '/desk/sources'),
  })
}

async function sourcesPage(page: Page, input: Entered, wrong: FieldErrors = {}) {
  const { sources } = await page.read(listSourcesQuery, {})
  const errors = onOneField(wrong, 'kinds')
  const keys = page.may('keys.manage') ? (await page.read(listKeys, {})).keys.filter(({ revoked_at: revoked }) => !revoked) : []
  return (
    <DeskLayout page={page} title="Sources">
      <PageHead title="Sources" lead="What feeds evidence here, and on whose word. A promise that nothing feeds is unproven." />
      <SystemTabs here="/desk/sources" />
      <ErrorSummary errors={errors} />
      <DataTable caption="Sources" rows={sources} columns={[
        { head: 'Source', header: true, cell: ({ slug, title }) => <>{title} <code>{slug}</code></> },
        { head: 'On whose word', cell: ({ vouch }) => vouchWords[vouch] },
        { head: 'Known by', cell: ({ slug, api_key_id: key, public_key: signs }) => slug === avowSlug
          ? 'what is done here'
          : [keyName(keys, key), signs ? 'its signature' : ''].filter(Boolean).join(', ') },
        { head: 'Feeds', cell: ({ kinds }) => <Feeds kinds={kinds} /> },
      ]} />
      {page.may('systems.manage') ? <NewSource draft={{ input, errors }} chosen={valuesOf(input, 'kinds')} keys={keys} /> : null}
      {page.may('systems.manage') ? <HowTo at={(path) => page.address(path)} /> : null}
    </DeskLayout>
  )
}

const keyName = (keys: readonly { id: string; name: string }[], id: string | null) =>
  id === null ? '' : `the key “${keys.find((key) => key.id === id)?.name ?? 'taken back'}”`

const Feeds = ({ kinds }: { kinds: readonly string[] }) => (
  <details>
    <summary>{kinds.length} {kinds.length === 1 ? 'kind' : 'kinds'}</summary>
    <ul>{kinds.map((kind) => <li>{findKind(kind)?.about ?? kind} <code>{kind}</code></li>)}</ul>
  </details>
)
