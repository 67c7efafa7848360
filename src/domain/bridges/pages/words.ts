import type { Problem } from '../tracker.ts'

/** What went wrong, and what to do about it. */
const problems: Record<Problem | 'ended', string> = {
  public: 'The repository is public: everybody would read it. Make it private, or choose another.',
  'not-confidential': 'The issue there is not confidential: others can read it. Make it confidential there.',
  'token-refused': 'The token was refused. It may have ended, or lack a permission.',
  'not-found': 'It was not found there, or the token does not open it.',
  moved: 'It was moved there. Its new place has to be connected.',
  refused: 'The tracker refused what was sent. Its issues may be switched off.',
  'no-answer': 'It did not answer.',
  'address-not-allowed': 'Its address lies inside a private network, which the setting AVOW_PRIVATE_NETWORK allows.',
  limited: 'It asked to be left alone for a while.',
  'not-understood': 'Its answer was not understood. Is this the address of its API?',
  ended: 'The bridge was ended before it was sent.',
}

export const inWords = (problem: string): string => problems[problem as Problem] ?? problem
