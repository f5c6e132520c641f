import { test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { april, ten } from '../../server/testing/april.ts'

/*
 * A day with a batch of fresh iPads that the vendor promised: all are switched on, one of them is not heard of again. Everything outside is played on
 * loopback; the server's clock is moved by hand in steps of five seconds. Ends after so many minutes, whatever is left then (second argument).
 * `node bench/intakes/intakes.ts 200 8`
 */
const many = Number(process.argv[2] ?? 200)
const endsAt = performance.now() + Number(process.argv[3] ?? 8) * 60_000
const seconds = (from: number): string => ((performance.now() - from) / 1000).toFixed(1)
const has = ({ interior }: apple.AppleDevice): number =>
  ten.filter(app => interior.apps.some(a => a.identifier === app.bundle)).length

test('a batch of fresh iPads', async t => {
  const begun = performance.now()
  const { h, ipads, apps, call, blueprint, switchOn, live, lines } = await april(t, { ipads: many, licenses: many })
  let clicks = 0
  const click: typeof call = (method, path, body) => {
    clicks += 1
    return call(method, path, body)
  }
  const wanted = await blueprint('New iPads', [
    ...apps.map(app => ({ kind: 'app', value: { app, presence: 'required' } })),
    { kind: 'restrictions', value: { appStore: false, appInstallation: false } },
  ])
  const setup = await click('POST', '/setups', { name: 'Staff iPads', unit: h.root.id, body: { awaits: true } })
  const day = new Date(h.now() + 86_400_000).toISOString().slice(0, 10)
  const source = { kind: 'roster', filter: '' }
  const of = { name: 'April', day, unit: h.root.id, blueprint: wanted, setup: setup.id, source }
  const batch = await click('POST', '/intakes', of)
  await live(30, [])
  const { reds, counts } = await call('GET', `/intakes/${batch.id}`)
  console.log(`${counts.total} iPads, ${clicks} calls to prepare them, ${reds} red checks, ${seconds(begun)} s`)

  clicks = 0
  const dayBegun = performance.now()
  const [mute, ...others] = ipads
  if (!mute) return
  await switchOn(mute)
  // Before the server can have it do anything.
  apple.goOffline(mute)
  const silentSince = h.now()
  let named: number | null = null
  const look = async (): Promise<void> => {
    const row = (await lines(batch.id)).find(l => l.serial === mute.hardware.serial)
    if (row?.state === 'stuck') named ??= h.now()
  }
  for (const machine of others) {
    if (performance.now() > endsAt) break
    await switchOn(machine)
    await apple.settled(machine)
  }
  console.log(`all switched on after ${seconds(dayBegun)} s`)
  const left = new Map<string, { apps: number; at: number }>()
  const waiting = (): apple.AppleDevice[] => others.filter(o => !left.has(o.hardware.serial))
  while ((waiting().length > 0 || named === null) && performance.now() < endsAt) {
    await live(5, waiting())
    for (const machine of waiting())
      if (!machine.interior.awaitingConfiguration)
        left.set(machine.hardware.serial, { apps: has(machine), at: h.now() - silentSince })
    await look()
  }
  const all = [...left.values()]
  const full = all.filter(one => one.apps === ten.length).length
  const times = all.map(one => one.at / 1000).toSorted((a, b) => a - b)
  const median = times[Math.floor(times.length / 2)] ?? 0
  console.log(
    `${full} of ${others.length} left set-up with ${ten.length} of ${ten.length} apps, ${all.length - full} with fewer`,
  )
  console.log(`${others.length - all.length} had not left it when the time was up`)
  console.log(
    `left set-up by the server's clock: median ${median} s, last ${times.at(-1) ?? 0} s after the first was switched on`,
  )
  console.log(`clicks per device: ${clicks / many}`)
  console.log(
    named === null
      ? 'the silent one was not named'
      : `the silent one was named after ${(named - silentSince) / 1000} s`,
  )
  console.log(`the day took ${seconds(dayBegun)} s of real time`)
})
