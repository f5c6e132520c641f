import type { Route } from '../../base/route.ts'

/** Every route of this area. */
export const routes: readonly Route[] = []
