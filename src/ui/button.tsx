import type { Child, PropsWithChildren } from 'hono/jsx'
import { PostForm } from './post-form.tsx'

type Look = 'first' | 'second' | 'quiet' | 'danger'
const looks = (look: Look, large?: boolean) => ['button', look === 'first' ? '' : `button-${look}`, large ? 'button-large' : ''].filter(Boolean).join(' ')

interface ButtonProps {
  look?: Look
  large?: boolean
  name?: string
  value?: string
  formaction?: string
  novalidate?: boolean
  disabled?: boolean
  /** Where script runs, puts what is chosen in the control of this name into the form's text at once. */
  'data-insert'?: string
  children?: Child
}

/** Sends the form that it stands in; a link in a button's clothes where `href` is given. One `first` button a view. */
export const Button = ({ look = 'first', large, novalidate, children, ...rest }: ButtonProps) =>
  <button class={looks(look, large)} formnovalidate={novalidate} {...rest}>{children}</button>

export const ButtonLink = ({ href, look = 'first', large, children }: PropsWithChildren<{ href: string; look?: Look; large?: boolean }>) =>
  <a class={looks(look, large)} href={href}>{children}</a>

/** Buttons side by side. */
export const Actions = ({ children }: PropsWithChildren) => <div class="actions">{children}</div>

interface FormProps { to: string; files?: boolean; wide?: boolean; guard?: boolean; keeps?: string | undefined; typed?: string | undefined }

/**
 * A form as a column of fields. The server alone judges what was entered, so that its sentences stand at the fields with and
 * without script. `guard` warns before typed text is left behind.
 */
export const Form = ({ to, wide, children, ...rest }: PropsWithChildren<FormProps>) =>
  <PostForm action={to} class={wide ? 'form form-wide' : 'form'} {...rest}>{children}</PostForm>

interface PostButtonProps { to: string; values?: Readonly<Record<string, string>>; look?: Look }

/** A single button that posts, with the few values that it takes along. */
export const PostButton = ({ to, values = {}, look = 'second', children }: PropsWithChildren<PostButtonProps>) => (
  <PostForm action={to}>
    {Object.entries(values).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
    <Button look={look}>{children}</Button>
  </PostForm>
)
