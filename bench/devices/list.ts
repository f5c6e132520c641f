// The device list over a large fleet, through the real HTTP edge: filters, words, orders and pages.
//   node bench/devices/list.ts                      100,000 devices on SQLite
//   TEST_DB=postgres://… node bench/devices/list.ts   and on PostgreSQL
//   node bench/devices/list.ts --devices 20000 --rounds 5
// Goal: p95 under 100 ms for every kind of query, on two cores.
import { test } from 'node:test'
import { parseArgs } from 'node:util'
import { house } from '../../server/testing/house.ts'
import { dice, fillFleet, settleStatistics } from './fleet.ts'

const { values } = parseArgs({
  options: { devices: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '20' } },
})
const size = Number(values.devices)
const rounds = Number(values.rounds)

test('the list answers within 100 ms', { timeout: 600_000 }, async t => {
  const h = await house(t)
  const admin = await h.given.admin()
  const units = [h.root]
  for (let i = 0; i < 8; i += 1) {
    const site = await h.given.unit({ name: `Site ${i}` })
    units.push(site)
    for (let j = 0; j < 6; j += 1) units.push(await h.given.unit({ name: `Team ${i}.${j}`, parent: site.id }))
  }
  const local = await h.given.admin({ role: 'help-desk', unit: units[3]?.id ?? '' })
  const started = performance.now()
  const known = await fillFleet(h.base, h.org, units, size)
  await settleStatistics(h.base)
  console.log(`${h.base.engine.kind}: ${size} devices made in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  const roll = dice(11)
  const one = () => known[roll(known.length)] ?? { serial: '', imei: '', udid: '', name: '', id: '' }
  const from = (text: string, length: number): string => {
    const start = roll(Math.max(1, text.length - length))
    return text.slice(start, start + length)
  }
  const pick = (list: readonly string[]): string => list[roll(list.length)] ?? ''
  const platform = () => pick(['ios', 'ipados', 'macos', 'tvos', 'android', 'windows'])
  const queries: Record<string, () => Record<string, string>> = {
    'no filter': () => ({}),
    'word: part of a serial': () => ({ filter: from(one().serial, 5) }),
    'word: part of an IMEI': () => ({ filter: from(one().imei || '3539111', 6) }),
    'word: part of a UDID': () => ({ filter: from(one().udid, 8) }),
    'word: a name': () => ({ filter: pick(['佐藤', 'はな', 'angstrom', 'zoe', 'elin lindgren', 'francoise']) }),
    'word: a common one': () => ({ filter: pick(['iphone', 'pro', 'c39', '0000']) }),
    'word: nothing has it': () => ({ filter: `q${roll(1e6)}zz` }),
    'word and platform': () => ({ filter: `platform:${platform()} ${pick(['elin', 'iphone', 'spare', 'c3'])}` }),
    'platform and os': () => ({ filter: `platform:${platform()} os<${pick(['15', '18.2', '26', '26.1'])}` }),
    'os, sorted by os': () => ({ filter: `os>=${pick(['15', '18.2', '26'])}`, sort: pick(['os', '-os']) }),
    'rare combination': () => ({ filter: 'platform:tvos ownership:personal state:lost os<18' }),
    'nothing matches': () => ({ filter: 'platform:tvos os:3', sort: pick(['name', 'serial', 'enrolledAt']) }),
    'unit, by name': () => ({ filter: `unit:"Site ${roll(8)}"`, sort: 'name' }),
    'state and contact': () => ({ filter: `state:${pick(['silent', 'lost', 'active'])} seen>${pick(['7d', '14d'])}` }),
    tag: () => ({ filter: `tag:spare platform:${platform()}` }),
    user: () => ({ filter: `user:${pick(['佐藤', 'lindgren', 'none'])}` }),
    'serial field': () => ({ filter: `serial:${from(one().serial, 5).toLowerCase()}` }),
    model: () => ({ filter: `model:${pick(['thinkpad', 'iPad', 'Mac15'])} -tag:spare` }),
    'negated word': () => ({ filter: `-iphone platform:${platform()}` }),
  }
  const url = (query: Record<string, string>): string => `/api/v1/devices?${new URLSearchParams(query)}`
  const timed = async (
    address: string,
    key: string,
  ): Promise<{ ms: number; next: string | null; total: number | null }> => {
    const before = performance.now()
    const { status, body } = await h.http('GET', address, { as: key })
    if (status !== 200) throw new Error(`${address}: ${JSON.stringify(body)}`)
    return { ms: performance.now() - before, next: body.next, total: body.total }
  }
  console.log('query                       matches      p50      p95      p99   (ms)')
  const all: number[] = []
  const print = (name: string, total: unknown, times: number[]): void => {
    all.push(...times)
    const at = (p: number): string => (times.toSorted((a, b) => a - b)[Math.ceil(times.length * p) - 1] ?? 0).toFixed(1)
    console.log(name.padEnd(26), String(total ?? 'many').padStart(8), ...[0.5, 0.95, 0.99].map(p => at(p).padStart(8)))
  }
  for (const [name, query] of Object.entries(queries)) {
    const times: number[] = []
    let total: number | null = 0
    for (let i = 0; i < rounds; i += 1) {
      const answer = await timed(url({ ...query() }), i % 4 === 3 ? local.key : admin.key)
      total = answer.total
      times.push(answer.ms)
    }
    print(name, total, times)
  }
  for (const query of [{}, { filter: 'platform:ios', sort: 'name' }, { filter: 'iphone' }]) {
    const times: number[] = []
    let cursor: string | null = ''
    for (let i = 0; i < rounds * 3 && cursor !== null; i += 1) {
      const answer = await timed(url({ ...query, ...(cursor ? { cursor } : {}) } as Record<string, string>), admin.key)
      times.push(answer.ms)
      cursor = answer.next
    }
    print(`pages of ${JSON.stringify(query).slice(0, 18)}`, null, times)
  }
  const counts: number[] = []
  for (let i = 0; i < 5; i += 1) {
    const before = performance.now()
    await h.http('GET', `/api/v1/devices/counts?filter=platform:${platform()}`, { as: admin.key })
    counts.push(performance.now() - before)
  }
  print('counts', null, counts)
  print('everything', all.length, [...all])
})
