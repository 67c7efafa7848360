import type { ColumnType } from 'kysely'

/** Comes later in a row's life, and is left out when it is inserted. */
export type Later<T> = ColumnType<T | null, T | null | undefined, T | null>
