declare module '../db/tables.ts' {
  interface Tables {
    sign_in_providers: SignInProviderRow
    sign_in_domains: SignInDomainRow
    sign_in_exceptions: SignInExceptionRow
    provider_identities: ProviderIdentityRow
    group_roles: GroupRolesRow
  }
}

export interface SignInProviderRow {
  organization_id: string
  name: string
  issuer: string
  client_id: string
  key_id: string
  secret_box: Buffer
  groups_claim: string
  trusts_second_factor: boolean
  configured_at: Date
}

export interface SignInDomainRow {
  organization_id: string
  domain: string
  proof: string
  claimed_at: Date
  looked_at: Date | null
  proved_at: Date | null
  missing_since: Date | null
  required_at: Date | null
}

export interface SignInExceptionRow { organization_id: string; account_id: string; named_by: string | null; named_at: Date }
export interface ProviderIdentityRow { organization_id: string; subject_hash: Buffer; account_id: string; linked_at: Date; entered_at: Date }
export interface GroupRolesRow { organization_id: string; group_name: string; roles: string[] }
