import type { AnyJobKind } from '../../base/jobs.ts'

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = []
