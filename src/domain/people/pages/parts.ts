import type { HtmlEscapedString } from 'hono/utils/html'
import type { Page } from '../../../web/page.ts'

/** A part of a person's page that belongs to another folder: what they answer for, what is to be done for them. */
export interface PersonPart {
  /** Parts stand in this order. */
  readonly order: number
  /** Null where there is nothing to show. Reads through a query, so that the actor decides what is seen. */
  draw(page: Page, personId: string): Promise<HtmlEscapedString | null>
}

const parts: PersonPart[] = []

/** Puts a part on the page of every person. Called once, where the module that owns it is declared. */
export function addPersonPart(part: PersonPart): void {
  parts.push(part)
  parts.sort((a, b) => a.order - b.order)
}

/** What others have to show on this page, in order. */
export async function drawParts(page: Page, personId: string): Promise<HtmlEscapedString[]> {
  return (await Promise.all(parts.map((part) => part.draw(page, personId)))).filter((one) => one !== null)
}
