import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '../../server/areas/updates/acts.ts'
import { prepare } from '../../server/areas/updates/campaign.ts'
import { campaignOf } from '../../server/areas/updates/index.ts'
import { conclude, lookOn, reachSome } from '../../server/areas/updates/run.ts'
import { noteReleases } from '../../server/areas/updates/release.ts'
import * as devices from '../../server/areas/devices/index.ts'
import { createOrg } from '../../server/areas/identity/index.ts'
import { movableClock } from '../../server/base/clock.ts'
import { readConfig } from '../../server/base/config.ts'
import type { Ctx } from '../../server/base/ctx.ts'
import { silentLog } from '../../server/base/log.ts'
import { openBase } from '../../server/main.ts'
import { dice } from '../devices/fleet.ts'
import { addPhones } from './phones.ts'
import { systemIn } from '../kernel/stored.ts'

/*
 * A campaign over many devices that are rows alone: 48 hours in steps of an hour, a build that is good, that fails or that bricks (second argument).
 * `node bench/updates/campaign.ts 2000 good`
 */
const many = Number(process.argv[2] ?? 2000)
const build = process.argv[3] ?? 'good'
const hourMs = 3_600_000
const data = mkdtempSync(join(tmpdir(), 'muster-campaign-'))
const config = readConfig({ MUSTER_DATA: data, MUSTER_URL: 'https://muster.test', MUSTER_LISTEN: 'http://127.0.0.1:0' })
const clock = movableClock(Date.UTC(2026, 10, 20, 7))
const base = await openBase(config, { log: silentLog, clock })
const { org, root } = await createOrg(base, { name: 'Havsten' })
const scope = systemIn(org)
const run = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => base.transact(scope, work)
const roll = dice(11)

interface Phone {
  id: devices.Device['id']
  version: string
  /** Off the network at night; refuses until the date; in a drawer. */
  off: boolean
  refuses: boolean
  away: boolean
  dead: boolean
  tries: number
  due: boolean
}

await run(ctx =>
  noteReleases(ctx, 'bench', ['ios'], {
    state: 'good',
    problem: null,
    releases: ['26.0', '26.1'].map(version => ({
      ...{ platform: 'ios' as const, version, build: `B${version}`, background: false, open: true },
      ...{ hardware: ['iPhone18,3'], postedAt: clock.now() - 5 * 24 * hourMs, expiresAt: null },
    })),
  }),
)

const phones: Phone[] = (await addPhones(base, { scope, unit: root.id, many })).map(id => ({
  ...{ id, version: '26.0', dead: false, tries: 0, due: false },
  ...{ off: roll(10) === 0, refuses: roll(10) === 0, away: roll(20) === 0 },
}))
const campaign = await run(ctx =>
  prepare(ctx, {
    ...{ name: 'Bench', unit: root.id, filter: '', platforms: ['ios'], note: '', details: '', notices: false },
    target: { kind: 'version', versions: { ios: '26.1' }, due: '2026-11-21T20:00' },
    terms: {
      waves: [5, 25, 100],
      watchMs: 4 * hourMs,
      halts: process.argv[4] !== 'no-rule',
      stopAbovePercent: 10,
      dropPercent: 25,
    },
  }),
)
const looks: number[] = []

async function look(): Promise<void> {
  await devices.flushSeen(base)
  const from = performance.now()
  while (await run(ctx => lookOn(ctx, campaign.id)));
  await run(ctx => conclude(ctx, campaign.id))
  looks.push(performance.now() - from)
  while ((await run(ctx => reachSome(ctx, campaign.id))) > 0);
}

for (const phone of phones) devices.seen(base, org, phone.id, clock.now())
await look()
await run(ctx => start(ctx, campaign.id))
for (let hour = 0; hour < 48; hour += 1) {
  await look()
  clock.pass(hourMs)
  await pass(hour)
}
await look()

async function pass(hour: number): Promise<void> {
  const local = new Date(clock.now() + hourMs).getUTCHours()
  const night = local >= 22 || local < 6
  const now = await run(ctx => campaignOf(ctx, campaign.id))
  for (const phone of phones) {
    if (phone.away || phone.dead || (phone.off && night)) continue
    devices.seen(base, org, phone.id, clock.now())
    if (phone.version === '26.1' || now.state !== 'running') continue
    const asked = (await run(ctx => devices.tagsOf(ctx, phone.id))).some(t => t.startsWith('campaign '))
    if (!asked) continue
    const forced = hour >= 36
    const willing = !phone.refuses && (night ? roll(3) === 0 : roll(12) === 0)
    if (!forced && !willing) continue
    if (build === 'bricks') phone.dead = true
    else if (build === 'fails') {
      phone.tries += 1
      const failure = { count: phone.tries, reason: 'InstallFailed', timestamp: new Date(clock.now()).toISOString() }
      await run(ctx =>
        devices.learn(ctx, phone.id, 'bench', { 'os.updateState': 'failed', 'os.updateFailure': failure }),
      )
    } else {
      phone.version = '26.1'
      await run(ctx => devices.learn(ctx, phone.id, 'bench', { 'os.version': '26.1' }))
    }
  }
}

const end = await run(ctx => campaignOf(ctx, campaign.id))
const reachable = phones.filter(p => !p.away)
const done = reachable.filter(p => p.version === '26.1').length
const sorted = looks.toSorted((a, b) => a - b)
console.log(
  `${many} devices, ${build}: ${end.state}${end.reason === null ? '' : ` (${end.reason})`} at wave ${end.wave + 1}, ${end.counts.reached} reached`,
)
console.log(`${done} of ${reachable.length} reachable devices done: ${((100 * done) / reachable.length).toFixed(1)} %`)
console.log(
  `one look: median ${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(0)} ms, longest ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
)
await base.engine.close()
rmSync(data, { recursive: true, force: true })
