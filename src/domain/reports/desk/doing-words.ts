/** What somebody did, as it goes on after their name: “Grace acknowledged it”. */
export const wordsOfEntry: Readonly<Record<string, string>> = {
  'report.acknowledged': 'acknowledged it', 'report.question-asked': 'asked the reporter something', 'report.answered': 'answered',
  'report.update-sent': 'wrote to the reporter', 'report.verification-started': 'began to verify it', 'report.verified': 'verified it',
  'report.accepted': 'accepted it', 'report.fix-started': 'began the fix', 'report.fixed': 'said that the fix is live', 'report.resolved': 'resolved it',
  'report.closed': 'closed it', 'report.reopened': 'opened it again', 'retest.requested': 'asked for a retest', 'retest.passed': 'found that the fix holds',
  'retest.failed': 'found that the fix does not hold', 'report.restricted': 'restricted it', 'report.opened-to-team': 'opened it to the team',
  'report.appealed': 'appealed', 'report.appeal-decided': 'decided the appeal', 'report.disclosed': 'published it',
}

const wordsOfDeed: Readonly<Record<string, string>> = {
  assigned: 'changed whose it is', tagged: 'changed its tags', watched: 'watches it', unwatched: 'watches it no longer', linked: 'linked it',
    unlinked: 'took a link away',
  noted: 'wrote a note', mentioned: 'wrote a note', 'draft-discarded': 'discarded a draft', 'task-added': 'added a task', 'task-done': 'ticked off a task',
  'task-reopened': 'opened a task again', 'fields-set': 'filled in fields', undone: 'took back what they had done',
}

export const doingWords = (what: string): string => wordsOfEntry[what] ?? wordsOfDeed[what] ?? 'worked on it'

/** For the subject of a letter, which names nobody: “R-7KQ2-MX4D: somebody acknowledged it”. */
export const happenedInWords = (what: string): string => what === 'report.answered' ? 'the reporter answered' : `somebody ${doingWords(what)}`
