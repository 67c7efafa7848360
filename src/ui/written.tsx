const LONG_LETTERS = 12_000
const LONG_LINES = 120

/** What somebody else wrote, to the letter. What is very long scrolls in a box of its own, so that what comes after stays within reach. */
export const Written = ({ text }: { text: string }) =>
  isLong(text) ? <p class="as-written as-written-long" tabindex={0}>{text}</p> : <p class="as-written">{text}</p>

const isLong = (text: string): boolean => text.length > LONG_LETTERS || text.split('\n', LONG_LINES + 1).length > LONG_LINES
