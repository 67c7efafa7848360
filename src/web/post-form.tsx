import type { Child, JSX } from 'hono/jsx'
import { at, csrfToken } from './place.ts'

interface Props {
  /** Path inside the organisation, such as `/report`. */
  action: string
  /** Set where the form has a file field. */
  files?: boolean
  id?: string
  class?: string
  children?: Child
}

/** A form that posts. Its first field is the token that shows it came from one of our pages; without it nothing is accepted. */
export const PostForm = ({ action, files, children, ...rest }: Props): JSX.Element => (
  <form method="post" action={at(action)} {...(files ? { enctype: 'multipart/form-data' } : {})} {...rest}>
    <input type="hidden" name="csrf" value={csrfToken()} />
    {children}
  </form>
)
