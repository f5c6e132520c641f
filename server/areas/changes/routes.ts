import type { Route } from '../../base/route.ts'
import { changeRoutes } from './change-routes.ts'
import { importRoutes } from './import-routes.ts'
import { tagRoutes } from './tag-routes.ts'

/** The routes of changes. */
export const routes: readonly Route[] = [...importRoutes, ...changeRoutes, ...tagRoutes]
