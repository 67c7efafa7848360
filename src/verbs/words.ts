import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

const formats: Record<string, string> = {
  email: 'Enter a mail address, such as name@example.org.',
  url: 'Enter a whole address, such as https://example.org/page.',
  uuid: 'Enter a valid id.',
  date: 'Enter a date as year-month-day, such as 2026-03-31.',
  datetime: 'Enter a date and time, such as 2026-03-31T17:00:00Z.',
  regex: 'Enter it in the form shown.',
}

const types: Record<string, string> = {
  number: 'Enter a number.', int: 'Enter a whole number.', boolean: 'Choose yes or no.', array: 'Give a list.', object: 'Give an object with named fields.',
  string: 'Enter text.', date: 'Enter a date.',
}

/** What to do about one thing that is wrong with the input. A schema's own message goes before this one. */
export function sentence(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined ? 'This is needed.' : types[issue.expected as string] ?? 'Enter this in another form.'
    case 'too_small': return tooSmall(issue)
    case 'too_big': return tooBig(issue)
    case 'invalid_format': return formats[issue.format as string] ?? 'Enter it in the form shown.'
    case 'invalid_value': return issue.input === undefined ? 'Choose one.' : `Choose one of: ${(issue.values as unknown[]).join(', ')}.`
    case 'unrecognized_keys': return 'There is no such field.'
    case 'not_multiple_of': return `Enter a multiple of ${issue.divisor}.`
    default: return 'This cannot be accepted as it is.'
  }
}

function tooSmall({ origin, minimum, inclusive }: Issue): string {
  const least = Number(minimum)
  if (origin === 'string') return least <= 1 ? 'This is needed.' : `Write at least ${least} characters.`
  if (origin === 'array' || origin === 'set') return least <= 1 ? 'Give at least one.' : `Give at least ${least}.`
  return inclusive === false ? `Enter more than ${least}.` : `Enter ${least} or more.`
}

function tooBig({ origin, maximum, inclusive }: Issue): string {
  const most = Number(maximum)
  if (origin === 'string') return `Keep it to ${most.toLocaleString('en')} characters.`
  if (origin === 'array' || origin === 'set') return `Give at most ${most}.`
  return inclusive === false ? `Enter less than ${most}.` : `Enter ${most} or less.`
}
