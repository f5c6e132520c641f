import type { Route } from '../../base/route.ts'
import { assignmentRoutes } from './assignment-routes.ts'
import { blueprintRoutes } from './blueprint-routes.ts'
import { countRoutes } from './count-routes.ts'
import { policyRoutes } from './policy-routes.ts'
import { previewRoutes } from './preview-routes.ts'
import { testRoutes } from './test-routes.ts'
import { whyRoutes } from './why-routes.ts'

/** The routes of the previews area. */
export const routes: readonly Route[] = [
  ...policyRoutes,
  ...blueprintRoutes,
  ...assignmentRoutes,
  ...previewRoutes,
  ...testRoutes,
  ...countRoutes,
  ...whyRoutes,
]
