import { Field } from '../../../../ui/index.ts'
import type { FieldErrors } from '../../../../web/module.ts'

/** Where a password is chosen. A refused one is not shown again. */
export const NewPasswordField = ({ label, errors }: { label: string; errors: FieldErrors }) => (
  <Field name="password" label={label} type="password" autocomplete="new-password" error={errors['password']}
    hint="12 characters or more, any you like: four words that have nothing to do with each other are good. Best is what a password manager makes." />
)
