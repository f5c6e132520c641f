import type { updates as source } from '../en/updates.ts'

/** Texts of this part of the console. */
export const updates = {} as const satisfies Record<keyof typeof source, string>
