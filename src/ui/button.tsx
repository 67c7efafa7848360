import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Surroundings } from './surroundings.ts'

type Look = 'first' | 'second' | 'quiet' | 'danger'
const looks = (look: Look, large?: boolean) => ['button', look === 'first' ? '' : `button-${look}`, large ? 'button-large' : ''].filter(Boolean).join(' ')

interface ButtonProps { look?: Look; large?: boolean; name?: string; value?: string; formaction?: string; novalidate?: boolean; disabled?: boolean; children?: Child }

/** Sends the form that it stands in; a link in a button's clothes where `href` is given. One `first` button a view. */
export const Button = ({ look = 'first', large, novalidate, children, ...rest }: ButtonProps) =>
  <button class={looks(look, large)} formnovalidate={novalidate} {...rest}>{children}</button>

export const ButtonLink = ({ href, look = 'first', large, children }: PropsWithChildren<{ href: string; look?: Look; large?: boolean }>) =>
  <a class={looks(look, large)} href={href}>{children}</a>

/** Buttons side by side. */
export const Actions = ({ children }: PropsWithChildren) => <div class="actions">{children}</div>

interface FormProps { page: Surroundings; to: string; files?: boolean; wide?: boolean }

/**
 * A form as a column of fields, with the token that shows that it came from one of our pages. The server alone judges what
 * was entered (`novalidate`), so that its sentences stand at the fields with and without script.
 */
export const Form = ({ page, to, files, wide, children }: PropsWithChildren<FormProps>) => (
  <form class={wide ? 'form form-wide' : 'form'} method="post" action={page.at(to)} enctype={files ? 'multipart/form-data' : undefined} novalidate>
    <input type="hidden" name="csrf" value={page.csrf} />
    {children}
  </form>
)

/** A single button that posts, with the few values that it takes along. */
export const PostButton = ({ page, to, values = {}, look = 'second', children }: PropsWithChildren<{ page: Surroundings; to: string; values?: Record<string, string>; look?: Look }>) => (
  <form method="post" action={page.at(to)}>
    <input type="hidden" name="csrf" value={page.csrf} />
    {Object.entries(values).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
    <Button look={look}>{children}</Button>
  </form>
)
