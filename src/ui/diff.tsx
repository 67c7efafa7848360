import { diffWordsWithSpace } from 'diff'

/** Two texts as one, with what was taken out and what was put in. Read out as “deleted” and “inserted” by screen readers that say so. */
export const Diff = ({ before, after }: { before: string; after: string }) => (
  <div class="diff">
    {diffWordsWithSpace(before, after).map(part =>
      part.added ? <ins>{part.value}</ins> : part.removed ? <del>{part.value}</del> : part.value)}
  </div>
)
