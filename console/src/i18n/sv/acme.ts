import type { acme as source } from '../en/acme.ts'

/** Texts of this part of the console. */
export const acme = {} as const satisfies Record<keyof typeof source, string>
