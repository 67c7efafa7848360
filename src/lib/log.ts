import { pino, type Logger } from 'pino'

export type Log = Logger

/**
 * JSON lines on standard output: level, time, message, and fields that hold no personal data. An address, a name, a path
 * with an identifier or a query never goes in. Of an error, its kind, message and place in our code.
 */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: () => `,"time":"${Temporal.Now.instant().round('millisecond').toString()}"`, messageKey: 'message',
    formatters: { level: (label) => ({ level: label }) }, serializers: { error: describe } })
}

/** A database error's `detail` names values of rows and its message may too: of those only the code and the constraint are kept. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const { code, constraint, table } = error as Error & { code?: string; constraint?: string; table?: string }
  const fromDatabase = code !== undefined && /^[0-9A-Z]{5}$/.test(code)
  return {
    kind: error.name, code, constraint, table,
    ...(fromDatabase ? {} : { message: error.message }),
    stack: error.stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 12).map((line) => line.slice(7)),
    ...(error.cause ? { cause: describe(error.cause) } : {}),
  }
}
