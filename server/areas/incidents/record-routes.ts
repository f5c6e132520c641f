import type { Route } from '../../base/route.ts'

/** What is kept about an incident: where the device was, and what was done. */
export const recordRoutes: readonly Route[] = []
