import type { Actor } from '../access/actor.ts'
import type { Permission } from '../access/roles.ts'

/** What a frame has to know of the request. The page that `web` hands to a handler has this shape. */
export interface Surroundings {
  readonly request: Request
  readonly organization: { readonly name: string; readonly example: boolean; readonly zone: string }
  readonly actor: Actor
  /** Path within the organisation, without its base: `/desk/reports`. */
  readonly path: string
  /** Token that every form carries. */
  readonly csrf: string
  /** Said once, after something was done. */
  readonly flash: string | undefined
  may(permission: Permission): boolean
  /** A link within this organisation. */
  at(path: string): string
}
