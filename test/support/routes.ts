import type { Permission } from '../../src/access/roles.ts'
import { modules } from '../../src/app.ts'
import { findKind } from '../../src/ledger/index.ts'
import { registry, type Operation } from '../../src/verbs/registry.ts'
import type { Web } from '../../src/web/module.ts'

export interface Route { readonly method: 'GET' | 'POST'; readonly path: string; readonly may: Permission }

export const operations = registry(modules, (kind) => findKind(kind) !== undefined)
export const everyOperation: readonly Operation[] = [...operations.verbs, ...operations.queries]

/** Every route that the modules mount, by asking them. */
export const everyRoute: readonly Route[] = mounted()

/** A route's path with its parameters filled in; what `known` does not name is an id that nothing has. */
export const filled = (path: string, known: Readonly<Record<string, string>> = {}): string =>
  path.replace(/:(\w+)(?:\{([^}]*)\})?/g, (_, name: string, pattern = '') =>
    known[name] ?? (pattern.startsWith('[0-9]') ? '999999' : pattern.endsWith('-[0-9]+') ? 'NONE-999999' : '0199b0c4-0000-7000-8000-000000000000'))

function mounted(): Route[] {
  const found: Route[] = []
  const get: Web['get'] = (path, { may }) => void found.push({ method: 'GET', path, may })
  const post = (path: string, { may }: { may: Permission }) => void found.push({ method: 'POST', path, may })
  const protocol: Web['protocol'] = (method, path) => { if (method === 'GET' || method === 'POST') found.push({ method, path, may: 'public.read' }) }
  const web: Web = { get, post, receive: post, protocol, form: (verb, { at }) => post(at.slice('POST '.length), verb) }
  for (const module of modules) module.pages?.(web)
  return found
}
