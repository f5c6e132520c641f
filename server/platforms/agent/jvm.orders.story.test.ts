import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { startSmsGateway } from '@muster/simulator/outside/sms/gateway.ts'
import * as blueprints from '../../areas/blueprints/index.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as push from '../../areas/push/index.ts'
import { type GivenHeadless, givenHeadless } from '../../testing/given-headless.ts'
import { hasJava } from '../../testing/headless.ts'
import type { House } from '../../testing/house.ts'
import { listening } from '../../testing/listening.ts'
import { kinds } from './commands/kinds.ts'
import { freePort } from '../../../tools/ports.ts'
import { until } from '../../../tools/until.ts'

const skip = hasJava ? false : 'a JDK is not installed'

type Listening = House & { url: string }

/** A house with a line that agents keep open, over TLS with the server's own certificate. */
async function withLine(t: TestContext, scheme: 'mqtts' | 'wss') {
  const at = `${scheme}://127.0.0.1:${await freePort()}`
  const h = await listening(t, { MUSTER_MQTT_LISTEN: at })
  const tls = await certificates.serverTls(h.base)
  const open = () => push.startBroker(h.base, h.base.config.mqtt?.listen ?? [], { cert: tls.cert, key: tls.key })
  let broker = await open()
  t.after(() => broker.close())
  return {
    h,
    connected: () => broker.connected(),
    close: () => broker.close(),
    open: async () => {
      broker = await open()
    },
  }
}

const lock = (h: Listening, { id }: GivenHeadless) =>
  h.run(ctx => commands.send(ctx, { device: id, kind: 'lock', args: {} }))

type OwnKeys = Readonly<Record<string, { chain: readonly string[]; public: string }>>
const ownKeys = (os: object): OwnKeys => (os as { own?: OwnKeys }).own ?? {}

const locks = async ({ device }: GivenHeadless): Promise<number> =>
  (await device.show()).os.effects.filter(e => e.verb === 'lock').length

/** Orders a lock, the so manyth, and waits until it took effect and the server knows: what is ordered then is not taken along by the call that told of it. */
async function locksOnce(h: Listening, given: GivenHeadless, count: number): Promise<void> {
  const id = await lock(h, given)
  await until('the order', async () => (await locks(given)) === count)
  const stateOf = () =>
    h.run(ctx => ctx.tx.selectFrom('commands').select('state').where('id', '=', id).executeTakeFirst())
  await until('its result', async () => (await stateOf())?.state === 'done')
}

test('an order reaches a device in Java by the line it keeps open, by waiting when the broker is gone, and by the line again when it is back', {
  skip,
}, async t => {
  const line = await withLine(t, 'mqtts')
  const { h } = line
  const given = await givenHeadless(t, h, { serial: 'LINE1', options: [] })
  await until('the line', () => line.connected() === 1)
  await locksOnce(h, given, 1)
  assert.deepEqual((await given.device.show()).woken, ['mqtt'])
  await line.close()
  await until('the wait', () => push.waitingNow(h.base.secrets) === 1)
  await locksOnce(h, given, 2)
  assert.deepEqual((await given.device.show()).woken, ['mqtt', 'wait'])
  await line.open()
  await until('the line', () => line.connected() === 1)
  await locksOnce(h, given, 3)
  assert.deepEqual((await given.device.show()).woken, ['mqtt', 'wait', 'mqtt'])
})

test('where only ports of the web are open the line goes through a WebSocket', { skip }, async t => {
  const line = await withLine(t, 'wss')
  const given = await givenHeadless(t, line.h, { serial: 'LINE2', options: [] })
  await until('the line', () => line.connected() === 1)
  await lock(line.h, given)
  await until('the order', async () => (await locks(given)) === 1)
  assert.deepEqual((await given.device.show()).woken, ['mqtt'])
})

test('a device in Java is what every kind of policy says that its system can be, names the rest, and is as it was when nobody says so any more', {
  skip,
}, async t => {
  const h = await listening(t)
  const given = await givenHeadless(t, h, { serial: 'KINDS1' })
  const admin = (await h.given.admin({ role: 'owner' })).key
  const { device, id } = given
  await device.act('apps/install', { name: 'org.example.pos', label: 'Shop', code: 1 })
  await device.act('apps/install', { name: 'org.example.game', label: 'Game', code: 1 })
  const before = (await device.show()).os.set
  // A minute of work in three days: now it is none.
  const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date(h.now()).getUTCDay() + 3) % 7] ?? 'sun'
  const policies = [
    { kind: 'kiosk', value: { apps: ['org.example.pos'], features: ['home'], awakeWhilePlugged: true } },
    { kind: 'private-dns', value: { mode: 'resolver', resolver: 'dns.example' } },
    {
      kind: 'app-permissions',
      value: {
        byDefault: 'deny',
        apps: [{ app: 'org.example.pos', permission: 'android.permission.CAMERA', state: 'grant' }],
      },
    },
    {
      kind: 'work-time',
      value: {
        windows: [{ days: [day], from: '00:00', to: '00:01' }],
        zone: 'UTC',
        allowedApps: ['org.example.pos'],
        screenCapture: false,
      },
    },
    { kind: 'lock-screen', value: { message: 'Call 555.' } },
    { kind: 'encryption', value: { required: true } },
    {
      kind: 'os-update',
      value: { window: { from: '02:00', to: '04:00' }, freezes: [{ from: '12-01', to: '01-15' }] },
    },
    {
      kind: 'vpn',
      value: {
        name: 'Work',
        server: 'vpn.example',
        remoteId: 'vpn.example',
        localId: 'me',
        authentication: 'shared-secret',
        sharedSecret: { $newSecret: 'x' },
        mode: 'always-on',
        app: 'org.example.tunnel',
        everything: true,
      },
    },
    {
      kind: 'restrictions',
      value: { outgoingCalls: false, debugging: false, safeStart: false, locationChanges: false },
    },
  ]
  const { assignment } = await h.given.assigned({ policies })
  await h.settle()
  await device.act('contact')
  const { set } = (await device.show()).os
  assert.partialDeepStrictEqual(set, {
    kiosk: { apps: ['org.example.pos'], features: ['home'], launcher: true },
    'turn:screen-awake': true,
    'private-dns': 'dns.example',
    'permit-by-default': 'deny',
    'permit:org.example.pos:android.permission.CAMERA': 'grant',
    'suspend:org.example.game': true,
    'turn:screen-capture': false,
    'lock-screen-text': 'Call 555.',
    updates: { when: 'windowed', from: 120, to: 240, freezes: ['12-1 1-15'] },
    vpn: { app: 'org.example.tunnel', lockdown: true },
    'restrict:no_outgoing_calls': true,
    'restrict:no_debugging_features': true,
    'restrict:no_safe_boot': true,
    'restrict:no_config_location': true,
  })
  const { body } = await h.http('GET', `/api/v1/devices/${id}/policy`, { as: admin })
  assert.deepEqual(
    body.items.map((i: { kind: string; status: { state: string } }) => `${i.kind} ${i.status.state}`).toSorted(),
    policies.map(({ kind }) => `${kind} installed`).toSorted(),
  )
  // In the minute of work it gives back what it held, and takes it again after: by its own clock, without a network.
  const midnight = Math.floor(h.now() / 86_400_000) * 86_400_000
  const atWork = midnight + 3 * 86_400_000 - h.now()
  const at = async (clockAheadMs: number) => {
    await device.act('set', { online: false, clockAheadMs })
    const { nextMs } = await device.act('hour')
    const shown = (await device.show()).os.set
    return { nextMs: Number(nextMs), held: [shown['turn:screen-capture'], shown['suspend:org.example.game']] }
  }
  assert.deepEqual((await at(atWork - 5000)).held, [false, true])
  const working = await at(atWork + 20_000)
  assert.deepEqual([working.held, working.nextMs > 30_000 && working.nextMs <= 40_000], [[undefined, undefined], true])
  assert.deepEqual((await at(atWork + 61_000)).held, [false, true])
  await device.act('set', { online: true, clockAheadMs: 0 })
  await h.run(ctx => blueprints.removeAssignment(ctx, assignment.id))
  await h.settle()
  await device.act('contact')
  assert.deepEqual((await device.show()).os.set, before)
})

test('S3-13: a phone in Java is woken by a text that nobody sees, by the number an admin gave, and has another word for the next', {
  skip,
}, async t => {
  const gateway = await startSmsGateway()
  const folder = mkdtempSync(join(tmpdir(), 'muster-text-'))
  writeFileSync(join(folder, 'ca.pem'), gateway.ca)
  t.after(async () => {
    await gateway.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const h = await listening(t, { MUSTER_OUTSIDE_CA: join(folder, 'ca.pem') })
  const { device, id } = await givenHeadless(t, h, { serial: 'TEXT1' })
  const admin = (await h.given.admin({ role: 'owner' })).key
  const put = (path: string, body: object) => h.http('PUT', `/api/v1${path}`, { as: admin, body })
  const channels = async () => (await h.http('GET', `/api/v1/devices/${id}/channels`, { as: admin })).body
  await put('/wake-channels/sms', { url: `${gateway.url}/send`, authorization: gateway.authorization })
  await device.act('set', { sim: { number: null } })
  await device.act('contact')
  assert.equal((await channels()).number, null)
  assert.equal((await put(`/devices/${id}/wake-number`, { number: '070-123' })).status, 400)
  assert.equal((await put(`/devices/${id}/wake-number`, { number: '+46701234567' })).status, 204)
  assert.deepEqual((await channels()).number, { by: 'admin', ends: '67' })
  await h.settle()
  const log = JSON.stringify(await h.http('GET', '/api/v1/events', { as: admin }))
  assert.ok(log.includes('wake-number.changed') && !log.includes('46701234567'))

  const texts: string[] = []
  gateway.phone('+46701234567', text => {
    texts.push(text)
  })
  const wake = async (): Promise<string> => {
    const order = await h.run(ctx => commands.send(ctx, { device: id, kind: 'lock', args: {} }))
    const sofar = texts.length
    for (let tries = 0; texts.length === sofar && tries < 40; tries += 1) {
      h.pass(60_000)
      await h.settle()
    }
    assert.equal(texts.length, sofar + 1, 'a text went out')
    return order
  }
  await wake()
  assert.deepEqual(
    await device.act('text', { text: `another W1:abc` }),
    { taken: false },
    'the system hands over no other',
  )
  assert.deepEqual(await device.act('text', { text: texts[0] }), { taken: true })
  const shown = await device.show()
  assert.deepEqual(shown.woken, ['sms'])
  assert.equal(shown.os.effects.filter(e => e.verb === 'lock').length, 1)
  assert.equal((await channels()).active, 'sms')
  assert.deepEqual(await device.act('text', { text: texts[0] }), { taken: false }, 'and each once')

  // One that was lost on its way has used the word up: the next contact brings another.
  await wake()
  await device.act('contact')
  await h.settle()
  await wake()
  assert.notEqual(texts[1]?.split(' ')[0], texts[2]?.split(' ')[0])
  assert.deepEqual(await device.act('text', { text: texts[2] }), { taken: true })
  assert.equal((await put(`/devices/${id}/wake-number`, { number: null })).status, 204)
  assert.equal((await channels()).number, null)
})

test('a device in Java has keys of its own certified, joins the network that asks for one, follows them in time, and keeps none', {
  skip,
}, async t => {
  const h = await listening(t)
  const { device, id } = await givenHeadless(t, h, { serial: 'OWN1' })
  const source = { source: 'built-in', commonName: 'till 7', organization: 'Havsten' }
  const eap = { method: 'tls', identity: source, serverNames: ['radius.example'] }
  const { assignment } = await h.given.assigned({
    policies: [
      { kind: 'identity', value: { name: 'Own', ...source } },
      { kind: 'wifi', value: { ssid: 'Office', security: 'enterprise-wpa2', eap } },
    ],
  })
  await h.settle()
  // It dies when the server has certified its key and the device has not put the certificate beside it.
  await device.act('hold', { verb: 'key-certified', after: false })
  const lost = device.act('contact').catch(() => null)
  await device.until('the certificate', shown => shown.held)
  await device.kill()
  await lost
  await device.start()
  await device.act('contact')
  const { os, agent } = await device.show()
  assert.deepEqual(agent.items.map(i => `${i.kind} ${i.state}`).toSorted(), ['identity applied', 'wifi applied'])
  const keys = ownKeys(os)
  assert.equal(Object.keys(keys).length, 2)
  for (const { chain, public: key } of Object.values(keys)) {
    const [leaf, authority] = chain.map(one => new X509Certificate(Buffer.from(one, 'base64')))
    assert.ok(leaf && authority && leaf.verify(authority.publicKey))
    assert.equal(leaf.subject, 'O=Havsten\nCN=till 7')
    assert.equal(leaf.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), key)
  }
  const own = () => h.run(ctx => certificates.identitiesOf(ctx, { kind: 'item', id }))
  assert.equal((await own()).length, 2, 'each was certified once, though it was asked for twice')
  const network = os.wifi?.['Office'] as { key?: string }
  assert.ok(Object.hasOwn(keys, network.key ?? ''))
  const verbs = os.effects.map(e => e.verb)
  assert.ok(verbs.lastIndexOf('key-certified') < verbs.indexOf('wifi'), 'the certificate was there first')

  h.pass(250 * 86_400_000)
  await device.act('contact')
  const later = (await device.show()).os
  assert.equal(Object.keys(ownKeys(later)).filter(alias => Object.hasOwn(keys, alias)).length, 0, 'other keys')
  assert.equal((await own()).length, 4)
  const followed = later.wifi?.['Office'] as { key?: string }
  assert.ok(Object.hasOwn(ownKeys(later), followed.key ?? ''))

  await h.run(ctx => blueprints.removeAssignment(ctx, assignment.id))
  await h.settle()
  await device.act('contact')
  const after = (await device.show()).os
  assert.deepEqual([ownKeys(after), after.wifi], [{}, {}])
})

test('a device in Java knows what to do with every order there is, and carries on with another key when the time of its own is over', {
  skip,
}, async t => {
  const h = await listening(t)
  const given = await givenHeadless(t, h, { serial: 'ORDERS1' })
  const { device, id } = given
  const admin = (await h.given.admin({ role: 'owner' })).key
  // The id for this organization: the device learned whose it is before it said who it is.
  const ids = await h.run(ctx => devices.identifiersOf(ctx, id))
  assert.ok(ids.some(i => i.kind === 'enrollment-id' && i.value === `esid-${h.org}-ORDERS1`))
  await device.act('apps/install', { name: 'org.example.game', label: 'Game' })
  const argsOf: Record<string, object> = {
    lock: { message: 'Call us.' },
    'clear-passcode': { passcode: '2468' },
    'lost-mode.enable': { message: 'Lost', phoneNumber: '555', footnote: 'A 7' },
    'app.uninstall': { package: 'org.example.game' },
    'message.show': { title: 'News', message: 'Lunch is at noon.' },
  }
  const order = ['restart', 'lock', 'clear-passcode', 'inventory.query', 'app.uninstall', 'message.show']
  const lost = ['lost-mode.enable', 'lost-mode.sound', 'lost-mode.disable']
  // Who looks for a device, how it is erased and how it leaves is played elsewhere.
  const elsewhere = ['location.query', 'wipe', 'enrollment.leave']
  assert.deepEqual(
    kinds.map(k => k.kind).toSorted(),
    [...order, ...lost, ...elsewhere].toSorted(),
    'an order that nobody tried here',
  )
  for (const kind of [...order, ...lost]) {
    const sent = await h.run(ctx => commands.send(ctx, { device: id, kind, args: argsOf[kind] ?? {} }))
    await device.act('contact')
    const done = (await h.http('GET', `/api/v1/commands/${sent}`, { as: admin })).body
    assert.equal(`${kind} ${done.state}`, `${kind} done`, JSON.stringify(done.error))
  }
  const { effects, passcode } = (await device.show()).os as unknown as {
    effects: { verb: string; detail?: unknown }[]
    passcode: string
  }
  const of = (verb: string): unknown[] => effects.filter(e => e.verb === verb).map(e => e.detail)
  assert.deepEqual(of('message'), ['Call us.', 'Lunch is at noon.'])
  assert.equal(passcode, '2468')
  assert.equal(of('ring').length, 1)
  assert.equal(of('restart').length, 1)
  assert.equal(of('uninstall').length, 1)

  const pinned = () =>
    h.run(async ctx => enrollment.pinned(ctx, (await enrollment.activeOf(ctx, [id])).get(id)?.id ?? ''))
  const before = await pinned()
  h.pass(300 * 86_400_000)
  await device.act('contact')
  const after = await pinned()
  assert.notEqual(after, before)
  await lock(h, given)
  await device.act('contact')
  assert.equal(await pinned(), after, 'once is enough')
  assert.equal(await locks(given), 2)
})
