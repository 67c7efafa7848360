import { Invalid } from '../../lib/errors.ts'
import type { Box } from './find.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import type { TrackerKind } from './tables.ts'
import type { Line, Tracker } from './tracker.ts'

interface Described {
  readonly name: string
  readonly base: string
  /** What its projects are called: `owner/repository`, `group/subgroup/project`. */
  readonly project: RegExp
  readonly projectHint: string
  open(line: Line): Tracker
}

export const trackers: Record<TrackerKind, Described> = {
  github: {
    name: 'GitHub', base: 'https://api.github.com', open: github,
    project: /^[\w-]+\/[\w.-]+$/, projectHint: 'Write owner/repository, such as acme/security.',
  },
  gitlab: {
    name: 'GitLab', base: 'https://gitlab.com', open: gitlab,
    project: /^[\w.-]+(\/[\w.-]+)+$/, projectHint: 'Write the whole path, such as acme/security.',
  },
}

/** Checks what was entered and fills in the address of the public service. */
export function whereOf(kind: TrackerKind, { base, project }: { base: string; project: string }): Pick<Box, 'base' | 'project'> {
  const { base: usual, project: form, projectHint } = trackers[kind]
  if (!form.test(project) || project.split('/').some((part) => /^\.+$/.test(part))) throw new Invalid({ project: projectHint })
  const { search, hash, username } = new URL(base || usual)
  if (search || hash || username) throw new Invalid({ base: 'Write the address alone, without a name, a question mark or a # in it.' })
  return { base: (base || usual).replace(/\/+$/, ''), project }
}
