import type { caller } from './call.ts'

type Call = ReturnType<typeof caller>

interface Wish {
  kind: string
  name: string
  value: object
  note?: string
}

/** What the demo's org wants of its devices: policies in blueprints for everyone and for single places, a test that must hold, and a version on its way in waves. */
export async function seedPolicies(call: Call, top: string, units: Readonly<Record<string, string>>): Promise<void> {
  const policy = async (unit: string, { note = '', ...wish }: Wish): Promise<string> =>
    idOf((await call('POST', '/policies', { ...wish, unit, note })).policy)
  const blueprint = async (unit: string, name: string, wishes: readonly Wish[]): Promise<string[]> => {
    const items: string[] = []
    for (const wish of wishes) items.push(await policy(unit, wish))
    const id = idOf((await call('POST', '/blueprints', { name, unit, items })).blueprint)
    await call('POST', `/blueprints/${id}/assignments`, { unit })
    return items
  }
  const [, , limits = ''] = await blueprint(top, 'Company base', [
    passcode,
    wifi('Havsten Office', 'havsten'),
    restrictions,
    lockScreen,
    domains,
  ])
  await blueprint(top, 'Macs', [encryption])
  await blueprint(units['ja'] ?? top, 'Tokyo sales floor', [
    {
      kind: 'restrictions',
      name: 'Sales floor',
      value: { camera: false, nearbySharing: false },
      note: 'Trade secrets on the floor, agreed with the works council',
    },
    wifi('TYO-floor-7', 'tyo-floor-7'),
  ])
  await blueprint(units['fr'] ?? top, 'Lyon logistique', [wifi('LYS-Entrepôt', 'lys-entrepot')])
  await blueprint(units['sv'] ?? top, 'Ekonomi', [
    { kind: 'passcode', name: 'Finance passcode', value: { required: true, minLength: 10, maxInactivityMinutes: 2 } },
  ])
  await call('POST', '/policy-tests', {
    name: 'Nobody loses the office Wi-Fi',
    unit: top,
    expect: { has: 'wifi#Havsten Office' },
  })
  await call('POST', '/tag-rules', {
    name: 'Systems before 27',
    tag: 'behind',
    filter: '-platform:android os<27',
    unit: top,
  }).catch(told)
  await call('POST', `/policies/${limits}/versions`, {
    value: { ...restrictions.value, explicitContent: false },
    note: 'Agreed with the data protection officer',
    rollout: { waves: [5, 25, 100], watchMinutes: 30, stopAbovePercentFailed: 2, minHeardPercent: 50 },
  })
}

const passcode: Wish = {
  kind: 'passcode',
  name: 'Passcode',
  value: { required: true, minLength: 6, maxInactivityMinutes: 5, maxFailedAttempts: 10 },
}

const wifi = (ssid: string, password: string): Wish => ({
  kind: 'wifi',
  name: `Wi-Fi ${ssid}`,
  value: { ssid, security: 'wpa2', password: { $newSecret: `${password}-demo-passphrase` } },
})

const restrictions = {
  kind: 'restrictions',
  name: 'Company limits',
  value: { cloudBackup: false, screenCapture: true, accessoriesWhileLocked: false },
} satisfies Wish

const lockScreen: Wish = {
  kind: 'lock-screen',
  name: 'Lost and found',
  value: { message: { $text: ['Property of Havsten. Found? +46 8 555 010. ', { $var: 'device.serial' }] } },
}

const encryption: Wish = {
  kind: 'encryption',
  name: 'Disks of Macs',
  value: { required: true },
}

const domains: Wish = {
  kind: 'managed-domains',
  name: 'Company domains',
  value: { mail: ['havsten.example'], web: ['havsten.example'] },
}

function idOf(made: unknown): string {
  const id = made !== null && typeof made === 'object' ? Reflect.get(made, 'id') : undefined
  if (typeof id !== 'string') throw new Error('the server did not say what it made')
  return id
}

function told(error: unknown): void {
  console.error(`  the demo goes on without it: ${String(error)}`)
}
