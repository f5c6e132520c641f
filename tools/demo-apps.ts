import { storeApps } from '../simulator/outside/store/catalog.ts'
import type { caller } from './call.ts'

type Call = ReturnType<typeof caller>

/** What the first app can be told. */
const keys = [
  { key: 'account', type: 'text', title: 'Account', help: 'Signs the person in', needed: true },
  {
    key: 'start',
    type: 'text',
    title: 'First screen',
    options: [
      { value: 'today', title: 'Today' },
      { value: 'week', title: 'The week' },
    ],
  },
  { key: 'offlineDays', type: 'whole', title: 'Days kept offline', default: 7, min: 0, max: 30 },
  { key: 'shareUsage', type: 'flag', title: 'Share how it is used', default: false },
]

/** A catalog for the demo: apps of the store that everyone has, some that are offered, and a web app. None needs a license. */
export async function seedApps(call: Call, top: string): Promise<void> {
  const items: string[] = []
  const want = async (app: string, name: string, presence: string, config?: object): Promise<void> => {
    const value = { app, presence, ...(config ? { config } : {}) }
    const { policy } = await call('POST', '/policies', { kind: 'app', name, unit: top, value })
    items.push((policy as { id: string }).id)
  }
  // The first is on many devices already, put there by their people: it is offered only.
  for (const [at, sold] of storeApps.slice(0, 8).entries()) {
    const { id: storeId, bundle, name, publisher } = sold
    const wish = { kind: 'store', storeId: String(storeId), bundle, name, publisher, unit: top, needsSeat: false }
    const { id } = await call('POST', '/apps', wish)
    if (at === 0) await call('PUT', `/apps/${String(id)}/form`, { keys })
    const config = at === 0 ? { account: { $var: 'user.email' }, start: 'today' } : undefined
    await want(String(id), `${name} for everyone`, at > 0 && at < 4 ? 'required' : 'available', config)
  }
  const web = { kind: 'web', name: 'Intranet', address: 'https://intranet.havsten.example/', unit: top }
  const { id } = await call('POST', '/apps', web)
  await want(String(id), 'Intranet on home screens', 'required')
  const { blueprint } = await call('POST', '/blueprints', { name: 'Apps for everyone', unit: top, items })
  await call('POST', `/blueprints/${(blueprint as { id: string }).id}/assignments`, { unit: top })
}
