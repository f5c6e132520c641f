import type { Route } from '../../base/route.ts'
import { licenseRoutes } from './license-routes.ts'

/** Every route of this area. */
export const routes: readonly Route[] = [...licenseRoutes]
