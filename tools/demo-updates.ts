import type { AppleDevice } from '../simulator/apple/device.ts'
import { connect, type Life, live, lookAgain, type Offered } from '../simulator/apple/index.ts'
import { products } from '../simulator/apple/hardware.ts'
import type { caller } from './call.ts'

const hourMs = 3_600_000
/** An hour of the devices' life passes in this time. */
const tickMs = 20_000
const young = products.map(p => p.productName).filter(name => name.startsWith('iP') && name !== 'iPhone14,6')
const offered: readonly Offered[] = [{ version: '27.0.1', build: '24A356', products: young, sizeGb: 8 }]
const life: Life = { zoneMinutes: 60, off: null, charges: true, willing: 0.3 }

/** A campaign for a vulnerability is under way, and devices take it as their people let them. */
export async function seedUpdates(
  call: ReturnType<typeof caller>,
  { unit, devices }: { unit: string; devices: readonly AppleDevice[] },
): Promise<void> {
  await call('POST', '/updates/refresh')
  const due = new Date(Date.now() + 48 * hourMs).toISOString().slice(0, 16)
  const versions = { ios: '27.0.1', ipados: '27.0.1' }
  const { id } = await call('POST', '/campaigns', {
    name: 'Zero day in WebKit',
    unit,
    platforms: ['ios', 'ipados'],
    note: 'CVE-2026-40001',
    target: { kind: 'version', versions, due },
    terms: { waves: [10, 40, 100], watchMinutes: 15 },
  })
  for (let tries = 0; tries < 30; tries += 1) {
    if ((await call('GET', `/campaigns/${String(id)}`)).lookedAt !== null) break
    await new Promise(resolve => setTimeout(resolve, 1000))
  }
  await start(call, String(id))
  await call('POST', '/campaigns', {
    name: 'Quarterly step',
    unit,
    platforms: ['ios', 'ipados'],
    target: { kind: 'latest', behindDays: 0, dueDays: 14 },
    terms: { waves: [5, 25, 100], watchMinutes: 1440 },
  })
  let hours = 0
  setInterval(() => {
    hours += 1
    for (const device of devices) {
      const { enrollment } = device
      if (enrollment === undefined || !device.online || device.interior.lostMode !== undefined) continue
      if (!live(device, Date.now() + hours * hourMs, offered, life) || !device.online) continue
      void connect(device).then(() => lookAgain({ device, enrollment, account: undefined }))
    }
  }, tickMs).unref()
}

/** Among few devices none may take the version, and then nothing starts: the campaign stays a draft, which is worth a look too. */
async function start(call: ReturnType<typeof caller>, id: string): Promise<void> {
  const { counts } = (await call('GET', `/campaigns/${id}`)) as { counts: { eligible: number; unknown: number } }
  if (counts.eligible + counts.unknown === 0) return
  await call('POST', `/campaigns/${id}/start`)
  await call('POST', `/campaigns/${id}/gate`, { kind: 'new', graceHours: 24, restrict: 'update-overdue' })
}
