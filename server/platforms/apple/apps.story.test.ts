import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import * as apps from '../../areas/apps/index.ts'
import { rangeIn } from '../../areas/apps/serve.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { ownApp, storeApp } from '../../testing/given-apps.ts'
import { listening } from '../../testing/listening.ts'

const keys = await keysForTests(24)

/** Virtual devices that speak to a real server, an admin, and a catalog. */
async function town(t: TestContext) {
  const { apns, environment } = await apnsFor(t)
  const h = await listening(t, environment)
  await h.given.pushCertificate()
  const { key } = await h.given.admin()
  let seed = 900
  const arrive = async (options: apple.DeviceOptions = {}) => {
    seed += 1
    const one = apple.device({ seed, keys, careless: true, apns, supervised: true, ...options })
    t.after(() => apple.putAway(one))
    const { path } = await h.given.invitation({ uses: null })
    await apple.enroll(one, { profileUrl: `${h.url}${path}/profile` })
    await apple.connect(one)
    const { body } = await h.http('GET', `/api/v1/devices?filter=serial:${one.hardware.serial}`, { as: key })
    return { machine: one, id: String(body.items[0].id) }
  }
  const rest = async (machines: readonly apple.AppleDevice[], minutes = 6): Promise<void> => {
    for (let i = 0; i < minutes; i += 1) {
      await h.settle()
      for (const machine of machines) {
        await apple.connect(machine)
        await apple.settled(machine)
      }
      h.pass(61_000)
    }
    await h.settle()
  }
  const call = async (method: string, url: string, body?: unknown) => {
    const answer = await h.http(method, `/api/v1${url}`, { as: key, ...(body === undefined ? {} : { body }) })
    assert.ok(answer.status < 300, `${method} ${url}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`)
    return answer.body
  }
  const want = async (app: apps.App, value: object = { presence: 'required' }): Promise<string> => {
    const name = `${app.name} ${Math.random()}`
    const { policy } = await call('POST', '/policies', {
      kind: 'app',
      name,
      unit: h.root.id,
      value: { app: app.id, ...value },
    })
    const { blueprint } = await call('POST', '/blueprints', { name, unit: h.root.id, items: [policy.id] })
    await call('POST', `/blueprints/${blueprint.id}/assignments`, { unit: h.root.id })
    return String(policy.id)
  }
  const stateOf = async (device: string, app: apps.App) =>
    (await h.run(ctx => apps.findStatus(ctx, device, app.id)))?.state ?? null
  return { h, arrive, rest, call, want, stateOf }
}

const has = ({ interior }: apple.AppleDevice, bundle: string): boolean =>
  interior.apps.some(a => a.identifier === bundle)

test('S0-13: a required app comes by itself by declaration and by command; the person takes it away, it comes back, and the log says so', async t => {
  const { h, arrive, rest, want, stateOf } = await town(t)
  const app = await storeApp(h, { name: 'Timetable', bundle: 'com.example.timetable', storeId: '501000002' })
  const modern = await arrive({ model: 'iPad Air 11-inch (M3)', osVersion: '27.0' })
  const old = await arrive({ model: 'iPhone 17', osVersion: '16.6' })
  await want(app)
  await rest([modern.machine, old.machine])
  for (const { machine, id } of [modern, old]) {
    assert.equal(has(machine, 'com.example.timetable'), true, machine.interior.system.version)
    assert.equal(await stateOf(id, app), 'installed')
  }
  assert.notEqual(modern.machine.interior.managed.get('com.example.timetable')?.declaration, undefined)
  assert.equal(old.machine.interior.managed.get('com.example.timetable')?.declaration, undefined)
  assert.deepEqual(await h.run(ctx => apps.countsOf(ctx, app.id)), { required: 2, installed: 2, pending: 0, failed: 0 })
  assert.equal(apple.removeApp(old.machine, 'com.example.timetable'), 'removed')
  assert.equal(apple.removeApp(modern.machine, 'com.example.timetable'), 'refused')
  const { key } = await h.given.admin()
  await h.http('POST', `/api/v1/devices/${old.id}/refresh`, { as: key })
  await rest([old.machine])
  assert.equal(has(old.machine, 'com.example.timetable'), true, 'it came back')
  const types = await h.events()
  for (const type of ['app.installed', 'app.removed', 'item.drifted', 'item.repaired'])
    assert.ok(types.includes(type), type)
})

test('what is not wanted any more leaves, and what is forbidden goes and stays hidden', async t => {
  const { h, arrive, rest, call, want, stateOf } = await town(t)
  const app = await storeApp(h, { name: 'Calc', bundle: 'com.example.calc', storeId: '501000007' })
  const modern = await arrive({ osVersion: '27.0' })
  const old = await arrive({ osVersion: '16.6' })
  const policy = await want(app)
  const machines = [modern.machine, old.machine]
  await rest(machines)
  for (const m of machines) assert.equal(has(m, 'com.example.calc'), true)
  await call('POST', `/policies/${policy}/versions`, { value: { app: app.id, presence: 'forbidden' } })
  await rest(machines)
  for (const { machine, id } of [modern, old]) {
    assert.equal(has(machine, 'com.example.calc'), false, machine.interior.system.version)
    assert.deepEqual([...apple.appListsIn(machine.interior.profiles.values(), true).blocked], ['com.example.calc'])
    assert.equal(await stateOf(id, app), 'removed')
  }
  await call('POST', `/policies/${policy}/versions`, { value: { app: app.id, presence: 'required' } })
  await rest(machines)
  for (const m of machines) assert.equal(has(m, 'com.example.calc'), true, 'again')
  const { items } = await call('GET', '/blueprints')
  await call('PATCH', `/blueprints/${items[0].id}`, { items: [] })
  await rest(machines)
  for (const { machine, id } of [modern, old]) {
    assert.equal(has(machine, 'com.example.calc'), false)
    assert.equal(await stateOf(id, app), null)
  }
})

test('S4-15: with the store taken away by a restriction, required apps still install', async t => {
  const { h, arrive, rest, call, want, stateOf } = await town(t)
  const name = 'No store'
  const value = { appStore: false, appInstallation: false }
  const { policy } = await call('POST', '/policies', { kind: 'restrictions', name, unit: h.root.id, value })
  const { blueprint } = await call('POST', '/blueprints', { name, unit: h.root.id, items: [policy.id] })
  await call('POST', `/blueprints/${blueprint.id}/assignments`, { unit: h.root.id })
  const devices = [await arrive({ osVersion: '27.0' }), await arrive({ osVersion: '16.6' })]
  const machines = devices.map(d => d.machine)
  await rest(machines)
  for (const m of machines)
    assert.equal(apple.installApp(m, { identifier: 'com.valvesoftware.Steam', name: 'Steam' }), 'refused')
  const app = await storeApp(h, { bundle: 'com.example.meet', storeId: '501000008' })
  await want(app)
  await rest(machines)
  for (const { machine, id } of devices) {
    assert.equal(has(machine, 'com.example.meet'), true)
    assert.equal(await stateOf(id, app), 'installed')
  }
})

test('who says no is asked once and then, when somebody wants it, again', async t => {
  const { h, arrive, rest, call, want, stateOf } = await town(t)
  const app = await storeApp(h, { bundle: 'com.example.scan', storeId: '501000009' })
  const { machine, id } = await arrive({ osVersion: '16.6', supervised: false, prompts: 'wait' })
  await want(app)
  await rest([machine])
  assert.equal(await stateOf(id, app), 'asking')
  assert.equal(apple.answerPrompt(machine, 'com.example.scan', 'decline'), true)
  await rest([machine], 8)
  assert.equal(await stateOf(id, app), 'rejected')
  const asked = [...machine.ledger.executed.values()].filter(e => e.requestType === 'InstallApplication').length
  assert.equal(asked, 1, 'a person who said no is not asked again by itself')
  await call('POST', `/devices/${id}/catalog/${app.id}/ask`)
  await rest([machine], 2)
  assert.equal(apple.answerPrompt(machine, 'com.example.scan', 'accept'), true)
  await rest([machine], 4)
  assert.equal(await stateOf(id, app), 'installed')
  assert.ok((await h.events()).includes('app.rejected'))
})

test('an app of our own is fetched from an address that is good for this device alone, in parts; another release follows', async t => {
  const { h, arrive, rest, want, stateOf } = await town(t)
  const { app } = await ownApp(h, { version: '1.0' })
  const modern = await arrive({ osVersion: '27.0' })
  const old = await arrive({ osVersion: '16.6' })
  const machines = [modern.machine, old.machine]
  await want(app)
  await rest(machines)
  for (const { machine, id } of [modern, old]) {
    assert.equal(await stateOf(id, app), 'installed', machine.interior.system.version)
    assert.equal(machine.interior.managed.get(app.bundle ?? '')?.version, '1.0')
  }
  const url = new URL(old.machine.ledger.downloads[0]?.url ?? '')
  const part = await h.http('GET', url.pathname, { headers: { range: 'bytes=4-8' } })
  assert.deepEqual([part.status, Buffer.from(part.bytes).toString()], [206, 'bytes'])
  const forged = url.pathname.replace(old.id, modern.id)
  assert.equal((await h.http('GET', forged)).status, 404)
  h.pass(25 * 3_600_000)
  assert.equal((await h.http('GET', url.pathname)).status, 404, 'a day later it is good for nothing')
  await ownApp(h, { app, version: '1.1' })
  await rest(machines)
  for (const { machine } of [modern, old])
    assert.equal(machine.interior.managed.get(app.bundle ?? '')?.version, '1.1', machine.interior.system.version)
})

test('an offered app comes when it is asked for, and a person who takes it away again is left in peace', async t => {
  const { h, arrive, rest, call, want, stateOf } = await town(t)
  const app = await storeApp(h, { bundle: 'com.example.maps', storeId: '501000010' })
  const { machine, id } = await arrive({ osVersion: '27.0' })
  await want(app, { presence: 'available' })
  await rest([machine])
  assert.equal(has(machine, 'com.example.maps'), false)
  const offered = await call('GET', `/devices/${id}`)
  assert.deepEqual([offered.policy.waiting, offered.sentence.code], [0, 'active'], 'nothing is under way')
  await call('POST', `/devices/${id}/catalog/${app.id}/ask`)
  await rest([machine])
  assert.equal(has(machine, 'com.example.maps'), true)
  assert.equal(await stateOf(id, app), 'installed')
  assert.equal(apple.removeApp(machine, 'com.example.maps'), 'removed')
  await call('POST', `/devices/${id}/refresh`)
  await rest([machine])
  assert.equal(has(machine, 'com.example.maps'), false)
  assert.equal(await stateOf(id, app), 'removed')
})

const tunnel = {
  name: 'Office',
  server: 'vpn.havsten.example',
  remoteId: 'vpn.havsten.example',
  localId: 'ipad',
  authentication: 'shared-secret',
  sharedSecret: { $newSecret: 'a tunnel of our own' },
  mode: 'per-app',
  browserDomains: ['intra.havsten.example'],
}

test('a configuration reaches the app with the values of its device, secrets opened, and the app is tied to the tunnel that a policy brings', async t => {
  const { h, arrive, rest, call, want } = await town(t)
  const app = await storeApp(h, { bundle: 'com.example.ledger', storeId: '501000003' })
  const { machine } = await arrive({ osVersion: '27.0' })
  const config = {
    serial: { $var: 'device.serial' },
    key: { $newSecret: 'hunter22hunter22' },
    deep: { list: [1, true, 'x'] },
  }
  const { policy } = await call('POST', '/policies', { kind: 'vpn', name: 'Tunnel', unit: h.root.id, value: tunnel })
  const { blueprint } = await call('POST', '/blueprints', { name: 'Tunnel', unit: h.root.id, items: [policy.id] })
  await call('POST', `/blueprints/${blueprint.id}/assignments`, { unit: h.root.id })
  const { items } = await call('GET', '/app-ties')
  assert.deepEqual(items, [{ key: 'vpn', ref: 'Office', policy: { id: policy.id, name: 'Tunnel' } }])
  const tied = { app: app.id, presence: 'required', vpn: 'Ofice' }
  const { findings } = await call('POST', '/policies/check', { kind: 'app', value: tied })
  assert.deepEqual(findings, [{ severity: 'warning', code: 'app.tie-unknown', path: '/vpn' }])
  const more = { vpn: items[0]?.ref, domains: ['havsten.example'], removable: false }
  await want(app, { presence: 'required', config, ...more })
  await rest([machine])
  const managed = machine.interior.managed.get('com.example.ledger')
  assert.deepEqual(managed?.configuration, {
    serial: machine.hardware.serial,
    key: 'hunter22hunter22',
    deep: { list: [1, true, 'x'] },
  })
  const payloads = [...machine.interior.profiles.values()].flatMap(p => p.payloads)
  const { VPNUUID } = payloads.find(p => p['PayloadType'] === 'com.apple.vpn.managed.applayer') ?? {}
  assert.match(String(VPNUUID), /^[0-9A-F-]{36}$/i)
  assert.deepEqual(managed?.attributes, { VPNUUID, AssociatedDomains: ['havsten.example'], Removable: false })
})

test('an app that fails is tried again ever more rarely; once that has not helped, one alert for the app says on how many devices, until asking again does', async t => {
  const { h, arrive, rest, call, want, stateOf } = await town(t)
  const app = await storeApp(h, { bundle: 'com.example.sketch', storeId: '501000006' })
  const { machine, id } = await arrive({ osVersion: '16.6' })
  const later = (minutes: number) => {
    h.pass(minutes * 60_000)
    return h.settle()
  }
  const alerts = async () =>
    (await call('GET', '/alerts?filter=type:app-failed')).items.map((a: { state: string; facts: object }) => [
      a.state,
      a.facts,
    ])
  apple.misbehave(machine, { does: 'fail-app', on: 'com.example.sketch', times: 1 })
  await want(app)
  await rest([machine], 8)
  assert.equal(await stateOf(id, app), 'installed', 'the second time it worked')
  assert.ok((await h.events()).includes('app.failed'))
  await later(45)
  assert.deepEqual(await alerts(), [], 'what mended itself is nobody’s trouble')
  const bad = await storeApp(h, { bundle: 'com.example.maps', storeId: '501000010' })
  apple.misbehave(machine, { does: 'fail-app', on: 'com.example.maps', times: Number.POSITIVE_INFINITY })
  await want(bad)
  await rest([machine], 8)
  await later(20)
  assert.deepEqual(await alerts(), [], 'it is still being tried')
  await later(12)
  await rest([machine], 2)
  await later(15)
  assert.equal(await stateOf(id, bad), 'failed')
  const facts = { name: bad.name, failed: 1, required: 1, step: '1' }
  assert.deepEqual(await alerts(), [['open', facts]])
  machine.behavior.length = 0
  await call('POST', `/devices/${id}/catalog/${bad.id}/ask`)
  await rest([machine], 5)
  await later(11)
  assert.equal(await stateOf(id, bad), 'installed')
  assert.deepEqual(await alerts(), [['resolved', facts]])
})

test('a book is there when the device says so; one that fails is tried again, and one that the person takes away comes back', async t => {
  const { h, arrive, rest, call, want, stateOf } = await town(t)
  const wish = { platform: 'ios', kind: 'book', name: 'Tidbook', unit: h.root.id, needsSeat: false } as const
  const book = await h.run(ctx => apps.addApp(ctx, { ...wish, storeId: '601000001' }))
  const { machine, id } = await arrive({ osVersion: '27.0' })
  apple.misbehave(machine, { does: 'fail-app', on: '601000001', times: 1 })
  await want(book)
  await rest([machine], 1)
  assert.notEqual(await stateOf(id, book), 'installed', 'that the device took the command is no installation')
  await rest([machine], 2)
  assert.ok((await h.events()).includes('app.failed'))
  await rest([machine], 7)
  assert.deepEqual([machine.interior.books.get(601_000_001), await stateOf(id, book)], ['Installed', 'installed'])
  machine.interior.books.set(601_000_001, 'Uninstalled')
  await call('POST', `/devices/${id}/refresh`)
  await rest([machine], 2)
  assert.ok((await h.events()).includes('app.removed'))
  await rest([machine], 6)
  assert.equal(await stateOf(id, book), 'installed', 'it came back')
  const asked = [...machine.ledger.executed.values()].filter(e => e.requestType === 'ManagedMediaList').length
  assert.ok(asked > 0 && asked < 20, `${asked} questions`)
})

test('a web app is a payload and counts as there; what is made for another system is required of nobody there', async t => {
  const { h, arrive, rest, want, stateOf } = await town(t)
  const wish = {
    platform: 'ios',
    kind: 'web',
    name: 'Lunch',
    unit: h.root.id,
    address: 'https://lunch.example',
  } as const
  const web = await h.run(ctx => apps.addApp(ctx, wish))
  const modern = await arrive({ osVersion: '27.0' })
  const old = await arrive({ osVersion: '15.7' })
  const mac = await arrive({ model: 'Mac16,12', osVersion: '15.7.2' })
  await want(web)
  await rest([modern.machine, old.machine, mac.machine], 3)
  assert.deepEqual([await stateOf(modern.id, web), await stateOf(old.id, web)], ['installed', 'installed'])
  assert.equal(await stateOf(mac.id, web), 'removed')
  assert.deepEqual(await h.run(ctx => apps.countsOf(ctx, web.id)), { required: 2, installed: 2, pending: 0, failed: 0 })
})

test('a required package reaches a Mac by declaration and by command', async t => {
  const { h, arrive, rest, want, stateOf } = await town(t)
  const { app } = await ownApp(h, { platform: 'macos', version: '2.0' })
  const modern = await arrive({ model: 'Mac16,12', osVersion: '27.0' })
  const old = await arrive({ model: 'Mac16,12', osVersion: '15.7.2' })
  await want(app)
  await rest([modern.machine, old.machine])
  const { key } = await h.given.admin()
  await h.http('POST', `/api/v1/devices/${old.id}/refresh`, { as: key })
  await rest([old.machine], 3)
  assert.deepEqual([await stateOf(modern.id, app), await stateOf(old.id, app)], ['installed', 'installed'])
})

test('ranges of a file are taken as the specification says', () => {
  assert.deepEqual(rangeIn('bytes=0-4', 10), [0, 4])
  assert.deepEqual(rangeIn('bytes=5-', 10), [5, 9])
  assert.deepEqual(rangeIn('bytes=-3', 10), [7, 9])
  assert.equal(rangeIn('bytes=10-', 10), 'unmet')
  assert.equal(rangeIn('bytes=0-1,4-5', 10), 'none')
})
