import type { Child } from 'hono/jsx'
import { FieldError, type FieldProps, type Option } from './field.tsx'
import { fieldId } from './notice.tsx'

interface Choices extends FieldProps {
  options: readonly Option[]
  /** Where something beside the group says the same to those who see. */
  unseenLabel?: boolean
}

/** One of several, all of them seen. The first control carries the field's id, so that an error's link arrives there. */
export const RadioGroup = ({ value, ...group }: Choices & { value?: string | undefined }) =>
  <Group {...group} type="radio" chosen={value ? [value] : []} />

/** Any of several; every ticked one is sent under the same name. */
export const CheckboxGroup = ({ values = [], ...group }: Choices & { values?: readonly string[] }) =>
  <Group {...group} type="checkbox" chosen={values} />

const Group = ({ type, chosen, options, id, ...group }: Choices & { type: 'radio' | 'checkbox'; chosen: readonly string[] }) => {
  const base = id ?? fieldId(group.name)
  const optionId = (i: number) => i === 0 ? base : `${base}-${i + 1}`
  return (
    <fieldset aria-describedby={group.error ? `${base}-error` : undefined}>
      <legend class={group.unseenLabel ? 'unseen' : undefined}>{group.label}{group.optional ? <span class="optional"> (optional)</span> : null}</legend>
      {group.hint ? <div class="hint">{group.hint}</div> : null}
      <FieldError id={base} error={group.error} />
      {options.map((option, i) => (
        <div class="choice">
          <input type={type} name={group.name} value={option.value} id={optionId(i)} checked={chosen.includes(option.value)}
            required={type === 'radio' && !group.optional} aria-describedby={option.hint ? `${optionId(i)}-hint` : undefined} />
          <label for={optionId(i)}>{option.label}</label>
          {option.hint ? <div class="hint" id={`${optionId(i)}-hint`}>{option.hint}</div> : null}
        </div>
      ))}
    </fieldset>
  )
}

/** One thing to agree to or to switch on. */
export const Checkbox = ({ name, label, hint, error, checked, required }:
  { name: string; label: Child; hint?: string; error?: string | undefined; checked?: boolean; required?: boolean }) => (
  <div class="field">
    <FieldError id={fieldId(name)} error={error} />
    <div class="choice">
      <input type="checkbox" name={name} value="yes" id={fieldId(name)} checked={checked} required={required} aria-invalid={error ? 'true' : undefined}
        aria-describedby={[hint && `${fieldId(name)}-hint`, error && `${fieldId(name)}-error`].filter(Boolean).join(' ') || undefined} />
      <label for={fieldId(name)}>{label}</label>
      {hint ? <div class="hint" id={`${fieldId(name)}-hint`}>{hint}</div> : null}
    </div>
  </div>
)
