import { largestPage } from './list-directory.ts'
import { enterprise } from './users.ts'

/** What our SCIM can do, as it says of itself (RFC 7643, sections 5 to 7). No secret is in it, so it is told to anybody. */
export const core = 'urn:ietf:params:scim:schemas:core:2.0'
export const userSchema = `${core}:User`
export const groupSchema = `${core}:Group`

export const serviceProviderConfig = {
  schemas: [`${core}:ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: largestPage },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [{
    type: 'oauthbearertoken', name: 'Bearer token', description: 'A key of the directory, made at the desk, in the Authorization header.', primary: true,
  }],
  meta: { resourceType: 'ServiceProviderConfig', location: '/ServiceProviderConfig' },
}

const resourceType = (name: string, endpoint: string, schema: string) =>
  ({ schemas: [`${core}:ResourceType`], id: name, name, endpoint, schema, meta: { resourceType: 'ResourceType', location: `/ResourceTypes/${name}` } })

export const resourceTypes = [resourceType('User', '/Users', userSchema), resourceType('Group', '/Groups', groupSchema)]

interface More { readonly required?: boolean; readonly multiValued?: boolean; readonly uniqueness?: string; readonly mutability?: string }

const attribute = (name: string, type: string, description: string, more: More = {}, subAttributes?: readonly object[]) => ({
  name, type, multiValued: false, description, required: false, caseExact: false, mutability: 'readWrite', returned: 'default', uniqueness: 'none', ...more,
  ...subAttributes && { subAttributes },
})

const value = (description: string) => attribute('value', 'string', description)
const reference = (to: string) => ({ ...attribute('$ref', 'reference', 'The address of the resource.', { mutability: 'readOnly' }), referenceTypes: [to] })

const userAttributes = [
  attribute('userName', 'string', 'The name by which the directory knows somebody.', { required: true, uniqueness: 'server' }),
  attribute('name', 'complex', 'The parts of the name.', {}, [
    attribute('formatted', 'string', 'The whole name.'),
    attribute('givenName', 'string', 'The given name.'),
    attribute('familyName', 'string', 'The family name.'),
  ]),
  attribute('displayName', 'string', 'The name that colleagues see.'),
  attribute('emails', 'complex', 'Mail addresses; the primary one names the account.', { multiValued: true }, [
    value('The address.'), attribute('type', 'string', 'work, home or other.'), attribute('primary', 'boolean', 'Whether it is the one to use.'),
  ]),
  attribute('active', 'boolean', 'Whether somebody may enter; false ends sessions and keys at once.'),
  attribute('title', 'string', 'What they are by profession.'),
  attribute('addresses', 'complex', 'Where they work; of an address the country alone is kept.', { multiValued: true }, [
    attribute('country', 'string', 'ISO 3166-1 alpha-2.'), attribute('type', 'string', 'work, home or other.'),
    attribute('primary', 'boolean', 'Whether it is the one that counts.'),
  ]),
  attribute('groups', 'complex', 'The groups that somebody is in.', { multiValued: true, mutability: 'readOnly' }, [
    value('The id of the group.'), reference('Group'), attribute('display', 'string', 'Its name.'),
  ]),
]

const groupAttributes = [
  attribute('displayName', 'string', 'The name of the group. The desk decides what its people may do.', { required: true, uniqueness: 'server' }),
  attribute('members', 'complex', 'Who is in it.', { multiValued: true }, [
    attribute('value', 'string', 'The id of the user.', { mutability: 'immutable' }), reference('User'),
    attribute('type', 'string', 'User.', { mutability: 'immutable' }),
  ]),
]

const enterpriseAttributes = [
  attribute('department', 'string', 'The department.'),
  attribute('manager', 'complex', 'Whom they work for.', {}, [value('The id of the user who is.')]),
]

const schema = (id: string, name: string, description: string, attributes: readonly object[]) =>
  ({ schemas: [`${core}:Schema`], id, name, description, attributes, meta: { resourceType: 'Schema', location: `/Schemas/${id}` } })

export const schemas = [
  schema(userSchema, 'User', 'Somebody of the team', userAttributes), schema(enterprise, 'EnterpriseUser', 'What a company knows of them',
    enterpriseAttributes),
  schema(groupSchema, 'Group', 'A group of people', groupAttributes),
]
