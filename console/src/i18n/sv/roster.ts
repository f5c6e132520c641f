import type { roster as source } from '../en/roster.ts'

/** Texts of this part of the console. */
export const roster = {} as const satisfies Record<keyof typeof source, string>
