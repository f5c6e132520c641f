import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { listening } from '../../testing/listening.ts'

const keys = await keysForTests(24)

/** Virtual devices that speak to a real server, and an admin. */
async function town(t: TestContext) {
  const { apns, environment } = await apnsFor(t)
  const h = await listening(t, environment)
  await h.given.pushCertificate()
  const { key } = await h.given.admin()
  let seed = 400
  const arrive = async (of: apple.DeviceOptions & { unit?: string; user?: string } = {}) => {
    seed += 1
    const { unit, user, ...options } = of
    const one = apple.device({ seed, keys, careless: true, apns, supervised: true, ...options })
    t.after(() => apple.putAway(one))
    const { path } = await h.given.invitation({
      uses: null,
      ...(unit === undefined ? {} : { unit }),
      ...(user === undefined ? {} : { user }),
    })
    await apple.enroll(one, { profileUrl: `${h.url}${path}/profile` })
    await apple.connect(one)
    const { body } = await h.http('GET', `/api/v1/devices?filter=serial:${one.hardware.serial}`, { as: key })
    return { machine: one, id: String(body.items[0].id) }
  }
  /** Lets server and devices come to rest. */
  const rest = async (machines: readonly apple.AppleDevice[]): Promise<void> => {
    for (let i = 0; i < 4; i += 1) {
      await h.settle()
      for (const machine of machines) {
        await apple.connect(machine)
        await apple.settled(machine)
      }
    }
    await h.settle()
  }
  const call = async (method: string, url: string, body?: unknown) => {
    const answer = await h.http(method, `/api/v1${url}`, { as: key, ...(body === undefined ? {} : { body }) })
    assert.ok(answer.status < 300, `${method} ${url}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`)
    return answer.body
  }
  const want = async (unit: string, kind: string, name: string, value: object): Promise<string> => {
    const { policy } = await call('POST', '/policies', { kind, name, unit, value })
    const { blueprint } = await call('POST', '/blueprints', { name, unit, items: [policy.id] })
    await call('POST', `/blueprints/${blueprint.id}/assignments`, { unit })
    return String(policy.id)
  }
  return { h, arrive, rest, call, want }
}

const wifi = (ssid: string) => ({ ssid, security: 'wpa2', password: { $newSecret: 'correct horse battery' } })
const statesOf = (page: { items: { item: string; status: { state: string } }[] }): string[] =>
  page.items.map(i => `${i.item} ${i.status.state}`).sort()

test('what is assigned is on the device a moment later: by declarations, by commands on older systems; and what is taken away leaves', async t => {
  const { h, arrive, rest, call, want } = await town(t)
  const unit = h.root.id
  const modern = await arrive({ model: 'iPhone 17', osVersion: '27.0' })
  const old = await arrive({ model: 'iPhone 17', osVersion: '15.7' })
  await want(unit, 'wifi', 'Corp Wi-Fi', wifi('Corp'))
  const limits = await want(unit, 'restrictions', 'No camera', { camera: false })
  await rest([modern.machine, old.machine])
  for (const { machine, id } of [modern, old]) {
    assert.deepEqual(apple.networksIn(machine.interior.profiles.values()), ['Corp'])
    assert.equal(apple.restrictionsIn(machine.interior.profiles.values(), true).get('allowCamera'), false)
    assert.deepEqual(statesOf(await call('GET', `/devices/${id}/policy`)), [
      'restrictions installed',
      'wifi#Corp installed',
    ])
  }
  assert.ok(modern.machine.interior.declared.held.size > 0)
  assert.equal(old.machine.interior.declared.held.size, 0)
  const blueprints = await call('GET', '/blueprints')
  const held = blueprints.items.find((b: { name: string }) => b.name === 'No camera')
  await call('PATCH', `/blueprints/${held.id}`, { items: [] })
  await call('DELETE', `/policies/${limits}`)
  await rest([modern.machine, old.machine])
  for (const { machine } of [modern, old])
    assert.equal(apple.restrictionsIn(machine.interior.profiles.values(), true).has('allowCamera'), false)
})

test('what somebody takes away on the device is found and put back', async t => {
  const { h, arrive, rest, call, want } = await town(t)
  const { machine, id } = await arrive({ osVersion: '15.7' })
  await want(h.root.id, 'wifi', 'Corp Wi-Fi', wifi('Corp'))
  await rest([machine])
  const [identifier = ''] = machine.interior.profiles.keys()
  assert.equal(apple.removeByHand(machine, identifier), true)
  await call('POST', `/devices/${id}/refresh`)
  await rest([machine])
  assert.deepEqual(apple.networksIn(machine.interior.profiles.values()), ['Corp'])
  const types = await h.events()
  assert.ok(types.includes('item.drifted'), 'it was noticed')
})

test('a bad version stops at wave one by itself and every device is back where it was', async t => {
  const { h, arrive, rest, call, want } = await town(t)
  const fleet: Awaited<ReturnType<typeof arrive>>[] = []
  for (let i = 0; i < 6; i += 1) fleet.push(await arrive({ osVersion: i % 2 === 0 ? '27.0' : '15.7' }))
  const machines = fleet.map(f => f.machine)
  const policy = await want(h.root.id, 'restrictions', 'Limits', { camera: false })
  await rest(machines)
  // The new version brings a payload that no device of this fleet takes.
  for (const machine of machines)
    apple.misbehave(machine, { does: 'refuse-profile', on: 'com.apple.applicationaccess', times: 20 })
  const rollout = { waves: [50, 100], watchMinutes: 5, stopAbovePercentFailed: 10, minHeardPercent: 0 }
  await call('POST', `/policies/${policy}/versions`, { value: { camera: false, screenCapture: false }, rollout })
  const now = async () => (await call('GET', `/rollouts?policy=${policy}`)).items[0]
  // Devices that refuse are tried again, ever more rarely, until it counts as failed.
  for (let i = 0; i < 12 && (await now()).state === 'running'; i += 1) {
    await rest(machines)
    h.pass(i < 3 ? 60_000 : 10 * 60_000)
  }
  const stopped = await now()
  assert.deepEqual([stopped.state, stopped.wave], ['stopped', 0], JSON.stringify(stopped))
  const untouched = stopped.waves[1].counts
  assert.equal(untouched, null, 'the second wave never went out')
  for (const machine of machines) machine.behavior.length = 0
  await rest(machines)
  h.pass(10 * 60 * 60_000)
  await rest(machines)
  for (const { machine, id } of fleet) {
    const together = apple.restrictionsIn(machine.interior.profiles.values(), true)
    assert.deepEqual([together.get('allowCamera'), together.get('allowScreenShot')], [false, undefined], id)
  }
  const { version, value } = await call('GET', `/policies/${policy}`)
  assert.deepEqual([version, value], [3, { camera: false }])
})

test('S4-17: moving a person swaps the profiles of their devices', async t => {
  const { h, arrive, rest, call, want } = await town(t)
  const sales = await h.given.unit({ name: 'Sales' })
  const support = await h.given.unit({ name: 'Support' })
  const user = await h.given.user({ unit: sales.id })
  const { machine, id } = await arrive({ unit: sales.id, user: user.id, osVersion: '27.0' })
  await want(sales.id, 'wifi', 'Sales Wi-Fi', wifi('Sales'))
  await want(support.id, 'wifi', 'Support Wi-Fi', wifi('Support'))
  await want(h.root.id, 'restrictions', 'For all', { camera: false })
  await rest([machine])
  assert.deepEqual(apple.networksIn(machine.interior.profiles.values()), ['Sales'])
  await call('PATCH', `/devices/${id}`, { unit: support.id })
  await rest([machine])
  assert.deepEqual(apple.networksIn(machine.interior.profiles.values()), ['Support'])
  assert.equal(apple.restrictionsIn(machine.interior.profiles.values(), true).get('allowCamera'), false)
  assert.deepEqual(statesOf(await call('GET', `/devices/${id}/policy`)), [
    'restrictions installed',
    'wifi#Support installed',
  ])
})
