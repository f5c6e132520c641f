import type { Fleet } from '../simulator/apple/fleet.ts'
import * as apple from '../simulator/apple/index.ts'
import { authenticator } from '../server/testing/authenticator.ts'
import type { caller } from './call.ts'
import { lookAtKey } from './demo-escrow.ts'
import { browserOf } from './demo-session.ts'

type Call = ReturnType<typeof caller>
type Item = Record<string, unknown> & { id: string }

/** What the demo's days are made of. */
export interface DemoStage {
  url: string
  call: Call
  fleet: Fleet
  units: Readonly<Record<string, string>>
  owner: { email: string; password: string }
}

const hour = 3_600_000

/** Working hours for everyone, each by the clocks of their place, and days on which the house is closed. Before devices enroll. */
export async function seedHours(call: Call, units: Readonly<Record<string, string>>, url: string): Promise<void> {
  const zones = { top: 'Europe/Stockholm', fr: 'Europe/Paris', ja: 'Asia/Tokyo', en: 'Europe/London' }
  for (const [unit, zone] of Object.entries(zones)) await call('PUT', `/units/${units[unit]}/zone`, { zone })
  const year = new Date().getFullYear()
  const days = [24, 25, 26, 31].map(day => ({ day: `${year}-12-${day}`, name: 'Havsten is closed' }))
  const calendar = (await call('POST', '/calendars', { name: 'Closing days', unit: units['top'], days })) as Item
  const value = {
    windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:30' }],
    calendars: [calendar.id],
    allowedApps: ['com.apple.MobileSMS', 'com.apple.Maps', 'com.apple.mobilesafari'],
    ask: { label: 'Ask for more time', url: `${url}/my` },
  }
  const wish = { kind: 'work-time', name: 'Working time', unit: units['top'], value }
  const { policy } = (await call('POST', '/policies', wish)) as { policy: Item }
  const made = { name: 'Rest', unit: units['top'], items: [policy.id] }
  const { blueprint } = (await call('POST', '/blueprints', made)) as { blueprint: Item }
  await call('POST', `/blueprints/${blueprint.id}/assignments`, { unit: units['top'] })
}

/** A rule against an app, the rules of a framework, a report every week. Before devices enroll. */
export async function seedWatch(call: Call, units: Readonly<Record<string, string>>): Promise<void> {
  const unit = units['top']
  await attempt('the rule about apps', () =>
    call('POST', '/rules', {
      name: 'No games on company phones',
      kind: 'apps',
      params: { list: 'deny', apps: [{ app: game.identifier, name: game.name }] },
      severity: 'high',
      responses: [{ kind: 'notify-person' }, { kind: 'notify-admins' }, { kind: 'tag', tag: 'games' }],
      fix: 'Delete the app from the home screen; Muster notices within a day, or when you ask it to look.',
      unit,
    }),
  )
  await attempt('the rules of a framework', async () => {
    const { items } = (await call('GET', '/rules/templates')) as { items: Item[] }
    // A few that most of these devices keep, so that what stands out is worth a look.
    const wanted = ['ios-passcode', 'ios-encryption', 'macos-integrity']
    const templates = items.map(one => one.id).filter(id => wanted.includes(id))
    return call('POST', '/rules/adopt', { templates, unit })
  })
  await attempt('the report', () =>
    call('POST', '/reports', {
      name: 'Security, every Monday',
      unit,
      wish: { kind: 'security', format: 'pdf', zone: 'Europe/Stockholm' },
      schedule: { every: 'week', day: 1, hour: 7, zone: 'Europe/Stockholm', to: ['board@havsten.example'] },
    }),
  )
}

const game = { identifier: 'com.valvesoftware.Steam', name: 'Steam' }

/** What happens once the devices are there: one is lost, one has a game, one left, someone asks for time, many are to be wiped, and the charter grows tighter. */
export async function play(stage: DemoStage): Promise<void> {
  const { call, fleet } = stage
  const { items } = (await call('GET', '/devices?limit=200')) as { items: Item[] }
  const machineOf = (row: Item) => fleet.devices.find(d => d.hardware.serial === row['serial'])
  const phones = items.filter(d => d['platform'] === 'ios' && d['supervised'] === true && d['state'] === 'active')
  const [lost, gamer, leaver, ...others] = phones
  await attempt('the lost phone', () => lose(call, lost))
  await attempt('the app', async () => {
    const machine = gamer && machineOf(gamer)
    if (!machine) return
    apple.installApp(machine, game)
    await call('POST', `/devices/${gamer.id}/refresh`)
  })
  await attempt('the phone that left', async () => {
    const machine = leaver && machineOf(leaver)
    if (machine) await apple.unenroll(machine)
  })
  await attempt('the request for time', async () => ask(stage, (await firstOff(call, others)) ?? others[0]))
  await attempt('the held wipe', () => wipe(call))
  await attempt('the charter', () => tighten(stage, gamer))
}

async function lose(call: Call, phone: Item | undefined): Promise<void> {
  if (!phone) return
  const told = { kind: 'lost', note: 'Left in a taxi from the airport', phone: '+46 8 555 010' }
  const incident = (await call('POST', `/devices/${phone.id}/incidents`, told)) as Item
  const order = { keepLocked: true, locateEveryMinutes: 1 }
  await attempt('the standing order', () => call('PUT', `/incidents/${incident.id}/order`, order))
}

/** The first of these devices for which it is not working time now. */
async function firstOff(call: Call, rows: readonly Item[]): Promise<Item | undefined> {
  for (const row of rows) {
    const { phase } = (await call('GET', `/devices/${row.id}/hours`)) as { phase: { phase: string } | null }
    if (phase?.phase === 'off') return row
  }
  return undefined
}

/** Somebody opens their personal link and asks to be released. */
async function ask({ call, url }: DemoStage, device: Item | undefined): Promise<void> {
  const user = device?.['user'] as Item | null | undefined
  if (!device || !user) return
  const link = await call('POST', `/users/${user.id}/portal-link`, { send: 'show' })
  const person = browserOf(url)
  await person('POST', '/my/visit', { token: new URL(String(link['url'])).hash.slice(1) })
  const until = Date.now() + 3 * hour
  await person('POST', '/my/asks', { kind: 'hours', device: device.id, until, reason: 'Month-end closing' })
}

/** Seven tablets are to be wiped at once: more than one hand may do, so that it waits for others. Never where any would leave now. */
async function wipe(call: Call): Promise<void> {
  const order = { kind: 'wipe', args: {}, filter: 'platform:ipados state:active', reason: 'Returned to the lessor' }
  const { leaves } = (await call('POST', '/command-batches', { ...order, dryRun: true })) as {
    leaves?: { now: number; later: number }
  }
  if (!leaves || leaves.now > 0 || leaves.later === 0) return
  await call('POST', '/command-batches', { ...order, confirm: leaves.later })
}

/** The owner proves herself with a passkey for a moment, makes the charter tighter, and looks at somebody's apps for a reason. */
async function tighten({ call, url, owner }: DemoStage, device: Item | undefined): Promise<void> {
  const elin = browserOf(url)
  await elin('POST', '/sign-in', owner)
  const key = authenticator(url)
  const options = await elin('POST', '/me/passkeys/options', { password: owner.password })
  const response = key.register(options as unknown as Parameters<typeof key.register>[0])
  const { passkey } = (await elin('POST', '/me/passkeys', { name: 'Demo', response })) as { passkey: Item }
  const { passkey: asked } = (await elin('POST', '/me/step-up/options')) as { passkey: unknown }
  await elin('POST', '/me/step-up', { response: key.assert(asked as Parameters<typeof key.assert>[0]) })
  try {
    const { items } = (await elin('GET', '/privacy/presets')) as { items: { name: string; rules: unknown }[] }
    const rules = items.find(one => one.name === 'strict')?.rules
    const why = 'Agreed with the works council'
    await attempt('the strict charter', () => elin('POST', '/privacy/charter/changes', { rules, why }))
    await attempt('the look at a key', () => lookAtKey(call, elin))
    if (device)
      await attempt('the look', () =>
        elin('POST', `/devices/${device.id}/looks`, { what: 'apps', purpose: 'A game was reported on this phone' }),
      )
  } finally {
    await elin('DELETE', `/me/passkeys/${passkey.id}`)
  }
}

async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    console.error(`  the demo goes on without ${what}: ${String(error)}`)
  }
}
