import type { intakes as source } from '../en/intakes.ts'

/** Texts of this part of the console. */
export const intakes = {} as const satisfies Record<keyof typeof source, string>
