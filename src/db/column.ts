import type { ColumnType } from 'kysely'

/** Comes later in a row's life, and is left out when it is inserted. */
export type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

/** What every table's rows begin with: whose they are. */
export interface Owned { organization_id: string }

/** A row that other rows name. */
export interface Named extends Owned { id: string }
