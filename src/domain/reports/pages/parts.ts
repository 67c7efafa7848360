import type { HtmlEscapedString } from 'hono/utils/html'
import type { Permission } from '../../../access/roles.ts'
import type { Page } from '../../../web/page.ts'
import type { ReportView } from '../read-report.ts'

type Drawn = HtmlEscapedString | Promise<HtmlEscapedString> | null

/** A part of a report's page that belongs to another folder: what the mail said, which facts were checked, how the embargo stands. */
export interface Part {
  readonly name: string
  /** `case` is the team's page, in its main column or beside it; `track` is the reporter's. */
  readonly on: 'case' | 'case-side' | 'track'
  /** Parts of one place stand in this order. Of those in a case's main column, what is below 50 stands before what was reported, the rest after. */
  readonly order: number
  readonly may?: Permission
  /** Null where there is nothing to show. Reads through `page.reading` or a query, so that the actor decides what is seen. */
  draw(page: Page, report: ReportView): Drawn | Promise<Drawn>
}

const parts: Part[] = []

/** Puts a part on the page of every report. Called once, where the module that owns it is declared. */
export function addPart(part: Part): void {
  parts.push(part)
  parts.sort((a, b) => a.order - b.order)
}

/** What several parts of a page show is read once for all of them. */
export function readOnce<T>(read: (page: Page, report: ReportView) => Promise<T>): typeof read {
  const known = new WeakMap<ReportView, Promise<T>>()
  return (page, report) => {
    const reading = known.get(report) ?? read(page, report)
    known.set(report, reading)
    return reading
  }
}

/** What others have to show on this page, in order. */
export async function drawParts(page: Page, report: ReportView, on: Part['on'],
  orders: readonly [from: number, below: number] = [0, Infinity]): Promise<HtmlEscapedString[]> {
  const [from, below] = orders
  const here = parts.filter((part) => part.on === on && part.order >= from && part.order < below && (!part.may || page.may(part.may)))
  const drawn = await Promise.all(here.map(async (part) => await part.draw(page, report)))
  return drawn.filter((one) => one !== null)
}
