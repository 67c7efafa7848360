import { parseArgs, type ParseArgsConfig } from 'node:util'
import { canBeLeftOut, elementOf, innermost, isYesOrNo, kindOf, shapeOf, takesFile } from '../verbs/fields.ts'
import type { Operation } from '../verbs/registry.ts'
import type { z } from 'zod'
import { WrongUsage } from './wrong-usage.ts'

/** One field of an operation as it is typed: `--proof-of-concept TEXT`. */
export interface Flag {
  readonly field: string
  readonly name: string
  readonly kind: 'text' | 'number' | 'yes-no' | 'json' | 'file'
  readonly many: boolean
  readonly required: boolean
  /** Values that may be chosen. */
  readonly choices: readonly string[]
  readonly about: string | undefined
}

export const flagsOf = (operation: Operation): Flag[] => Object.entries(shapeOf(operation.input)).map(([field, schema]) => flagOf(field, schema))

function flagOf(field: string, schema: z.core.$ZodType): Flag {
  const one = elementOf(schema) ?? schema
  const { entries } = innermost(one)._zod.def as { entries?: Record<string, string> }
  return {
    field, name: field.replaceAll('_', '-'), kind: kindFor(one), many: elementOf(schema) !== null, required: !canBeLeftOut(schema),
    choices: Object.values(entries ?? {}), about: (schema as z.ZodType).description ?? (innermost(schema) as z.ZodType).description,
  }
}

function kindFor(schema: z.core.$ZodType): Flag['kind'] {
  if (takesFile(schema)) return 'file'
  if (isYesOrNo(schema)) return 'yes-no'
  switch (kindOf(schema)) {
    case 'number': return 'number'
    case 'object': case 'record': case 'array': return 'json'
    default: return 'text'
  }
}

type Options = NonNullable<ParseArgsConfig['options']>

const own = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, 'idempotency-key': { type: 'string' } } as const satisfies Options

export interface Call { readonly input: Record<string, unknown>; readonly json: boolean; readonly help: boolean; readonly idempotencyKey: string | undefined }

/** Reads the arguments of an operation. Files are left as paths. Throws `WrongUsage` with what to type instead. */
export function readFlags(operation: Operation, args: readonly string[]): Call {
  const flags = flagsOf(operation)
  const options: Options = { ...Object.fromEntries(flags.map((flag) => [flag.name, optionOf(flag)])), ...own }
  const { values } = attempt(() => parseArgs({ args: [...args], options, allowNegative: true, strict: true }))
  const typed = values as Record<string, string | boolean | (string | boolean)[] | undefined>
  const given = flags.filter(({ name }) => typed[name] !== undefined)
  return {
    input: Object.fromEntries(given.map((flag) => {
      const value = typed[flag.name]!
      return [flag.field, Array.isArray(value) ? value.map((one) => valueOf(flag, one)) : valueOf(flag, value)]
    })),
    json: typed['json'] === true, help: typed['help'] === true, idempotencyKey: typed['idempotency-key'] as string | undefined,
  }
}

const optionOf = ({ kind, many }: Flag): Options[string] => ({ type: kind === 'yes-no' ? 'boolean' : 'string', multiple: many })

function valueOf({ kind, name }: Flag, value: string | boolean): unknown {
  if (kind === 'number') return Number.isNaN(Number(value)) ? value : Number(value)
  if (kind !== 'json') return value
  try { return JSON.parse(String(value)) } catch { throw new WrongUsage(`--${name} takes JSON, as in --${name} '{"name": "nmap"}'.`) }
}

function attempt<T>(read: () => T): T {
  try { return read() } catch (error) { throw new WrongUsage((error as Error).message) }
}
