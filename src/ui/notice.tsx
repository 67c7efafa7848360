import type { PropsWithChildren } from 'hono/jsx'
import type { FieldErrors } from '../web/module.ts'

type Tone = 'plain' | 'good' | 'warning' | 'bad'

/** Something to know before going on. `live` has it read out when it appears. */
export const Notice = ({ tone = 'plain', title, live, children }: PropsWithChildren<{ tone?: Tone; title?: string; live?: boolean }>) => (
  <div class={`notice notice-${tone}`} role={live ? 'status' : undefined}>
    {title ? <p><strong>{title}</strong></p> : null}
    {typeof children === 'string' ? <p>{children}</p> : children}
  </div>
)

/** Nothing is here yet, and what to do about it: the actions are the children. */
export const Empty = ({ title, text, children }: PropsWithChildren<{ title: string; text: string }>) => (
  <div class="empty">
    <h2>{title}</h2>
    <p>{text}</p>
    {children}
  </div>
)

/** What has to be mended in a form, each with a link to its field. Takes the focus where script runs. The key '' is the form as a whole. */
export const ErrorSummary = ({ errors }: { errors?: FieldErrors | undefined }) => {
  const list = Object.entries(errors ?? {})
  if (list.length === 0) return null
  return (
    <div class="errors" role="alert" tabindex={-1} data-take-focus>
      <h2>{list.length === 1 ? 'One thing has to be changed' : `${list.length} things have to be changed`}</h2>
      <ul>{list.map(([field, text]) => <li>{field ? <a href={`#${fieldId(field)}`}>{text}</a> : text}</li>)}</ul>
    </div>
  )
}

/** `tools[0][name]` → `tools-0-name`: the id of the field's control. */
export const fieldId = (name: string): string => name.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')
