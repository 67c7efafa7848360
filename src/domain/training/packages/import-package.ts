import { z } from 'zod'
import { memberRoles } from '../../../access/roles.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid } from '../../../lib/errors.ts'
import { takeStaged } from '../../../seal/attachments.ts'
import { AttachmentId } from '../../../verbs/fields.ts'
import { verb } from '../../../verbs/verb.ts'
import { courses } from '../courses.ts'
import { addVersion } from '../publish-course.ts'
import { readManifest, type Package } from './manifest.ts'
import { openZip } from '../../../lib/open-zip.ts'

export const importPackage = verb({
  name: 'course.import', summary: 'Give the team a course that is a SCORM package (1.2 or 2004), or a new version of one.', may: 'training.manage',
  entries: ['course.published'],
  input: z.object({
    course: courses.Slug.refine((slug) => slug !== 'packages', 'Choose another name: the page of packages has this one.'), package: AttachmentId,
    minutes: z.coerce.number().int().min(1).max(600).default(20).describe('How long it takes'),
    roles: z.array(z.enum(memberRoles)).default([]).describe('Who has to pass it; empty: everyone'),
    again_months: z.coerce.number().int().min(0).max(120).default(12).describe('After how many months it is due again; 0: never'),
  }),
  output: z.object({ course: z.string(), version: z.number(), standard: z.string(), parts: z.number() }),
  async run({ tx }, { course, package: file, minutes, roles, again_months }) {
    const { content: zip, sha256 } = await takeStaged(tx, file)
    const read = await checked(zip)
    const { id, version } = await addVersion(tx, course, {
      title: read.title, body: '', body_sha256: Buffer.from(sha256, 'hex'), minutes, pass_mark: 1, roles, again_months, package: JSON.stringify(read),
    }, { questions: 0, standard: `SCORM ${read.standard}` })
    await keepFiles(tx, id, zip)
    return { course, version, standard: read.standard, parts: read.items.length }
  },
})

/** Reads the manifest and the names of the files. Throws `Invalid` with what is wrong, each with its line. */
async function checked(zip: Buffer): Promise<Package> {
  const paths = new Set<string>()
  let manifest: Buffer | undefined
  for await (const { path, content } of openZip(zip)) {
    paths.add(path.toLowerCase())
    if (path.toLowerCase() === 'imsmanifest.xml') manifest = await content()
  }
  if (!manifest) throw new Invalid({ package: withoutManifest(paths) })
  const { read, problems } = readManifest(decoded(manifest), (path) => paths.has(path.toLowerCase()))
  if (!read) throw new Invalid({ package: problems.map(({ line, message }) => `imsmanifest.xml, line ${line}: ${message}`).join(' ') })
  return read
}

function withoutManifest(paths: ReadonlySet<string>): string {
  const deeper = [...paths].find((path) => path.endsWith('/imsmanifest.xml'))
  if (deeper) return `imsmanifest.xml lies in the folder ${deeper.slice(0, deeper.lastIndexOf('/'))}. Pack the content of the folder, not the folder itself.`
  if (paths.has('cmi5.xml') || paths.has('tincan.xml')) return 'This is a package for xAPI or cmi5. Export it as SCORM 1.2 or SCORM 2004.'
  return 'There is no imsmanifest.xml in it, so it is not a SCORM package.'
}

/** By its byte order mark or its own declaration; UTF-8 without either. */
function decoded(bytes: Buffer): string {
  const declared = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(bytes.toString('latin1', 0, 200))?.[1]
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : declared ?? 'utf-8'
  try { return new TextDecoder(label).decode(bytes) } catch { return new TextDecoder().decode(bytes) }
}

async function keepFiles(tx: Tx, versionId: string, zip: Buffer): Promise<void> {
  for await (const { path, content } of openZip(zip)) {
    await tx.db.insertInto('package_files').values({ organization_id: tx.organizationId, version_id: versionId, path, content: await content() })
      .onConflict((conflict) => conflict.doNothing()).execute()
  }
}
