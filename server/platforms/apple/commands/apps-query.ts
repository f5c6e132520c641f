import type { JsonValue } from '../../../areas/devices/index.ts'
import { namedApps } from '../../../areas/privacy/index.ts'
import { noteInstalled } from '../apps/listed.ts'
import { appsIn } from '../lists.ts'
import { mobile } from './eligibility.ts'
import { listQuery } from './list-query.ts'

/**
 * Asks which apps are installed. The answer does not say which of them the org manages, and a device may name others than it was asked for:
 * managed are those that the charter names.
 */
export const appsQuery = listQuery({
  kind: 'apps.query',
  requestType: 'InstalledApplicationList',
  managed: 'ManagedAppsOnly',
  list: 'apps',
  itemsIn: appsIn,
  onListed: async (ctx, { enrollment, device, account }, items) => {
    if (account === '') await noteInstalled(ctx, { enrollment, device }, items)
  },
  mark: async (ctx, items) => {
    const named = await namedApps(ctx)
    return items.map(i => (isRecord(i) && named.has(String(i.identifier)) ? { ...i, managed: true } : i))
  },
  terms: {
    on: { ...mobile('5.0'), macos: { since: '10.7' }, tvos: { since: '10.2' } },
    rights: ['inspectApps'],
    userEnrollment: true,
    accounts: ['macos'],
  },
})

function isRecord(value: JsonValue): value is Record<string, JsonValue> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
