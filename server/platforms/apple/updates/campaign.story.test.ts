import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import { startUpdates } from '@muster/simulator/outside/updates/updates.ts'
import * as updates from '../../../areas/updates/index.ts'
import { listening } from '../../../testing/listening.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const keys = await keysForTests(12)

type Kind =
  | 'usual'
  | 'off at night'
  | 'refusing'
  | 'never charged'
  | 'no room'
  | 'old hardware'
  | 'in a drawer'
  | 'another zone'

/** Of each dozen devices: most are as they should be, and one of each trouble. */
const kinds: readonly Kind[] = [
  ...(['usual', 'off at night', 'refusing', 'usual', 'never charged', 'usual'] as const),
  ...(['no room', 'another zone', 'usual', 'old hardware', 'usual', 'in a drawer'] as const),
]

function lifeOf(kind: Kind): apple.Life {
  return {
    zoneMinutes: kind === 'another zone' ? 540 : 60,
    off: kind === 'off at night' || kind === 'never charged' ? [22, 7] : null,
    charges: kind !== 'never charged',
    willing: kind === 'refusing' ? 0 : 0.08,
    away: kind === 'in a drawer',
  }
}

/** Devices of all kinds on 26.0, Apple’s list with 26.1, and a clock that is moved hour by hour. */
async function town(t: TestContext, size: number, bad?: 'fails' | 'bricks') {
  const outside = await startUpdates()
  t.after(() => outside.close())
  const h = await listening(t, { MUSTER_UPDATES_URL: outside.url, MUSTER_OUTSIDE_CA: outside.caFile })
  await h.given.pushCertificate()
  const admin = await h.given.admin()
  const posted = new Date(h.now() - 2 * dayMs).toISOString().slice(0, 10)
  const published = { system: 'iOS', posted, devices: ['iPhone18,3'] } as const
  outside.publish({ ...published, version: '26.1', build: '23B85' })
  outside.publish({ ...published, version: '26.0', build: '23A341', devices: ['iPhone18,3', 'iPhone14,6'] })
  await h.run(updates.refresh)
  await h.settle()
  const offered: apple.Offered[] = [
    { version: '26.1', build: '23B85', products: ['iPhone18,3'], sizeGb: 8, ...(bad ? { bad } : {}) },
  ]
  const { path } = await h.given.invitation({ uses: null })
  const people: { kind: Kind; one: apple.AppleDevice; life: apple.Life }[] = []
  for (let i = 0; i < size; i += 1) {
    const kind = kinds[i % kinds.length] ?? 'usual'
    const model = kind === 'old hardware' ? 'iPhone14,6' : 'iPhone 17'
    const one = apple.device({ seed: 4000 + i, keys, careless: true, model, osVersion: '26.0', supervised: true })
    one.interior.battery = 0.7
    if (kind === 'no room') one.interior.availableGb = 2
    else one.interior.availableGb = 60
    t.after(() => apple.putAway(one))
    await apple.enroll(one, { profileUrl: `${h.url}${path}/profile` })
    people.push({ kind, one, life: lifeOf(kind) })
  }
  await h.settle()
  for (const { one } of people) await apple.connect(one)
  await h.settle()
  const hour = async (): Promise<void> => {
    h.pass(hourMs)
    for (const { one, life } of people) {
      const news = apple.live(one, h.now(), offered, life)
      if (!one.online || one.interior.update?.state === 'installing') continue
      await apple.connect(one)
      await apple.settled(one)
      if (news && one.enrollment) await apple.lookAgain({ device: one, enrollment: one.enrollment, account: undefined })
    }
    await h.settle()
  }
  return { h, admin, people, hour }
}

const terms = { waves: [5, 25, 100], watchMinutes: 240 }

async function begin(
  { h, admin }: Pick<Awaited<ReturnType<typeof town>>, 'h' | 'admin'>,
  more: object = {},
): Promise<{ get(): Promise<Awaited<ReturnType<typeof h.http>>['body']> }> {
  const due = new Date(h.now() + 36 * hourMs).toISOString().slice(0, 16)
  const { status, body } = await h.http('POST', '/api/v1/campaigns', {
    as: admin.key,
    body: {
      name: 'To 26.1',
      unit: h.root.id,
      platforms: ['ios'],
      target: { kind: 'version', versions: { ios: '26.1' }, due },
      note: 'CVE-2026-12345',
      terms: { ...terms, ...more },
    },
  })
  assert.equal(status, 201, JSON.stringify(body))
  await h.settle()
  const get = async () => (await h.http('GET', `/api/v1/campaigns/${body.id}`, { as: admin.key })).body
  const prepared = await get()
  assert.equal(prepared.counts.reached, 0)
  assert.ok(prepared.counts.eligible > 0, JSON.stringify(prepared.counts))
  const started = await h.http('POST', `/api/v1/campaigns/${body.id}/start`, { as: admin.key })
  assert.equal(started.status, 200, JSON.stringify(started.body))
  await h.settle()
  return { get }
}

test('95 of 100 reachable devices that can take a version have it in 48 hours (S0-16)', {
  timeout: 600_000,
}, async t => {
  const at = await town(t, 48)
  const campaign = await begin(at)
  assert.equal((await campaign.get()).counts.blocked, 8, 'old hardware and no room')
  for (let i = 0; i < 48; i += 1) await at.hour()
  const able = at.people.filter(p => !['no room', 'old hardware', 'in a drawer'].includes(p.kind))
  const done = able.filter(p => p.one.interior.system.version === '26.1')
  t.diagnostic(`${done.length} of ${able.length} done`)
  assert.ok(
    done.length >= 0.95 * able.length,
    able
      .filter(p => !done.includes(p))
      .map(({ kind, one: { online, interior } }) => {
        const held = [...interior.declared.held.values()].map(h => [h.type, h.active])
        return JSON.stringify({ kind, online, battery: interior.battery, update: interior.update, held })
      })
      .join(),
  )
  const end = await campaign.get()
  assert.ok(end.counts.done >= done.length - 1, JSON.stringify(end.counts))
  assert.equal(end.wave, 2)
  const { body } = await at.h.http('GET', `/api/v1/campaigns/${end.id}/points`, { as: at.admin.key })
  assert.ok(body.items.length >= 24)
  assert.ok(body.items[0].eligible > body.items.at(-1).eligible, 'it burns down')
  const told = (await at.h.events()).filter(e => e.startsWith('campaign.'))
  assert.deepEqual(told.slice(0, 4), ['campaign.added', 'campaign.started', 'campaign.advanced', 'campaign.advanced'])
  assert.deepEqual(
    at.people.flatMap(p => p.one.ledger.troubles),
    [],
  )
})

test('a bad build stops at wave one, and an alert is open', { timeout: 600_000 }, async t => {
  const at = await town(t, 24, 'fails')
  const campaign = await begin(at)
  // The wave grows by one device in four hours until enough of them have answered, which the deadline after 36 hours makes sure of.
  for (let i = 0; i < 40 && (await campaign.get()).state !== 'halted'; i += 1) await at.hour()
  // Those that were told already learn at their next contact, at the latest in the morning, that it is off.
  for (let i = 0; i < 12; i += 1) await at.hour()
  const end = await campaign.get()
  assert.deepEqual([end.state, end.wave, end.reason], ['halted', 0, 'campaign.failures'])
  assert.ok(end.counts.reached < at.people.length / 2, `${end.counts.reached} devices met it`)
  const tried = at.people.filter(p => p.one.interior.update !== undefined)
  assert.deepEqual(tried, [], 'and those that did are left alone')
  const alerts = await at.h.http('GET', '/api/v1/alerts?filter=type:campaign-halted', { as: at.admin.key })
  assert.equal(alerts.body.items.length, 1)
})

test('without the rule the same bad build goes on to everybody', { timeout: 600_000 }, async t => {
  const at = await town(t, 12, 'fails')
  const campaign = await begin(at, { halts: false })
  for (let i = 0; i < 30; i += 1) await at.hour()
  const end = await campaign.get()
  assert.deepEqual([end.state, end.wave], ['running', 2])
  assert.ok(end.counts.failed >= 3, JSON.stringify(end.counts))
})

test('a phone too old for demands is ordered, and one on 27 is refused the order', { timeout: 600_000 }, async t => {
  const at = await town(t, 0)
  const { h, admin } = at
  const { path } = await h.given.invitation({ uses: null })
  const add = async (seed: number, osVersion: string) => {
    const one = apple.device({ seed, keys, careless: true, model: 'iPhone 17', osVersion, supervised: true })
    one.interior.availableGb = 60
    one.interior.battery = 0.9
    t.after(() => apple.putAway(one))
    await apple.enroll(one, { profileUrl: `${h.url}${path}/profile` })
    await h.settle()
    await apple.connect(one)
    await h.settle()
    return one
  }
  const old = await add(4100, '16.7')
  const young = await add(4101, '27.0')
  const campaign = await begin(at, { waves: [100] })
  await apple.connect(old)
  assert.equal(old.interior.update?.by, 'mdm')
  const offered = [{ version: '26.1', build: '23B85', products: ['iPhone18,3'], sizeGb: 8 }]
  for (let i = 0; i < 4; i += 1) {
    h.pass(hourMs)
    apple.live(old, h.now(), offered, lifeOf('usual'))
    if (old.interior.update?.state !== 'installing') await apple.connect(old)
  }
  assert.equal(old.interior.system.version, '26.1')
  const { items } = (await h.http('GET', `/api/v1/devices?filter=os:27`, { as: admin.key })).body
  const id = String(items[0]?.id)
  const refused = await h.http('POST', `/api/v1/devices/${id}/commands`, {
    as: admin.key,
    body: { kind: 'update.install', args: { version: '27.1', action: 'InstallASAP' } },
  })
  assert.equal(refused.body.code, 'update.by-policy')
  assert.equal((await campaign.get()).counts.done, 1, 'the newer one has it already')
  assert.deepEqual([...old.ledger.troubles, ...young.ledger.troubles], [])
})
