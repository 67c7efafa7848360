import type { PropsWithChildren } from 'hono/jsx'
import { at, formToken } from '../web/place.ts'

interface Props {
  /** Path inside the organisation, such as `/report`. */
  action: string
  /** Set where the form has a file field. */
  files?: boolean
  id?: string
  class?: string
  /** Where script runs, it is sent as soon as somebody moves, types or touches: whoever does so is no machine. */
  person?: boolean
  /** Warns before typed text is left behind, where script runs. */
  guard?: boolean
  /** Where script runs, each choice fetches this address with what is chosen, and puts its `#score` in. */
  calculates?: string
  /** Where script runs, what is typed is sent to this address after each pause. */
  keeps?: string | undefined
  /** The same at the desk, where it is one’s draft from the first letter on. */
  typed?: string | undefined
}

/** A form that posts. Its first field is the token that shows it came from one of our pages; without it nothing is accepted. */
export const PostForm = ({ action, files, guard, person, calculates, keeps, typed, children, ...rest }: PropsWithChildren<Props>) => (
  <form method="post" action={at(action)} novalidate enctype={files ? 'multipart/form-data' : undefined} data-guard={guard ? 'unsent' : undefined}
    data-person={person} data-calculates={calculates} data-keeps={keeps} data-typed={typed} {...rest}>
    <input type="hidden" name="csrf" value={formToken()} />
    {children}
  </form>
)
