import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { april, ten } from '../../testing/april.ts'

const has = (machine: apple.AppleDevice): number =>
  ten.filter(app => machine.interior.apps.some(a => a.identifier === app.bundle)).length

const tomorrow = (now: number): string => new Date(now + 86_400_000).toISOString().slice(0, 10)

test('S4-14, S4-15: fresh iPads have 10 of 10 apps before they leave set-up, without the store and without a click for any of them; licenses that are short are red before, and one that answers nothing is named', async t => {
  const count = 12
  const { h, content, at, licenses, ipads, apps, call, blueprint, switchOn, live, lines } = await april(t, {
    ipads: count,
    licenses: count,
    first: 0,
  })
  const [short] = at.assets.values()
  assert.ok(short)
  const wanted = await blueprint('New iPads', [
    ...apps.map(app => ({ kind: 'app', value: { app, presence: 'required' } })),
    { kind: 'restrictions', value: { appStore: false, appInstallation: false } },
  ])
  const setup = await call('POST', '/setups', { name: 'Staff iPads', unit: h.root.id, body: { awaits: true } })
  const batch = await call('POST', '/intakes', {
    name: 'April',
    day: tomorrow(h.now()),
    unit: h.root.id,
    blueprint: wanted,
    setup: setup.id,
    source: { kind: 'roster', filter: '' },
  })
  await live(20, [])
  const before = await call('GET', `/intakes/${batch.id}`)
  assert.equal(before.counts.total, count)
  const red = before.checks.filter((c: { state: string }) => c.state === 'red')
  assert.deepEqual(
    red.map((c: { code: string; facts: { short: number } }) => [c.code, c.facts.short]),
    [['license', count]],
    'the shortage is red with its number, and nothing else is',
  )
  short.totalCount = count
  await call('POST', `/programs/${licenses}/sync`)
  await live(10, [])
  await call('POST', `/intakes/${batch.id}/check`)
  await live(5, [])
  const after = await call('GET', `/intakes/${batch.id}`)
  assert.deepEqual(
    [after.reds, after.checks.find((c: { code: string }) => c.code === 'setup').facts.assigned],
    [0, count],
  )

  const [mute, ...others] = ipads
  assert.ok(mute)
  const left = new Map<string, number>()
  for (const machine of others) {
    await switchOn(machine)
    await apple.settled(machine)
  }
  await switchOn(mute)
  // Before the server can have it do anything.
  apple.goOffline(mute)
  const silentSince = h.now()
  let named: number | null = null
  for (let second = 0; second < 180 && (named === null || left.size < others.length); second += 5) {
    await live(5, others)
    for (const machine of others)
      if (!machine.interior.awaitingConfiguration && !left.has(machine.hardware.serial))
        left.set(machine.hardware.serial, has(machine))
    const row = (await lines(batch.id)).find(l => l.serial === mute.hardware.serial)
    if (row?.state === 'stuck' && named === null) named = h.now()
  }
  assert.deepEqual(
    [...left.values()],
    Array.from(others, () => 10),
    'every one left its set-up with ten of ten',
  )
  assert.ok(named !== null && named - silentSince < 120_000, `named after ${(named ?? 0) - silentSince} ms`)
  await live(10, others)
  const rows = await lines(batch.id)
  const { [mute.hardware.serial]: silent, ...rest } = Object.fromEntries(rows.map(r => [r.serial, r]))
  assert.deepEqual([silent?.state, silent?.cause], ['stuck', 'silent'])
  for (const row of Object.values(rest))
    assert.deepEqual([row.state, row.apps], ['ready', { wanted: 10, there: 10 }], row.serial)
  const { counts } = await call('GET', `/intakes/${batch.id}`)
  assert.deepEqual([counts.ready, counts.stuck], [count - 1, 1])
  assert.equal(content.most(), 1, 'one voice for the token')

  apple.comeOnline(mute)
  await live(60)
  assert.equal((await call('GET', `/intakes/${batch.id}`)).counts.ready, count)
  assert.equal(has(mute), 10)
})
