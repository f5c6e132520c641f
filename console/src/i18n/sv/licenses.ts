import type { licenses as source } from '../en/licenses.ts'

/** Texts of this part of the console. */
export const licenses = {} as const satisfies Record<keyof typeof source, string>
