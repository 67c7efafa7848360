import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Operation } from '../verbs/registry.ts'
import { flagsOf, readFlags } from './flags.ts'
import { pageOf } from './help.ts'
import { findLogin, type Login } from './login.ts'
import { printed } from './print.ts'
import { WrongUsage } from './wrong-usage.ts'

interface Problem { readonly code: string; readonly detail: string; readonly errors?: readonly { pointer: string; detail: string }[] }

/** Calls an operation through the API and prints its answer. The exit status is 0 when it was done, 1 when it was refused. */
export async function call(operation: Operation, args: readonly string[]): Promise<number> {
  const { input, json, help, idempotencyKey } = readFlags(operation, args)
  if (help) return say(pageOf(operation))
  const login = findLogin()
  const response = await send(operation, login, await withFiles(operation, login, input), idempotencyKey)
  const answer: unknown = response.status === 204 ? null : await response.json()
  if (response.ok) return say(json ? JSON.stringify(answer, null, 2) : printed(answer))
  for (const line of json ? [JSON.stringify(answer, null, 2)] : refusal(answer as Problem)) console.error(line)
  return 1
}

function send(operation: Operation, login: Login, input: Record<string, unknown>, idempotencyKey: string | undefined): Promise<Response> {
  const url = new URL(`${login.url}/api/v1/${operation.name.replace('.', '/')}`)
  const headers = { ...authorization(login), ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}) }
  if (operation.is === 'verb') return reach(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(input) })
  for (const [name, value] of Object.entries(input)) for (const one of [value].flat()) url.searchParams.append(name, String(one))
  return reach(url, { headers })
}

/** Uploads each file that was named, and puts its id in its place. */
async function withFiles(operation: Operation, login: Login, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const result = { ...input }
  for (const { field, kind, many } of flagsOf(operation)) {
    if (kind !== 'file' || input[field] === undefined) continue
    const ids: string[] = []
    for (const path of [input[field]].flat() as string[]) ids.push(await upload(login, path))
    result[field] = many ? ids : ids[0]
  }
  return result
}

async function upload(login: Login, path: string): Promise<string> {
  const body = await openAsBlob(path).catch(() => { throw new WrongUsage(`The file ${path} cannot be read.`) })
  const url = new URL(`${login.url}/api/v1/attachments?name=${encodeURIComponent(basename(path))}`)
  const response = await reach(url, { method: 'POST', headers: authorization(login), body })
  const answer = await response.json() as { id: string } & Problem
  if (!response.ok) throw new WrongUsage(refusal(answer).join('\n'))
  return answer.id
}

const authorization = ({ key }: Login): Record<string, string> => (key ? { authorization: `Bearer ${key}` } : {})

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try { return await fetch(url, init) } catch { throw new WrongUsage(`Nothing answers at ${url.origin}. Is Avow running there, and is the address right?`) }
}

const refusal = ({ detail, errors = [] }: Problem): string[] => [detail, ...errors.map((error) => `  --${flagAt(error.pointer)}: ${error.detail}`)]

const flagAt = (pointer: string): string => pointer.slice(1).replaceAll('_', '-').replaceAll('/', '.')

function say(text: string): number {
  if (text) console.log(text)
  return 0
}
