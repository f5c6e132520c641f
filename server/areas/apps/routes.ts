import type { Route } from '../../base/route.ts'
import { catalogRoutes } from './catalog-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { licenseRoutes } from './license-routes.ts'

/** Every route of this area. */
export const routes: readonly Route[] = [...catalogRoutes, ...licenseRoutes, ...fileRoutes]
