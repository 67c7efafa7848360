import type { Child } from 'hono/jsx'
import { rowsOf } from '../verbs/form-input.ts'
import { FieldError, type Draft } from './field.tsx'
import { fieldId } from './notice.tsx'

interface Repeated {
  /** Fields of its rows are named `tools[0][name]`. */
  name: string
  label: string
  /** `tool`, as in “Add another tool”. */
  one: string
  hint?: Child
  draft: Draft
  max?: number
  /** The fields of one row; `prefix` is `tools[0]`. */
  row: (prefix: string) => Child
}

/**
 * A list of groups of fields. Without script, “add another” posts the form with `add=tools`, and it comes back filled, with
 * one row more; with script the row comes at once, from the template. The receiver ignores rows that are empty.
 */
export const RepeatedFields = ({ name, label, one, hint, draft, max = 20, row }: Repeated) => {
  const rows = Math.min(max, Math.max(1, rowsOf(draft.input, name)) + (draft.input?.add === name ? 1 : 0))
  return (
    <fieldset class="rows-box" data-repeat={name} data-max={String(max)} id={fieldId(name)}>
      <legend>{label} <span class="optional">(optional)</span></legend>
      {hint ? <div class="hint">{hint}</div> : null}
      <FieldError id={fieldId(name)} error={draft.errors?.[name]} />
      <div class="rows">
        {Array.from({ length: rows }, (_, i) => <Row one={one} index={i}>{row(`${name}[${i}]`)}</Row>)}
      </div>
      <template><Row one={one} index={-1}>{row(`${name}[INDEX]`)}</Row></template>
      {rows < max
        ? <div><button class="button button-second" name="add" value={name} formnovalidate>Add another {one}</button></div>
        : <p class="hint">No more than {max}.</p>}
    </fieldset>
  )
}

const Row = ({ one, index, children }: { one: string; index: number; children?: Child }) =>
  <div class="row" role="group" aria-label={`${one} ${index + 1}`}><div class="row-fields">{children}</div></div>
