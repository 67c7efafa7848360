import { PostButton } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'
import { doingWords } from '../desk/doing-words.ts'
import type { CaseDesk } from '../desk/desk-of.ts'
import type { DoingLine } from '../desk/doings.ts'

const MOMENT_MS = 3 * 60_000

/** What a colleague did just now, and who has the case open: read out when it changes, and nothing that is typed is touched. */
export const CaseNews = ({ desk: { doings, looking }, now, here }: { desk: CaseDesk; now: number; here: string }) => {
  const newest = doings.find(({ own, at: when, what }) => !own && now - when.getTime() < MOMENT_MS && what !== 'watched' && what !== 'unwatched')
  return (
    <div id="news" role="status" hx-get={at(here)} hx-trigger="every 60s" hx-select="#news" hx-swap="outerMorph">
      {newest ? <Notice><p><strong>{newest.who}</strong> {doingWords(newest.what)} a moment ago.</p></Notice> : null}
      {looking.length > 0 ? <p class="soft looking">{names(looking)} {looking.length === 1 ? 'is' : 'are'} looking at this too.</p> : null}
    </div>
  )
}

const names = (all: readonly string[]) => new Intl.ListFormat('en').format(all)

/** Who did what lately; one’s own can be taken back for some minutes, as far as it is no entry of the record. */
export const CaseHistory = ({ desk: { doings }, zone }: { desk: CaseDesk; zone: string }) => doings.length === 0 ? null : (
  <section class="stack" aria-labelledby="doings-title">
    <h2 id="doings-title">Lately</h2>
    <Doings of={doings.slice(0, FIRST)} zone={zone} />
    {doings.length > FIRST ? <details><summary>Before that</summary><Doings of={doings.slice(FIRST)} zone={zone} /></details> : null}
  </section>
)

const FIRST = 3

const Doings = ({ of, zone }: { of: readonly DoingLine[]; zone: string }) => (
  <ul class="results">{of.map(({ who, own, what, at: when, batch, undoable }) => (
    <li class="result">
      <span>{own ? 'You' : who} {own ? doingWords(what).replace(/^watches/, 'watch') : doingWords(what)}</span> <span class="soft"><Time at={when}
        zone={zone} /></span>
      {undoable ? <PostButton to="/desk/undo" values={{ batch }} look="quiet">Undo<span
        class="unseen"> that you {doingWords(what)}</span></PostButton> : null}
    </li>
  ))}</ul>
)
