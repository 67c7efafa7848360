import { Conflict, Invalid, Refusal, Refused } from '../../../../lib/errors.ts'
import { statusOf } from '../../../../web/status.ts'
import type { Page } from '../../../../web/page.ts'
import { groupSchema, userSchema } from '../describe-scim.ts'
import type { ListedGroup } from '../groups.ts'
import { enterprise, type ListedUser } from '../users.ts'

const messages = 'urn:ietf:params:scim:api:messages:2.0'

export const scim = (body: object, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/scim+json', ...headers } })

export const listJson = (resources: readonly object[], totalResults = resources.length, startIndex = 1) =>
  ({ schemas: [`${messages}:ListResponse`], totalResults, startIndex, itemsPerPage: resources.length, Resources: resources })

const metaOf = (page: Page, path: string, resourceType: string, { created, lastModified }: { created: string; lastModified: string }) =>
  ({ resourceType, created, lastModified, location: page.address(path) })

export function userJson(page: Page, { created, lastModified, groups, ...user }: ListedUser) {
  return {
    schemas: [userSchema, ...user[enterprise] ? [enterprise] : []], ...user, groups: groups.map((group) => ({ ...group,
      $ref: page.address(`/scim/v2/Groups/${group.value}`) })),
    meta: metaOf(page, `/scim/v2/Users/${user.id}`, 'User', { created, lastModified }),
  }
}

export function groupJson(page: Page, { created, lastModified, members, ...group }: ListedGroup) {
  return {
    schemas: [groupSchema], ...group, members: members.map(({ value }) => ({ value, type: 'User', $ref: page.address(`/scim/v2/Users/${value}`) })),
    meta: metaOf(page, `/scim/v2/Groups/${group.id}`, 'Group', { created, lastModified }),
  }
}

/** `attributes` and `excludedAttributes` (RFC 7644, section 3.9), by the attribute as a whole. */
export function projected(resource: object, query: URLSearchParams): object {
  const listOf = (name: string) => query.get(name)?.split(',').map((path) => path.trim().split(/[.[]/)[0]!.split(':').at(-1)!.toLowerCase())
  const [wanted, unwanted] = [listOf('attributes'), listOf('excludedAttributes')]
  const asked = (name: string) => (wanted?.includes(name) ?? true) && !unwanted?.includes(name)
  return Object.fromEntries(Object.entries(resource).filter(([name]) => ['schemas', 'id', 'meta'].includes(name) || asked(name.toLowerCase())))
}

/** A refusal in SCIM's own form (RFC 7644, section 3.12). What nobody foresaw is thrown on, to be logged. */
export function scimError(error: unknown): Response {
  if (error instanceof SyntaxError) return failed(400, 'This is not JSON.', 'invalidSyntax')
  if (!(error instanceof Refusal)) throw error
  if (error instanceof Invalid) return failed(400, Object.entries(error.fields).map(([field, words]) => `${field}: ${words}`).join(' '), 'invalidValue')
  if (error instanceof Conflict) return failed(409, error.message, 'uniqueness')
  // Codes of the protocol, and no others, are in its own spelling.
  if (error instanceof Refused && /^(invalid|no)[A-Z]/.test(error.code)) return failed(400, error.message, error.code)
  return failed(statusOf(error) ?? 400, error.message)
}

const failed = (status: number, detail: string, scimType?: string): Response => scim(
  { schemas: [`${messages}:Error`], status: String(status), detail, ...scimType && { scimType } }, status,
  status === 401 ? { 'www-authenticate': 'Bearer realm="avow directory"' } : {},
)
