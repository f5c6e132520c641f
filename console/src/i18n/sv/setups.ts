import type { setups as source } from '../en/setups.ts'

/** Texts of this part of the console. */
export const setups = {} as const satisfies Record<keyof typeof source, string>
