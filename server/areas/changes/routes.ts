import type { Route } from '../../base/route.ts'
import { importRoutes } from './import-routes.ts'

/** The routes of changes. */
export const routes: readonly Route[] = [...importRoutes]
