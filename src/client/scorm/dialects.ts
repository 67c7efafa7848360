import { model12, model2004 } from './data-model.ts'
import type { Dialect, Session } from './session.ts'

const both = (code: number) => ({ get: code, set: code })
const alike = (code: number) => ({ end: code, get: code, set: code, commit: code })

/** SCORM 1.2 Run-Time Environment, 3.3 and 3.4. */
export const scorm12: Dialect = {
  model: model12, prefix: 'cmi.core.',
  faults: {
    unknown: both(201), 'read only': both(403), 'write only': both(404), 'wrong type': both(405), 'not there yet': both(0), 'out of order': both(201),
    'no children': both(202), 'no count': both(203),
  },
  before: alike(301), afterwards: alike(301), beginTwice: 101, badArgument: 201,
  assumed: { unless: ['cmi.core.lesson_status'], element: 'cmi.core.lesson_status' },
  seconds(text) {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
    return hours * 3600 + minutes * 60 + seconds
  },
  span(seconds) {
    const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
    return `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two(seconds / 60 % 60)}:${two(seconds % 60)}`
  },
}

/** SCORM 2004 Run-Time Environment, 3.1 and 4.2. */
export const scorm2004: Dialect = {
  model: model2004, prefix: 'cmi.',
  faults: {
    unknown: both(401), 'read only': both(404), 'write only': both(405), 'wrong type': both(406), 'not there yet': both(403),
    'out of order': { get: 301, set: 351 }, 'no children': { get: 301, set: 404 }, 'no count': { get: 301, set: 404 },
  },
  before: { end: 112, get: 122, set: 132, commit: 142 }, afterwards: { end: 113, get: 123, set: 133, commit: 143 }, beginTwice: 103, badArgument: 201,
  assumed: { unless: ['cmi.completion_status', 'cmi.success_status'], element: 'cmi.completion_status' },
  seconds(text) {
    const [, years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
      /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text)?.map((part) => Number(part ?? 0)) ?? []
    return (((years * 365 + months * 30 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
  },
  span: (seconds) => `PT${Math.floor(seconds / 3600)}H${Math.floor(seconds / 60) % 60}M${Number((seconds % 60).toFixed(2))}S`,
}

const words: Readonly<Record<number, string>> = {
  0: 'No error', 101: 'General exception', 103: 'Already initialized', 104: 'Content instance terminated', 112: 'Termination before initialization',
  113: 'Termination after termination', 122: 'Retrieve data before initialization', 123: 'Retrieve data after termination',
  132: 'Store data before initialization', 133: 'Store data after termination', 142: 'Commit before initialization', 143: 'Commit after termination',
  201: 'Invalid argument error', 202: 'Element cannot have children', 203: 'Element not an array. Cannot have count', 301: 'Not initialized, or get failed',
  351: 'General set failure', 401: 'Undefined data model element', 403: 'Element is read only, or its value not initialized',
  404: 'Element is read only or write only', 405: 'Incorrect data type, or element is write only', 406: 'Data model element type mismatch',
}
const inWords = (code: unknown): string => words[Number(code)] ?? ''

/** What packages look for as `window.API`. */
export const api12 = (session: Session) => ({
  LMSInitialize: (empty: unknown) => session.begin(empty),
  LMSFinish: (empty: unknown) => session.end(empty),
  LMSGetValue: (name: unknown) => session.get(name),
  LMSSetValue: (name: unknown, value: unknown) => session.set(name, value),
  LMSCommit: (empty: unknown) => session.commit(empty),
  LMSGetLastError: () => String(session.lastError),
  LMSGetErrorString: inWords,
  LMSGetDiagnostic: (code: unknown) => inWords(code || session.lastError),
})

/** What packages look for as `window.API_1484_11`. */
export const api2004 = (session: Session) => ({
  version: '1.0',
  Initialize: (empty: unknown) => session.begin(empty),
  Terminate: (empty: unknown) => session.end(empty),
  GetValue: (name: unknown) => session.get(name),
  SetValue: (name: unknown, value: unknown) => session.set(name, value),
  Commit: (empty: unknown) => session.commit(empty),
  GetLastError: () => String(session.lastError),
  GetErrorString: inWords,
  GetDiagnostic: (code: unknown) => inWords(code || session.lastError),
})
