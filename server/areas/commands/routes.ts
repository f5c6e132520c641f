import type { Route } from '../../base/route.ts'

/** The routes of commands. */
export const routes: readonly Route[] = []
