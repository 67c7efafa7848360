/** What every page gains where script runs. Nothing depends on any of it. */
import './add-row.ts'
import './calculator.ts'
import './copy.ts'
import './focus-errors.ts'
import './passkeys.ts'
import './proof.ts'
import './relative-time.ts'
import './unsent.ts'
