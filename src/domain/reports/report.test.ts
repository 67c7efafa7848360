import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { after, arrived, endStates, isOpen, may, stateInWords, states, steps, type Standing, type Step } from './report.ts'

/** Any standing that some sequence of steps leads to. */
const reached = fc.array(fc.constantFrom(...steps), { maxLength: 40 })
  .map((tried) => tried.reduce((standing, step) => (may(step, standing) ? after(step, standing) : standing), arrived))

describe('the states of a report', () => {
  it('are never left by any sequence of steps, and each can be told to the reporter', () => {
    fc.assert(fc.property(reached, ({ state }) => states.includes(state) && stateInWords[state].length > 0))
  })

  it('have a way to the end from wherever a report has come', () => {
    const way: readonly Step[] = ['verify', 'accept', 'fix', 'resolve']
    fc.assert(fc.property(reached, (standing) => {
      const walked = way.reduce((at, step) => (may(step, at) ? after(step, at) : at), standing)
      return !isOpen(walked.state)
    }))
  })

  it('end without a fix from every open state but one whose fix is live', () => {
    fc.assert(fc.property(reached, (standing) => may('close', standing) === (isOpen(standing.state) && standing.state !== 'fixed')))
  })

  it('leave an acknowledgement owed until it is given, however far the report has come', () => {
    fc.assert(fc.property(reached, (standing) => may('acknowledge', standing) === (isOpen(standing.state) && !standing.acknowledged)))
  })

  it('can all be reopened once they are an end, to where the work was left', () => {
    fc.assert(fc.property(reached.filter(({ state }) => !isOpen(state)), (standing) => {
      const again = after('reopen', standing)
      return may('reopen', standing) && again.state === (standing.refused ? 'verifying' : 'fixing') && !again.refused
    }))
  })

  it('never make public what was public a secret again', () => {
    fc.assert(fc.property(reached, fc.constantFrom(...steps), (standing, step) =>
      !standing.disclosed || !may(step, standing) || after(step, standing).disclosed))
  })

  it('call a report that is done and public disclosed, in whichever order that came', () => {
    const walk = (...way: Step[]): Standing => way.reduce((standing, step) => {
      assert.ok(may(step, standing), step)
      return after(step, standing)
    }, arrived)
    for (const way of ['verify accept disclose fix resolve', 'verify accept fix resolve disclose', 'close disclose']) {
      assert.equal(walk(...way.split(' ') as Step[]).state, 'disclosed')
    }
    assert.deepEqual([...endStates], ['resolved', 'closed', 'disclosed'])
  })
})
