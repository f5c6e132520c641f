import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import * as hours from '../../areas/hours/index.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { listening } from '../../testing/listening.ts'

const keys = await keysForTests(24)
const minute = 60_000
const hour = 60 * minute

/** Virtual devices that hear pushes, an admin, and a policy whose working time ends in half an hour. */
async function town(t: TestContext) {
  const { apns, environment } = await apnsFor(t)
  const h = await listening(t, environment)
  await h.given.pushCertificate()
  const { key } = await h.given.admin()
  let seed = 900
  const arrive = async (of: apple.DeviceOptions & { user?: string } = {}) => {
    seed += 1
    const { user, ...options } = of
    const machine = apple.device({ seed, keys, careless: true, apns, supervised: true, osVersion: '27.0', ...options })
    t.after(() => apple.putAway(machine))
    const { path } = await h.given.invitation({ uses: null, ...(user === undefined ? {} : { user }) })
    await apple.enroll(machine, { profileUrl: `${h.url}${path}/profile` })
    await apple.connect(machine)
    const { body } = await h.http('GET', `/api/v1/devices?filter=serial:${machine.hardware.serial}`, { as: key })
    return { machine, id: String(body.items[0].id) }
  }
  const call = async (method: string, url: string, body?: unknown) => {
    const answer = await h.http(method, `/api/v1${url}`, { as: key, ...(body === undefined ? {} : { body }) })
    assert.ok(answer.status < 300, `${method} ${url}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`)
    return answer.body
  }
  const wall = (ms: number): string => new Date(ms).toISOString().slice(11, 16)
  const ends = Math.ceil((h.now() + 30 * minute) / minute) * minute
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const value = {
    windows: [{ days, from: wall(ends - 8 * hour), to: wall(ends) }],
    zone: 'UTC',
    allowedApps: ['com.apple.mobilemail'],
    camera: false,
  }
  const { policy } = await call('POST', '/policies', { kind: 'work-time', name: 'Hours', unit: h.root.id, value })
  const { blueprint } = await call('POST', '/blueprints', { name: 'Hours', unit: h.root.id, items: [policy.id] })
  const assign = () => call('POST', `/blueprints/${blueprint.id}/assignments`, { unit: h.root.id })
  /** Lets the server work and pushed devices call; nobody is told to call. */
  const breathe = async (machines: readonly apple.AppleDevice[], rounds = 3): Promise<void> => {
    for (let i = 0; i < rounds; i += 1) {
      await h.settle()
      for (const machine of machines) if (machine.online) await apple.settled(machine)
    }
    await h.settle()
  }
  return { h, arrive, call, assign, breathe, ends, policy: String(policy.id), value }
}

const saidTo = ({ interior }: apple.AppleDevice) =>
  apple.restrictionsIn(interior.profiles.values(), interior.supervised)
const listOf = ({ interior }: apple.AppleDevice) =>
  apple.appListsIn(interior.profiles.values(), interior.supervised).allowed
const off = ['com.apple.mobilemail', 'com.apple.mobilephone', 'com.apple.Preferences', 'com.apple.webapp']

test('S4-23: when working time ends only the allowed apps remain, within a minute on every device that can be woken; when it begins they are free', async t => {
  const { h, arrive, call, assign, breathe, ends } = await town(t)
  const fleet: Awaited<ReturnType<typeof arrive>>[] = []
  for (let i = 0; i < 12; i += 1) fleet.push(await arrive({ osVersion: i % 3 === 0 ? '15.7' : '27.0' }))
  const mac = await arrive({ model: 'Mac16,12' })
  const own = await arrive({ supervised: false })
  const machines = [...fleet, mac, own].map(f => f.machine)
  await assign()
  await breathe(machines)
  for (const { machine, id } of fleet) {
    assert.equal(listOf(machine), undefined, 'nothing is restricted in working time')
    const { phase } = await call('GET', `/devices/${id}/hours`)
    assert.partialDeepStrictEqual(phase, { phase: 'working', why: 'window', until: ends, zone: 'UTC' })
  }
  const before = (await h.events()).length
  h.pass(ends - h.now() - 1000)
  await breathe(machines)
  assert.equal((await h.events()).length, before, 'and nothing happens before its time')
  h.pass(1000)
  const began = h.now()
  while (fleet.some(f => listOf(f.machine) === undefined) && h.now() - began < minute) {
    await breathe(machines, 1)
    h.pass(2000)
  }
  assert.ok(h.now() - began <= minute, `${h.now() - began} ms`)
  for (const { machine, id } of fleet) {
    assert.deepEqual(listOf(machine), off)
    assert.equal(saidTo(machine).get('allowCamera'), false)
    assert.equal((await call('GET', `/devices/${id}/hours`)).phase.phase, 'off')
  }
  await breathe(machines)
  assert.deepEqual([listOf(mac.machine), saidTo(mac.machine).get('allowCamera')], [undefined, false])
  assert.equal(listOf(own.machine), undefined, 'a list of apps needs supervision')
  const why = await call('GET', `/devices/${fleet[0]?.id}/policy/why?item=work-time&key=allowedApps`)
  assert.partialDeepStrictEqual(why.time, { phase: 'off', why: 'outside', until: ends + 16 * hour })
  h.pass(ends + 16 * hour - h.now())
  const morning = h.now()
  while (machines.some(m => saidTo(m).has('allowCamera')) && h.now() - morning < minute) {
    await breathe(machines, 1)
    h.pass(2000)
  }
  for (const machine of machines) assert.deepEqual([...saidTo(machine).keys()], [])
})

test('S4-23: a device that was away gets what is right when it calls, not what it missed', async t => {
  const { h, arrive, assign, breathe, ends } = await town(t)
  const [one, two] = [await arrive(), await arrive({ osVersion: '15.7' })]
  const machines = [one.machine, two.machine]
  await assign()
  await breathe(machines)
  const profilesTaken = (m: apple.AppleDevice) =>
    [...m.ledger.executed.values()].filter(e => e.requestType === 'InstallProfile').length
  const taken = machines.map(profilesTaken)
  for (const machine of machines) apple.goOffline(machine)
  h.pass(ends - h.now() + 1000)
  await breathe(machines)
  h.pass(16 * hour)
  await breathe(machines)
  for (const machine of machines) {
    apple.comeOnline(machine)
    await apple.connect(machine)
    await apple.settled(machine)
  }
  await breathe(machines)
  for (const machine of machines) assert.deepEqual([...saidTo(machine).keys()], [])
  assert.deepEqual(machines.map(profilesTaken), taken, 'the evening that is over is not said any more')
  // Away from one evening to the next: it is off, and so is the device.
  for (const machine of machines) apple.goOffline(machine)
  h.pass(8 * hour)
  await breathe(machines)
  for (const machine of machines) {
    apple.comeOnline(machine)
    await apple.connect(machine)
    await apple.settled(machine)
  }
  await breathe(machines)
  for (const machine of machines) assert.deepEqual(listOf(machine), off)
})

test('S4-23: a person asks, an admin approves, and the exception ends by itself', async t => {
  const { h, arrive, call, assign, breathe, ends } = await town(t)
  const user = await h.given.user({ displayName: 'Hana' })
  const { machine, id } = await arrive({ user: user.id })
  await assign()
  await breathe([machine])
  h.pass(ends - h.now() + 1000)
  await breathe([machine])
  assert.deepEqual(listOf(machine), off)
  const until = h.now() + hour
  const asked = await h.run(ctx => hours.ask(ctx, { user: user.id, device: id, untilMs: until, reason: 'Month end' }))
  const { items, total } = await call('GET', '/hours/exceptions?state=asked')
  assert.equal(total, 1)
  assert.partialDeepStrictEqual(items[0], { id: asked.id, user: { name: 'Hana' }, reason: 'Month end', by: null })
  assert.partialDeepStrictEqual(await call('POST', `/hours/exceptions/${asked.id}/approve`, {}), {
    state: 'granted',
    until,
  })
  await breathe([machine])
  assert.equal(listOf(machine), undefined)
  assert.partialDeepStrictEqual((await call('GET', `/devices/${id}/hours`)).phase, { why: 'exception', until })
  h.pass(until - h.now())
  await breathe([machine])
  assert.deepEqual(listOf(machine), off)
  assert.equal((await call('GET', `/hours/exceptions/${asked.id}`)).state, 'ended')
  const said = (await h.events()).filter(e => e.startsWith('hours.'))
  assert.deepEqual(said, ['hours.exception-asked', 'hours.exception-granted', 'hours.exception-ended'])
})
