import type { HtmlEscapedString } from 'hono/utils/html'
import type { Guest } from '../../../access/actor.ts'
import type { Page } from '../../../web/page.ts'

type Draw = (page: Page, guest: Guest) => Promise<HtmlEscapedString | null>

const parts: Draw[] = []

/** Puts a part of another folder on the page of every guest. Called once, where the module that owns it is declared. */
export const addGuestPart = (draw: Draw): void => void parts.push(draw)

/** What others have to show to this guest. */
export async function drawGuestParts(page: Page, guest: Guest): Promise<HtmlEscapedString[]> {
  const drawn = await Promise.all(parts.map((draw) => draw(page, guest)))
  return drawn.filter((one) => one !== null)
}
