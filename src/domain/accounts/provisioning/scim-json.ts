import { enterprise } from './users.ts'

/**
 * What directories send, as the verbs take it. SCIM compares attribute names without regard to case, and leaves out or sends as null what is
 * not there; Entra ID writes booleans as words. Attributes that are not kept are left out.
 */
type Json = Readonly<Record<string, unknown>>

export const userFrom = (json: unknown): Json => picked(json, {
  userName: same, externalId: same, displayName: same, active: yesOrNo,
  name: (name) => picked(name, { formatted: same, givenName: same, familyName: same }),
  emails: each((email) => picked(email, { value: same, type: same, primary: yesOrNo })),
  title: same, addresses: each((address) => picked(address, { type: same, country: same, primary: yesOrNo })),
  [enterprise]: (extension) => picked(extension, { department: same, manager: managerFrom }),
})

export const groupFrom = (json: unknown): Json => picked(json, {
  displayName: same, externalId: same, members: each((member) => picked(member, { value: same })),
})

export const patchFrom = (json: unknown): Json => picked(json, { Operations: each((one) => picked(one, { op: same, path: same, value: same })) })

/** Some directories write the id alone. */
const managerFrom: Take = (manager) => typeof manager === 'string' ? { value: manager } : picked(manager, { value: same })

type Take = (value: unknown) => unknown
const same: Take = (value) => value
const each = (take: Take): Take => (value) => Array.isArray(value) ? value.map(take) : value
const yesOrNo: Take = (value) => typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value

function picked(json: unknown, takes: Readonly<Record<string, Take>>): Json {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {}
  const given = Object.entries(json)
  return Object.fromEntries(Object.entries(takes).flatMap(([name, take]) => {
    const [, value] = given.find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? []
    return value === undefined || value === null ? [] : [[name, take(value)]]
  }))
}
