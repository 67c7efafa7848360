declare module '../../../db/tables.ts' {
  interface Tables {
    directory_keys: DirectoryKeyRow
    directory_users: DirectoryUserRow
    directory_groups: DirectoryGroupRow
    directory_group_members: DirectoryGroupMemberRow
  }
}

export interface DirectoryKeyRow {
  organization_id: string
  id: string
  token_hash: Buffer
  name: string
  created_by: string
  created_at: Date
  expires_at: Date
  used_at: Date | null
  revoked_at: Date | null
}

export interface DirectoryUserRow {
  organization_id: string
  id: string
  account_id: string
  box: Buffer
  user_name_hash: Buffer
  external_id_hash: Buffer | null
  active: boolean
  created_at: Date
  changed_at: Date
}

export interface DirectoryGroupRow { organization_id: string; id: string; name: string; external_id: string | null; created_at: Date; changed_at: Date }
export interface DirectoryGroupMemberRow { organization_id: string; group_id: string; user_id: string }
