/**
 * What the receiving side said, in words: the codes of RFC 3463 as they come in practice. Class 4 passes, class 5 does not; subject and
 * detail say what it was about.
 */
const details: Record<string, string> = {
  '1.1': 'there is no such mailbox', '1.2': 'there is no such mail domain', '1.3': 'the address is not well formed', '1.6': 'the mailbox has moved',
  '1.10': 'the domain takes no mail', '2.0': 'something is wrong with the mailbox', '2.1': 'the mailbox is closed', '2.2': 'the mailbox is full',
  '2.3': 'the mail is too large', '3.4': 'the mail is too large', '4.1': 'their mail server does not answer', '4.2': 'the connection was cut',
  '4.4': 'no way to their mail server was found', '4.7': 'it was tried too long', '5.0': 'the mail servers do not understand each other',
  '7.0': 'it was refused for reasons of security', '7.1': 'the server refuses mail from us',
  '7.26': 'the check of our sender address failed (SPF, DKIM or DMARC)',
}

const subjects: Record<string, string> = {
  0: 'no reason was given', 1: 'something is wrong with the address', 2: 'something is wrong with the mailbox', 3: 'their mail system has a problem',
  4: 'the way there failed', 5: 'the mail servers do not understand each other', 6: 'the content was refused', 7: 'it was refused by a policy',
}

/** `5.1.1` → “there is no such mailbox (5.1.1)”. */
export function statusInWords(status: string | null): string {
  const [, subject, detail] = /^[245]\.(\d+)\.(\d+)$/.exec(status ?? '') ?? []
  if (subject === undefined) return 'no reason was given'
  return `${details[`${subject}.${detail}`] ?? subjects[subject] ?? subjects[0]} (${status})`
}
