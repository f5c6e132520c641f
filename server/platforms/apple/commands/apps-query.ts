import { appsIn } from '../lists.ts'
import { mobile } from './eligibility.ts'
import { listQuery } from './list-query.ts'

/** Asks which apps are installed. */
export const appsQuery = listQuery({
  kind: 'apps.query',
  requestType: 'InstalledApplicationList',
  managed: 'ManagedAppsOnly',
  list: 'apps',
  itemsIn: appsIn,
  terms: {
    on: { ...mobile('5.0'), macos: { since: '10.7' }, tvos: { since: '10.2' } },
    rights: ['inspectApps'],
    userEnrollment: true,
    accounts: ['macos'],
  },
})
