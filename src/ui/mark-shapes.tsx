import type { StandingName } from 'avow-verify'

/** What the public reads. */
export const standingWords: Readonly<Record<StandingName, string>> = {
  kept: 'Kept', due: 'Due', broken: 'Target missed', idle: 'Not called for yet', unproven: 'Unproven',
}

/**
 * One shape a standing, so that none needs its colour: a full disc with a tick, a clock, a full square with a cross,
 * a ring with a bar, a broken ring with a question mark. They are drawn beside their words and hidden from screen readers.
 */
export const MarkShape = ({ of }: { of: StandingName }) => <svg class="mark-shape" viewBox="0 0 20 20" aria-hidden="true">{shapes[of]}</svg>

const shapes: Readonly<Record<StandingName, unknown>> = {
  kept: <><circle data-fill cx="10" cy="10" r="9" /><path data-cut d="m6 10.3 2.8 2.8L14.2 7" /></>,
  due: <><circle cx="10" cy="10" r="8" /><path d="M10 5.3V10l3.2 2.2" /></>,
  broken: <><rect data-fill x="1.5" y="1.5" width="17" height="17" rx="2.5" /><path data-cut d="m6.4 6.4 7.2 7.2m0-7.2-7.2 7.2" /></>,
  idle: <><circle cx="10" cy="10" r="8" /><path d="M6.5 10h7" /></>,
  unproven: <><circle cx="10" cy="10" r="8" stroke-dasharray="2.6 3.1" /><path d="M7.8 8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5" /><path d="M10 14.2v.1" /></>,
}
