import { type Business, startBusiness } from '../../simulator/outside/business/business.ts'
import { startWeb } from '../../simulator/outside/web/web.ts'

export type { Business }

/** Apple's portal by its API, and where locks are lifted, which takes any code. */
export async function startPortal() {
  const business = await startBusiness()
  const unlock = await startWeb(() => ({ body: {} }))
  const outside = [
    { setting: 'MUSTER_BUSINESS_URL', url: business.url, ca: business.ca },
    { setting: 'MUSTER_ACCOUNT_URL', url: business.url, ca: business.ca },
    { setting: 'MUSTER_UNLOCK_URL', url: `${unlock.url}/unlock`, ca: unlock.ca },
  ]
  return { business, outside, close: () => Promise.all([business.close(), unlock.close()]) }
}
