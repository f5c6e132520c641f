import type { Route } from '../../base/route.ts'
import { adminRoutes } from './admin-routes.ts'
import { groupRoutes } from './group-routes.ts'
import { meRoutes } from './me-routes.ts'
import { passkeyRoutes } from './passkey-routes.ts'
import { orgRoutes } from './org-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { userRoutes } from './user-routes.ts'

/** The routes of identity. */
export const routes: readonly Route[] = [
  ...signInRoutes,
  ...meRoutes,
  ...passkeyRoutes,
  ...orgRoutes,
  ...userRoutes,
  ...groupRoutes,
  ...adminRoutes,
]
