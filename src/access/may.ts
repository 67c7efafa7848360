import { ConfirmationNeeded, Forbidden, HeldBack, Refused, SecondFactorNeeded, Unauthenticated } from '../lib/errors.ts'
import type { Actor, Member } from './actor.ts'
import { permissions, type Permission } from './roles.ts'

/** Neither roles nor grants count, because something has to come first: a second factor, or, for all but what is one's own to do, the first day. */
const isShut = (actor: Member, permission: Permission) =>
  Boolean(actor.withheld) || (actor.heldBack !== undefined && permission !== 'own.do' && !actor.heldHow?.but.includes(permission))

/** Every column of the access matrix that this actor stands in when they want this. */
function standings(actor: Actor, permission: Permission): readonly string[] {
  switch (actor.kind) {
    case 'nobody': return ['anyone']
    case 'reporter': return ['anyone', 'reporter']
    case 'guest': return ['anyone', 'guest']
    case 'person': return ['anyone', 'person']
    case 'member': return isShut(actor, permission) ? ['anyone', 'person'] : ['anyone', 'person', ...actor.roles]
    case 'machine': return ['anyone', 'machine', ...actor.roles]
    case 'system': return []
  }
}

/** Whether the actor's roles carry the permission. A job of ours carries all of them; nothing outside can become one. */
export function may(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind === 'member' && !isShut(actor, permission) && (actor.grants?.includes(permission) || actor.lent?.includes(permission))) return true
  const allowed: readonly string[] = permissions[permission]
  return standings(actor, permission).some((role) => allowed.includes(role))
}

/** An API key reaches only the operations it was made for, whatever its roles carry. */
export function inScope(actor: Actor, operation: string): boolean {
  return actor.kind !== 'machine' || actor.verbs === 'all' || actor.verbs.includes(operation)
}

/** Whoever acts, where it takes a person of the team: what is somebody's own to do no key does for them. */
export function demandMember(actor: Actor): Member {
  if (actor.kind !== 'member') throw new Refused('people_only', 'This takes a person who is signed in, not a key.')
  return actor
}

/** Deny by default. A visitor is asked to sign in; somebody who has is told which permission is missing. */
export function demand(actor: Actor, permission: Permission, operation?: string): void {
  if (may(actor, permission) && (operation === undefined || inScope(actor, operation))) return
  if (actor.kind === 'nobody' || actor.kind === 'reporter' || actor.kind === 'guest' || actor.kind === 'person') throw new Unauthenticated()
  if (actor.kind === 'member' && actor.withheld) throw new SecondFactorNeeded()
  if (actor.kind === 'member' && actor.heldBack) throw new HeldBack(actor.heldBack, actor.heldHow?.at)
  throw new Forbidden(permission)
}

/**
 * What is dangerous takes more than a session that somebody may have left open: a second factor shown minutes ago. A key does it only
 * where it was made for this very operation.
 */
export function demandConfirmed(actor: Actor, operation: string): void {
  const signedIn = actor.kind === 'member' || actor.kind === 'person'
  if (actor.kind === 'system' || (signedIn && actor.confirmed)) return
  if (signedIn) throw new ConfirmationNeeded()
  if (actor.kind !== 'machine') throw new Unauthenticated()
  if (actor.verbs === 'all') throw new Refused('key_too_wide', `This takes a key that was made for ${operation}. Make one that names it.`)
}
