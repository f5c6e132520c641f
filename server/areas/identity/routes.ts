import type { Route } from '../../base/route.ts'
import { adminRoutes } from './admin-routes.ts'
import { meRoutes } from './me-routes.ts'
import { orgRoutes } from './org-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** The routes of identity. */
export const routes: readonly Route[] = [...signInRoutes, ...meRoutes, ...orgRoutes, ...adminRoutes]
