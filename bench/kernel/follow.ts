// From a change to the desired items of every device it touches, through the database and the sealed log, on SQLite as the product runs it.
//   ./muster bench kernel/follow                      100,000 devices
//   ./muster bench kernel/follow --devices 10000
// Beside each stands how long other requests had to wait meanwhile: a small transaction is asked for every 20 ms.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as blueprints from '../../server/areas/blueprints/index.ts'
import * as devices from '../../server/areas/devices/index.ts'
import { createOrg } from '../../server/areas/identity/index.ts'
import { addUnit } from '../../server/areas/identity/unit.ts'
import * as policies from '../../server/areas/policies/index.ts'
import { everything } from '../../server/base/authority.ts'
import { sleep } from '../../server/base/clock.ts'
import { readConfig } from '../../server/base/config.ts'
import type { Ctx, Scope } from '../../server/base/ctx.ts'
import { newId } from '../../server/base/id.ts'
import { silentLog } from '../../server/base/log.ts'
import { joinServer, openBase, type Server } from '../../server/main.ts'
import { offerTestKinds } from '../../server/testing/kinds.ts'
import { fillFleet, settleStatistics } from '../devices/fleet.ts'

const { values } = parseArgs({ options: { devices: { type: 'string', default: '100000' } } })
const size = Number(values.devices)
const folder = mkdtempSync(join(tmpdir(), 'muster-follow-'))
offerTestKinds()
const base = await openBase(
  readConfig({ MUSTER_DATA: folder, MUSTER_URL: 'https://bench.test', MUSTER_LOG_LEVEL: 'silent' }),
  {
    log: silentLog,
  },
)
const { org, root } = await createOrg(base, { name: 'Havsten' })
const scope: Scope = { org, actor: { kind: 'system', id: null, what: 'bench' }, authority: everything }
const run = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => base.transact(scope, work)

const units: { id: string; path: string }[] = []
for (let i = 0; i < 200; i += 1) units.push(await run(ctx => addUnit(ctx, { name: `Unit ${i}`, parent: root.id })))
await fillFleet(base, org, units, size)
const managed = await enrollAll()
await settleStatistics(base)

/** Policies on the whole org, one network for each unit, and some by tag. */
const shared: string[] = []
for (let i = 0; i < 8; i += 1)
  shared.push(await policy(root.id, { kind: 'test.network', value: { ssid: `Everywhere ${i}` } }))
await assign(root.id, shared)
for (const [i, unit] of units.entries())
  await assign(unit.id, [await policy(unit.id, { kind: 'test.network', value: { ssid: `Unit ${i}` } })])
await assign(root.id, [await policy(root.id, { kind: 'test.settings', value: { camera: false } })], ['loaner'])

const server = await joinServer(base, { pollMs: 100, console: join(folder, 'no-console') })
console.log(`${managed.length} managed devices of ${size}, ${units.length + 2} assignments`)
console.log('what                                  devices       done in     other requests waited (median, p99, most)')

await measured('everything, for the first time', managed.length, async () => {
  await run(ctx => policies.saveVersion(ctx, shared[0] ?? '', { value: { ssid: 'Everywhere 0', a: 1 } }))
})
const crowd = managed.slice(0, 450)
await measured('300 people move: 450 devices', crowd.length, async () => {
  for (let i = 0; i < crowd.length; i += 50)
    await run(async ctx => {
      for (const id of crowd.slice(i, i + 50)) {
        const device = await devices.get(ctx, id)
        const to = units[(units.findIndex(u => u.id === device.unit) + 1) % units.length]
        await devices.change(ctx, id, { unit: to?.id ?? '' })
      }
    })
})
await measured('one device is tagged', 1, async () => {
  await run(ctx => devices.change(ctx, managed.at(-1) ?? '', { tags: ['loaner', `only ${newId('tag')}`] }))
})
await measured('a policy of one unit is saved', Math.round(managed.length / units.length), async () => {
  const { id } = await run(async ctx =>
    policies
      .createPolicy(ctx, { kind: 'test.network', name: 'New', unit: units[3]?.id ?? '', value: { ssid: 'New' } })
      .then(p => p.policy),
  )
  await assign(units[3]?.id ?? '', [id])
})
await measured('a policy of everyone is saved', managed.length, async () => {
  await run(ctx => policies.saveVersion(ctx, shared[1] ?? '', { value: { ssid: 'Everywhere 1', a: 2 } }))
})
console.log(`memory at the end: ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
await server.stop()
rmSync(folder, { recursive: true, force: true })

async function policy(unit: string, of: { kind: string; value: policies.Json }): Promise<string> {
  const made = await run(ctx => policies.createPolicy(ctx, { ...of, name: `Policy ${newId('policy')}`, unit }))
  return made.policy.id
}

async function assign(unit: string, items: readonly string[], tags: readonly string[] = []): Promise<void> {
  await run(async ctx => {
    const { id } = await blueprints.createBlueprint(ctx, { name: `Blueprint ${newId('blueprint')}`, unit, items })
    await blueprints.addAssignment(ctx, id, { unit, scope: blueprints.shapes.scopeShape.parse({ include: { tags } }) })
  })
}

/** Every device that is in use has an active enrollment. */
async function enrollAll(): Promise<string[]> {
  const rows = await base.read(scope, ctx =>
    ctx.tx.selectFrom('devices').select(['id', 'udid']).where('org', '=', org).where('state', '=', 'active').execute(),
  )
  const now = base.clock.now()
  for (let i = 0; i < rows.length; i += 500)
    await run(async ctx => {
      const values = rows.slice(i, i + 500).map(r => ({
        org,
        id: newId('enrollment'),
        device: String(r.id),
        platform: 'apple',
        identity_key: String(r.udid),
        kind: 'device',
        state: 'active',
        started_at: now,
        activated_at: now,
      }))
      await ctx.tx.insertInto('enrollments').values(values).execute()
    })
  return rows.map(r => String(r.id))
}

/** Does something and waits until no device is left to be computed; meanwhile asks for small transactions. */
async function measured(what: string, count: number, change: () => Promise<void>): Promise<void> {
  const waits: number[] = []
  const stop = new AbortController()
  const asking = (async () => {
    while (!stop.signal.aborted) {
      const from = performance.now()
      await run(async ctx => {
        await ctx.tx.selectFrom('devices').select('id').where('org', '=', org).limit(1).execute()
      })
      waits.push(performance.now() - from)
      await sleep(20, stop.signal)
    }
  })()
  await change()
  const from = performance.now()
  await idle(server)
  const took = performance.now() - from
  stop.abort()
  await asking
  waits.sort((a, b) => a - b)
  const at = (share: number): string => `${(waits[Math.floor((waits.length - 1) * share)] ?? 0).toFixed(1)}`
  console.log(
    `${what.padEnd(38)}${String(count).padStart(7)}${`${(took / 1000).toFixed(2)} s`.padStart(14)}     ${at(0.5)}, ${at(0.99)}, ${at(1)} ms`,
  )
}

/** Until everything sealed is followed and every marked device computed. */
async function idle({ sealing, worker }: Server): Promise<void> {
  for (;;) {
    await sealing.settle()
    await worker.settle()
    const left = await base.read(scope, ctx =>
      ctx.tx.selectFrom('dirty_devices').select('device').where('org', '=', org).limit(1).execute(),
    )
    const behind = await base.read(scope, ctx =>
      ctx.tx.selectFrom('events').select('id').where('org', '=', org).where('seq', 'is', null).limit(1).execute(),
    )
    if (left.length + behind.length === 0) return
  }
}
