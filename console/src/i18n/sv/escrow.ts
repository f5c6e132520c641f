import type { escrow as source } from '../en/escrow.ts'

/** Texts of this part of the console. */
export const escrow = {} as const satisfies Record<keyof typeof source, string>
