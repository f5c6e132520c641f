import type { custody as source } from '../en/custody.ts'

/** Texts of this part of the console. */
export const custody = {} as const satisfies Record<keyof typeof source, string>
