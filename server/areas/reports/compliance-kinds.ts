import type { Kind } from './kind.ts'

/** Kinds that tell of verdicts. */
export const complianceKinds: readonly Kind[] = []
