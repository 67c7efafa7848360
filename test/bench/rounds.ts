import type { Installation } from './installation.ts'
import type { RawTwin } from './raw-twin.ts'
import { perSecond, processorEach, taken, together, told, type Taken } from './taken.ts'

export interface Race {
  readonly installation: Installation
  readonly twin: RawTwin
  readonly clients: number
  readonly rounds: number
  readonly perRound: number
  /** One act, complete when it is durable. */
  act(n: number): Promise<unknown>
}

/**
 * Ours and the plain client's rows by turns, so that a busy neighbour troubles both. Before the watch starts a round is run: code is compiled and
 * statements are prepared by then, as in a server that has run for a minute. Prints each round, and all together.
 */
export async function race(what: string, { installation, twin, clients, rounds, perRound, act }: Race): Promise<void> {
  const { server: { pid }, settled } = installation
  let n = 0
  const ours = () => taken(pid, async () => {
    const end = n + perRound
    await Promise.all(Array.from({ length: clients }, async () => { while (n < end) await act(n++) }))
    await settled()
    return perRound
  })
  const results: { ours: Taken; raw: Taken }[] = []
  for (let round = 0; round <= rounds; round++) {
    const own = await ours()
    const rows = await twin.rowsSince()
    if (rows.length !== perRound && round > 0) throw new Error(`${rows.length} of ${perRound} were written`)
    const result = { ours: own, raw: await taken(pid, () => twin.insert(rows)) }
    if (round > 0) results.push(result)
    console.log(`${round ? `round ${round}` : 'warm-up'}  ${perSecond(own).toFixed(0)} and ${perSecond(result.raw).toFixed(0)}/s`)
  }
  const [ownInAll, rawInAll] = [together(results.map(({ ours }) => ours)), together(results.map(({ raw }) => raw))]
  console.log(`${what.padEnd(13)}${told(ownInAll, 'ours')}`)
  console.log(`${'raw inserts'.padEnd(13)}${told(rawInAll, 'the client’s')}`)
  const byClock = results.map(({ ours, raw }) => percent(perSecond(ours) / perSecond(raw)))
  console.log(`${'ratio'.padEnd(13)}${percent(perSecond(ownInAll) / perSecond(rawInAll))} % by the clock (${byClock.join(', ')}), `
    + `${percent(processorEach(rawInAll) / processorEach(ownInAll))} % by processor time`)
}

const percent = (share: number) => Math.round(100 * share)
