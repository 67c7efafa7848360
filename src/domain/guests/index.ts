import type { Module } from '../../web/module.ts'
import { inviteGuest, removeGuest } from './invite-guest.ts'
import './kinds.ts'
import { askMediation, concludeMediation, requestMediation } from './mediate.ts'
import { listMediators, nameMediator, retireMediator } from './mediators.ts'
import { guestPages } from './pages/index.tsx'
import { readCase } from './read-case.ts'
import { guestActor } from './session.ts'
import './tables.ts'
import { writeAsGuest, writeToGuest } from './talk.ts'

/**
 * Guests: people from outside who are let into one case, and mediators, who are guests that both sides may call in.
 * What may never happen: a guest sees another case, a part that was not ticked, a note, another guest's channel, or who reported; a guest who was
 * removed sees anything.
 */
export const guests: Module = {
  name: 'guests',
  verbs: [inviteGuest, removeGuest, writeAsGuest, writeToGuest, nameMediator, retireMediator, requestMediation, askMediation, concludeMediation],
  queries: [readCase, listMediators],
  recognise: guestActor,
  pages: guestPages,
}

export { guestsOf, tellGuests } from './guest.ts'
export { addGuestPart } from './pages/guest-parts.ts'
export { guestBehind } from './talk.ts'
