import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { postNewLink } from './letters.ts'
import { demandRoomForLink, findReportLink, reportOfLink, useReportLink } from './report-links.ts'

const Token = z.string().min(20).max(100).describe('The token from the mailed link')

export const openReportLink = verb({
  name: 'report.open-link', summary: 'Opens your report by the link that was mailed to you, once.', may: 'public.read', entries: [],
  input: z.object({ token: Token }),
  output: z.object({ session: z.string() }),
  async run({ tx }, { token }) {
    await reportOfLink(tx, await findReportLink(tx, token))
    return { session: await useReportLink(tx, token) }
  },
})

export const mailReportLink = verb({
  name: 'report.mail-link', summary: 'Mails a new link to the address that reported, in place of one that is over.', may: 'public.read', entries: [],
  input: z.object({ token: Token }),
  async run({ tx }, { token }) {
    const report = await reportOfLink(tx, await findReportLink(tx, token, true))
    await demandRoomForLink(tx, report.id)
    await postNewLink(tx, report)
  },
})
