import { AsyncLocalStorage } from 'node:async_hooks'

/** Where the current request is. */
export interface Here {
  /** '' where the organisation owns the host, `/o/SLUG` where it lives on a path. */
  readonly base: string
  /** The token that every form of this visitor carries. The first reading may set the visitor's cookie. */
  csrf(): string
}

const here = new AsyncLocalStorage<Here>()

/** Runs a request's handling, and the drawing of its page, inside its place. */
export const within = <T>(place: Here, handle: () => T): T => here.run(place, handle)

/** The address of a page of the current organisation. Every link, form and redirect is made with it. */
export const at = (path: string): string => `${here.getStore()?.base ?? ''}${path}` || '/'

export function formToken(): string {
  const place = here.getStore()
  if (!place) throw new Error('A form was drawn outside a request.')
  return place.csrf()
}
