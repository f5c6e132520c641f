import { type Expression, type SqlBool, sql } from 'kysely'

/** What some fields of the filter mean in the table of alerts. */
export const conditionOf = {
  severity: (rank: number): Expression<SqlBool> => sql<SqlBool>`severity = ${rank}`,
  snoozed: (yes: boolean, now: number): Expression<SqlBool> =>
    yes ? sql<SqlBool>`snoozed_until > ${now}` : sql<SqlBool>`(snoozed_until IS NULL OR snoozed_until <= ${now})`,
  /** `me`, `none`, or an id. */
  assigned: (value: string, me: string | null): Expression<SqlBool> =>
    value === 'none' ? sql<SqlBool>`assignee IS NULL` : sql<SqlBool>`assignee = ${value === 'me' ? me : value}`,
}
