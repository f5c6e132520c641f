import { appendFileSync } from 'node:fs'
import { type Content, startContent } from '../simulator/outside/content/content.ts'
import { everything } from '../simulator/outside/store/catalog.ts'
import type { caller } from './call.ts'

type Call = ReturnType<typeof caller>

/** Apple's Apps and Books for the demo: a location of Havsten that owns enough of one app, too few of another, a book, and something nobody uses. */
export async function playContent(
  authorities: string,
  devices: number,
): Promise<{ content: Content; seed(call: Call, top: string): Promise<void> }> {
  const content = await startContent()
  appendFileSync(authorities, content.ca)
  const { at, token } = content.location('Havsten')
  // A few less than the iPhones and iPads there will be.
  const few = Math.floor(devices * 0.8) + 4
  for (const [adamId, , totalCount] of owned) content.buy(at, { adamId, totalCount: totalCount ?? few })
  content.buy(at, {
    adamId: '503000001',
    totalCount: 15,
    productType: 'Book',
    deviceAssignable: false,
    revocable: false,
  })
  at.assignments.set('old', { adamId: owned[0][0], pricingParam: 'STDQ', serialNumber: 'F9FDEMOOLD01' })
  const seed = async (call: Call, top: string): Promise<void> => {
    await call('POST', '/programs/content', { token, name: 'Havsten, Apps and Books', account: 'it@havsten.example' })
    const items: string[] = []
    for (const [storeId, name] of owned) {
      const bundle = everything.find(a => String(a.id) === storeId)?.bundle ?? null
      const wish = { platform: 'ios', kind: 'store', storeId, bundle, name, publisher: 'Nordlicht Software', unit: top }
      const { id } = (await call('POST', '/apps', wish)) as { id: string }
      const value = { app: id, presence: 'required' }
      const { policy } = (await call('POST', '/policies', { kind: 'app', name, unit: top, value })) as {
        policy: { id: string }
      }
      items.push(policy.id)
    }
    const made = (await call('POST', '/blueprints', { name: 'Bought apps', unit: top, items })) as {
      blueprint: { id: string }
    }
    await call('POST', `/blueprints/${made.blueprint.id}/assignments`, { unit: top })
  }
  return { content, seed }
}

/** Number in the store, name, and how many there are; null: too few. */
const owned = [
  ['504000001', 'Ritblock', 100],
  ['504000002', 'Fältrapport', null],
] as const
