import { modules } from '../app.ts'
import { findKind } from '../ledger/index.ts'
import { registry } from '../verbs/registry.ts'

/** Every operation of the API. To load this is to load the whole application, which takes a second: only what needs it does. */
export const operations = registry(modules, (kind) => findKind(kind) !== undefined)
