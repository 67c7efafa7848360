import type { Child, PropsWithChildren } from 'hono/jsx'
import { textOf, type Entered } from '../verbs/form-input.ts'
import type { FieldErrors } from '../web/module.ts'
import { fieldId } from './notice.tsx'

export interface FieldProps {
  name: string
  /** Where several forms of a page have a field of this name, so that ids stay unique. */
  id?: string | undefined
  label: string
  hint?: Child
  error?: string | undefined
  optional?: boolean
}

/** What was entered and what is wrong with it, as `again` receives them; both absent on a fresh form. */
export interface Draft { readonly input?: Entered | undefined; readonly errors?: FieldErrors | undefined }

/** What a field shows again after a refusal: `<Field {...kept(draft, 'title')} label="Title" />`. */
export const kept = ({ input, errors }: Draft, name: string) => ({ name, value: textOf(input, name), error: errors?.[name] })

/** The attributes that tie a control to its label, hint and error. */
const tied = ({ name, id = fieldId(name), hint, error }: FieldProps) => ({
  id,
  name,
  'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': error ? 'true' as const : undefined,
})

/** Label, hint and error around any control. */
export const Labelled = ({ name, id = fieldId(name), label, hint, error, optional, children }: PropsWithChildren<FieldProps>) => (
  <div class="field">
    <label class="label" for={id}>{label}{optional ? <span class="optional"> (optional)</span> : null}</label>
    {hint ? <div class="hint" id={`${id}-hint`}>{hint}</div> : null}
    <FieldError id={id} error={error} />
    {children}
  </div>
)

export const FieldError = ({ id, error }: { id: string; error?: string | undefined }) =>
  error ? <div class="field-error" id={`${id}-error`}>{error}</div> : null

interface TextProps extends FieldProps {
  value?: string | undefined
  type?: 'text' | 'email' | 'password' | 'url' | 'date' | 'datetime-local' | 'number' | 'search'
  autocomplete?: string
  rows?: number
  /** For rules and Markdown. */
  code?: boolean
  maxlength?: number
  /** Where script runs: an address that takes the form after each pause in typing, and answers with a page whose `#reading` is put in. */
  live?: string
  /** What the browser offers while typing; anything else may be entered too. */
  suggestions?: readonly string[]
}

/** A line of text, or several where `rows` is given. Keeps what was typed. */
export const Field = ({ value = '', type = 'text', autocomplete, rows, code, maxlength, live, suggestions, ...field }: TextProps) => (
  <Labelled {...field}>
    {rows
      ? <textarea {...tied(field)} rows={rows} class={code ? 'code' : undefined} spellcheck={code ? false : undefined}
          required={!field.optional} maxlength={maxlength} {...(live ? reading(live) : {})}>{value}</textarea>
      : <input {...tied(field)} type={type} value={type === 'password' ? undefined : value} required={!field.optional} autocomplete={autocomplete}
          maxlength={maxlength} class={type === 'date' || type === 'number' ? 'narrow-field' : undefined}
          list={suggestions && listId(field)} />}
    {suggestions ? <datalist id={listId(field)}>{suggestions.map((one) => <option value={one}></option>)}</datalist> : null}
  </Labelled>
)

const listId = ({ name, id = fieldId(name) }: FieldProps) => `${id}-list`

const reading = (address: string) => ({
  'hx-post': address, 'hx-trigger': 'input changed delay:500ms', 'hx-include': 'closest form',
  'hx-select': '#reading', 'hx-target': '#reading', 'hx-swap': 'outerMorph',
})

/** Files to send along. `accept` narrows what the browser offers; the server decides. */
export const FileField = ({ multiple, accept, ...field }: FieldProps & { multiple?: boolean; accept?: string }) => (
  <Labelled {...field}><input {...tied(field)} type="file" multiple={multiple} accept={accept} required={!field.optional} /></Labelled>
)

export interface Option { readonly value: string; readonly label: string; readonly hint?: string }

interface SelectProps extends FieldProps { value?: string | undefined; options: readonly Option[]; placeholder?: string }

export const Select = ({ value, options, placeholder, ...field }: SelectProps) => (
  <Labelled {...field}>
    <select {...tied(field)} required={!field.optional}>
      {placeholder ? <option value="">{placeholder}</option> : null}
      {options.map(o => <option value={o.value} selected={o.value === value}>{o.label}</option>)}
    </select>
  </Labelled>
)
