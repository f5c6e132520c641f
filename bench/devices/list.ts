// The device list over a large fleet, through the real HTTP edge: filters, words, orders and pages.
//   node bench/devices/list.ts                      100,000 devices on SQLite
//   TEST_DB=postgres://… node bench/devices/list.ts   the same on PostgreSQL
//   node bench/devices/list.ts --devices 20000 --rounds 5
// Goal: p95 under 100 ms on two cores that have nothing else to do. The last column is processor time of this process,
// which on SQLite is all there is to an answer and does not depend on what else the machine does.
import { test } from 'node:test'
import { parseArgs } from 'node:util'
import { type House, house } from '../../server/testing/house.ts'
import { fillFleet, settleStatistics } from './fleet.ts'
import { questions } from './queries.ts'
import { fillWishes } from './wishes.ts'

const { values } = parseArgs({
  options: { devices: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '20' } },
})
const size = Number(values.devices)
const rounds = Number(values.rounds)

interface Cost {
  ms: number
  cpuMs: number
}

const all: Cost[] = []

async function timed(h: House, address: string, key: string): Promise<{ cost: Cost; body: { next: string | null } }> {
  const before = performance.now()
  const cpu = process.cpuUsage()
  const { status, body } = await h.http('GET', address, { as: key })
  const ms = performance.now() - before
  const { user, system } = process.cpuUsage(cpu)
  if (status !== 200) throw new Error(`${address}: ${JSON.stringify(body)}`)
  const cost = { ms, cpuMs: (user + system) / 1000 }
  all.push(cost)
  return { cost, body }
}

function print(name: string, costs: readonly Cost[]): void {
  const at = (of: keyof Cost, share: number): string => {
    const sorted = costs.map(c => c[of]).toSorted((a, b) => a - b)
    return (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(1).padStart(9)
  }
  console.log(name.padEnd(26) + at('ms', 0.5) + at('ms', 0.95) + at('ms', 0.99) + at('cpuMs', 0.95))
}

const url = (query: Record<string, string>): string => `/api/v1/devices?${new URLSearchParams(query)}`

async function pages(h: House, query: Record<string, string>, key: string): Promise<Cost[]> {
  const costs: Cost[] = []
  let cursor: string | null = ''
  for (let i = 0; i < rounds * 3 && cursor !== null; i += 1) {
    const at: Record<string, string> = cursor === '' ? {} : { cursor }
    const { cost, body } = await timed(h, url({ ...query, ...at }), key)
    costs.push(cost)
    cursor = body.next
  }
  return costs
}

/** A fleet in 57 units, an owner of all and a help desk of one site. */
async function arrange(h: House) {
  const units = [h.root]
  for (let i = 0; i < 8; i += 1) {
    const site = await h.given.unit({ name: `Site ${i}` })
    units.push(site)
    for (let j = 0; j < 6; j += 1) units.push(await h.given.unit({ name: `Team ${i}.${j}`, parent: site.id }))
  }
  const owner = await h.given.admin()
  const local = await h.given.admin({ role: 'help-desk', unit: units[1]?.id ?? '' })
  const started = performance.now()
  const known = await fillFleet(h.base, h.org, units, size)
  const policies = await fillWishes(h.base, h.org, h.root)
  await settleStatistics(h.base)
  console.log(`${h.base.engine.kind}: ${size} devices made in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return { owner, local, known, policies }
}

test('the device list answers', { timeout: 600_000 }, async t => {
  const h = await house(t)
  const { owner, local, known, policies } = await arrange(h)
  const reader = (i: number): string => (i % 4 === 3 ? local.key : owner.key)
  console.log('                                p50      p95      p99  cpu p95  (ms)')
  for (const [name, query] of Object.entries(questions(known, policies))) {
    const costs: Cost[] = []
    for (let i = 0; i < rounds; i += 1) costs.push((await timed(h, url(query()), reader(i))).cost)
    print(name, costs)
  }
  for (const query of [{}, { filter: 'platform:ios', sort: 'name' }, { filter: 'iphone' }])
    print(`pages: ${new URLSearchParams(query)}`, await pages(h, query, owner.key))
  print('all of the list', [...all])
  for (const address of ['/api/v1/devices/counts?filter=platform:ios', '/api/v1/search?q=a1b2', '/api/v1/home']) {
    const costs: Cost[] = []
    for (let i = 0; i < rounds; i += 1) costs.push((await timed(h, address, reader(i))).cost)
    print(address.slice(8, 33), costs)
  }
})
