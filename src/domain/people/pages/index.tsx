import { Invalid, NotFound } from '../../../lib/errors.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import { download } from '../../../web/download.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { TakeFile } from '../../../web/multipart.ts'
import type { Page } from '../../../web/page.ts'
import { addPerson, changePerson, endPerson } from '../change-team.ts'
import { exportTeam, listTeam } from '../export-team.ts'
import { importTeam, previewTeam } from '../import-team.ts'
import { ImportPage, type Preview } from './import.tsx'
import { drawParts } from './parts.ts'
import { NewPersonPage, PersonPage } from './person.tsx'
import { TeamPage } from './team.tsx'

const read = { may: 'people.read' } as const

export function peoplePages(web: Web): void {
  web.get('/desk/people', read, async (page) => <TeamPage page={page} {...await page.read(listTeam, {})} />)
  web.get('/desk/people/export', read, async (page) => download('people.csv', 'text/csv; charset=utf-8', (await page.read(exportTeam, {})).csv))
  web.get('/desk/people/new', { may: 'people.manage' }, (page) => newPage(page))
  web.form(addPerson, { at: 'POST /desk/people', again: newPage, done: ({ person }) => `/desk/people/${person}` })
  importPages(web)
  web.get('/desk/people/:person', read, (page) => personPage(page))
  web.form(changePerson, { at: 'POST /desk/people/:person', again: personPage, done: ({ person }) => `/desk/people/${person}` })
  web.form(endPerson, { at: 'POST /desk/people/:person/end', again: personPage, done: ({ person }) => `/desk/people/${person}` })
}

function importPages(web: Web): void {
  const again = (page: Page, input: Entered = {}, errors: FieldErrors = {}) => importPage(page, input, errors)
  web.get('/desk/people/import', { may: 'people.manage' }, (page) => again(page))
  web.post('/desk/people/import/preview', { may: 'people.manage', files: readWhole }, async (page, input) => html(await preview(page, input)))
  web.form(importTeam, {
    at: 'POST /desk/people/import', again,
    done({ added, changed, ended }, page) {
      page.say(`Imported: ${added} added, ${changed} changed, ${ended} ended.`)
      return '/desk/people'
    },
  })
}

const mostBytes = 1_500_000

/** The file's text takes the place of the file, so that it can be looked at before anything is done. */
const readWhole: TakeFile = async (field, _file, content) => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.byteLength
    if (size > mostBytes) throw new Invalid({ [field]: 'The file is larger than 1.5 MB. Split it.' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A file that was sent wins over what stands in the field. */
async function preview(page: Page, input: Entered) {
  const [text, ends] = [textOf(input, 'file') || textOf(input, 'text'), textOf(input, 'end_missing')]
  const kept = { text, end_missing: ends }
  try {
    return importPage(page, kept, {}, await page.read(previewTeam, { text, end_missing: ends === 'yes' }))
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return importPage(page, kept, error.fields)
  }
}

/** Drawn again after a refusal, it says at once which lines are wrong. */
const importPage = (page: Page, input: Entered, errors: FieldErrors, of?: Preview) => <ImportPage page={page} input={input} errors={errors} of={of} />

const newPage = async (page: Page, input?: Entered, errors?: FieldErrors) =>
  <NewPersonPage page={page} people={(await page.read(listTeam, {})).people} draft={{ input, errors }} />

async function personPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const { people } = await page.read(listTeam, {})
  const person = people.find(({ id }) => id === page.param('person'))
  if (!person) throw new NotFound()
  return <PersonPage page={page} person={person} people={people} parts={await drawParts(page, person.id)} draft={{ input, errors }} />
}
