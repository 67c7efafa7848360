import { flattened, type Entered } from '../verbs/form-input.ts'

/** What was entered on another page and goes on with this form, unseen. `without` are fields that this form has itself, or that were buttons. */
export const Carried = ({ entered, without = [] }: { entered: Entered; without?: readonly string[] }) => (
  <>
    {flattened(entered).filter(([name, value]) => value !== '' && !without.includes(name)).map(([name, value]) =>
      <input type="hidden" name={name} value={value} />)}
  </>
)
