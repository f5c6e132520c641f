import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { bytes, decode, dict, str } from '@muster/wire/plist/plist.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { type Desiring, desiring } from '../../../testing/desiring.ts'
import { storeApp } from '../../../testing/given-apps.ts'
import { house, type House } from '../../../testing/house.ts'
import { stalledTrouble } from './stall.ts'
import * as store from './store.ts'

const passcode = (minLength: number) => ({ kind: 'passcode', value: { required: true, minLength } })
const camera = { kind: 'restrictions', value: { camera: false } }

async function scene(t: TestContext): Promise<{ h: House; d: Desiring }> {
  const h = await house(t)
  const d = await desiring(h, await h.given.enrolledTalker())
  // What a device is asked when it has just enrolled.
  await d.call()
  return { h, d }
}

const tokensIn = (answer: { body: unknown }): { DeclarationsToken: string; Timestamp: string } =>
  (answer.body as { SyncTokens: { DeclarationsToken: string; Timestamp: string } }).SyncTokens

test('tokens, manifest and command say one token for one state, and its time moves only with it', async t => {
  const { h, d } = await scene(t)
  await d.desire([passcode(6), camera])
  const [command, ...others] = await d.call()
  assert.deepEqual([str(command ?? {}, 'RequestType'), others.length], ['DeclarativeManagement', 0])
  const data = JSON.parse(Buffer.from(bytes(command ?? {}, 'Data') ?? []).toString()).SyncTokens
  h.pass(60_000)
  const asked = tokensIn(await d.ask('tokens'))
  assert.deepEqual(asked, data)
  assert.equal((await d.manifest()).token, asked.DeclarationsToken)
  h.pass(60_000)
  assert.deepEqual(tokensIn(await d.ask('tokens')), data)
  await d.desire([passcode(8), camera])
  const later = tokensIn(await d.ask('tokens'))
  assert.notEqual(later.DeclarationsToken, data.DeclarationsToken)
  assert.ok(later.Timestamp > data.Timestamp)
  assert.ok(Buffer.byteLength(later.DeclarationsToken) <= 256)
  // In another order it is the same; and back again it is what it was.
  await d.desire([camera, passcode(8)])
  assert.equal(tokensIn(await d.ask('tokens')).DeclarationsToken, later.DeclarationsToken)
  await d.desire([passcode(6), camera])
  assert.equal(tokensIn(await d.ask('tokens')).DeclarationsToken, data.DeclarationsToken)
})

test('every configuration has an activation of its own, and the manifest names what can be fetched', async t => {
  const { d } = await scene(t)
  await d.desire([passcode(6), camera])
  const all = await d.fetchAll()
  const manifest = await d.manifest()
  assert.deepEqual(
    all.map(x => [x.Identifier, x.ServerToken]),
    manifest.items.map(i => [i.identifier, i.token]),
  )
  const configurations = all.filter(x => x.of === 'configuration').map(x => x.Identifier)
  const activated = all.filter(x => x.of === 'activation').map(x => x.Payload.StandardConfigurations as string[])
  assert.deepEqual(activated.flat().sort(), configurations.sort())
  assert.ok(activated.every(one => one.length === 1))
  assert.deepEqual(
    all
      .map(x => x.Type)
      .filter(type => type.startsWith('com.apple.configuration.'))
      .sort(),
    [
      'com.apple.configuration.legacy',
      'com.apple.configuration.management.status-subscriptions',
      'com.apple.configuration.passcode.settings',
    ],
  )
})

test('what is unknown is 404, what makes no sense is 400, and neither is a fault', async t => {
  const { d } = await scene(t)
  await d.desire([passcode(6)])
  const { items } = await d.manifest()
  const identifier = items.find(i => i.of === 'configuration')?.identifier ?? ''
  const status = async (endpoint: string, content?: unknown): Promise<number> => (await d.ask(endpoint, content)).status
  assert.equal(await status(`declaration/configuration/${identifier}`), 200)
  // The same name in another class is another thing.
  assert.equal(await status(`declaration/asset/${identifier}`), 404)
  for (const name of ['none', 'a/b', '100%', '%zz', 'ü #', '../tokens', '__proto__'])
    assert.equal(await status(`declaration/configuration/${name}`), 404, name)
  for (const wrong of ['declaration/configuration/', 'declaration/app/x', 'declaration', 'token'])
    assert.equal(await status(wrong), 400, wrong)
  const report = async (text: string): Promise<number> =>
    (await d.phone.checkIn({ MessageType: 'DeclarativeManagement', Endpoint: 'status', Data: Buffer.from(text) }))
      .status
  for (const text of ['{', '[]', 'null', '{"StatusItems":1}', '['.repeat(1000)])
    assert.equal(await report(text), 400, text)
  assert.equal(await status('status'), 400)
  for (const text of ['{}', '{"StatusItems":{},"Errors":[]}', '{"StatusItems":{"management":{"declarations":null}}}'])
    assert.equal(await report(text), 200, text)
})

test('an item is installed when the device says so about the version it should have, and not before', async t => {
  const { d } = await scene(t)
  await d.desire([passcode(6)])
  await d.call()
  assert.equal((await d.items()).passcode?.state, 'sent')
  await d.reportAll(one => ({ 'server-token': `${one.ServerToken}-before` }))
  assert.equal((await d.items()).passcode?.state, 'sent', 'about another version')
  await d.reportAll(() => ({ valid: 'unknown', active: false }))
  assert.equal((await d.items()).passcode?.state, 'sent', 'not decided yet')
  assert.equal((await d.reportAll()).bytes.length, 0)
  assert.partialDeepStrictEqual((await d.items()).passcode, { state: 'installed', via: 'declarations' })
})

test('a failure is told with its reason; what rests by its predicate has not failed', async t => {
  const { h, d } = await scene(t)
  await d.desire([passcode(6), camera])
  await d.call()
  await d.reportAll(one =>
    one.Type.endsWith('passcode.settings')
      ? { active: false, valid: 'invalid', reasons: [{ code: 'Error.InvalidPayload', description: 'No.' }] }
      : one.Type.endsWith('legacy')
        ? { active: false, valid: 'valid', reasons: [{ code: 'Info.NotReferencedByActivation' }] }
        : one.Identifier.includes('restrictions')
          ? { active: false, reasons: [{ code: 'Info.Predicate' }] }
          : {},
  )
  const items = await d.items()
  assert.equal(items.restrictions?.state, 'installed')
  assert.equal(items.passcode?.state, 'failed')
  assert.deepEqual(items.passcode?.error, {
    code: 'ddm.invalid',
    facts: { reason: 'Error.InvalidPayload', description: 'No.' },
  })
  assert.ok((await h.events()).includes('item.failed'))
})

test('a late report about the version before does not undo what the device said since', async t => {
  const { d } = await scene(t)
  await d.desire([passcode(6)])
  await d.call()
  const old = (await d.fetchAll()).find(x => x.of === 'configuration' && x.Type.endsWith('passcode.settings'))
  await d.desire([passcode(8)])
  await d.call()
  await d.reportAll()
  assert.equal((await d.items()).passcode?.state, 'installed')
  const row = {
    identifier: old?.Identifier,
    'server-token': old?.ServerToken,
    active: false,
    valid: 'invalid',
    reasons: [{ code: 'Error.Unknown' }],
  }
  await d.ask('status', { StatusItems: { management: { declarations: { configurations: [row] } } } })
  assert.equal((await d.items()).passcode?.state, 'installed')
  // Two rows of one identifier: the one with the present token decides.
  await d.reportAll(() => ({}), {})
  const now = (await d.fetchAll()).filter(x => x.of === 'configuration')
  const rows = now.map(x => ({ identifier: x.Identifier, 'server-token': x.ServerToken, active: true, valid: 'valid' }))
  await d.ask('status', { StatusItems: { management: { declarations: { configurations: [row, ...rows] } } } })
  assert.equal((await d.items()).passcode?.state, 'installed')
})

test('what is taken away is gone once the device fetched a manifest without it and names it no more', async t => {
  const { d } = await scene(t)
  await d.desire([passcode(6), camera])
  await d.call()
  await d.reportAll()
  await d.desire([camera])
  const before = await d.items()
  assert.equal(before.passcode?.state, 'removing')
  const [command] = await d.call()
  assert.equal(str(command ?? {}, 'RequestType'), 'DeclarativeManagement')
  const { items } = await d.manifest()
  assert.ok(!items.some(i => i.identifier.includes('passcode')), 'with its activation')
  await d.reportAll()
  assert.deepEqual(Object.keys(await d.items()), ['restrictions'])
  assert.deepEqual(await d.call(), [])
})

test('what came into the set after its token was told is handed over with the list, and the device, which then says no more, is no debtor', async t => {
  const { h, d } = await scene(t)
  await d.desire([passcode(6)])
  const [command] = await d.call()
  assert.equal(str(command ?? {}, 'RequestType'), 'DeclarativeManagement')
  const app = await storeApp(h)
  await d.desire([passcode(6), { kind: 'app', instance: app.id, value: { app: app.id, presence: 'required' } }])
  // It answers to the first token, and is given a list that says more.
  const { token, items } = await d.manifest()
  const of = items.find(i => i.identifier.endsWith('.configuration.app.managed'))
  assert.ok(of, items.map(i => i.identifier).join())
  assert.partialDeepStrictEqual((await d.items())[`app#${app.id}`], { state: 'sent', via: 'declarations' })
  const list = [{ identifier: app.bundle, 'declaration-identifier': of.identifier, state: 'managed', version: '1.0' }]
  h.pass(1000)
  await d.ask('status', { StatusItems: { app: { managed: { list } } } })
  h.pass(1000)
  // It has what this token is of, so that it neither fetches nor reports.
  const told = await d.call()
  assert.equal(told.length, 1, 'and it is told, should it have given up in the middle')
  for (const one of told)
    assert.equal(
      tokensIn({ body: JSON.parse(Buffer.from(bytes(one, 'Data') ?? []).toString()) }).DeclarationsToken,
      token,
    )
  assert.equal((await d.items())[`app#${app.id}`]?.state, 'installed')
  h.pass(31 * 60_000)
  await d.call()
  await h.settle()
  assert.ok(!(await h.events()).includes('declarations.stalled'))
})

test('an app that is there already is in step when the device takes what is newly declared of it, without naming it again', async t => {
  const { d, h } = await scene(t)
  const app = await storeApp(h)
  const wish = (more: object) => [
    { kind: 'app', instance: app.id, value: { app: app.id, presence: 'required', ...more } },
  ]
  const state = async () => (await d.items())[`app#${app.id}`]?.state
  await d.desire(wish({}))
  await d.call()
  await d.reportAll()
  assert.equal(await state(), 'sent', 'it agrees, and does not have it yet')
  const of = (await d.manifest()).items.find(i => i.identifier.endsWith('.configuration.app.managed'))
  const list = [{ identifier: app.bundle, 'declaration-identifier': of?.identifier, state: 'managed', version: '1.0' }]
  await d.ask('status', { StatusItems: { app: { managed: { list } } } })
  assert.equal(await state(), 'installed')
  await d.desire(wish({ updates: 'never' }))
  await d.call()
  assert.equal(await state(), 'sent')
  await d.reportAll()
  assert.equal(await state(), 'installed')
})

test('a full report that does not name what was in force is drift, and the item is declared anew', async t => {
  const { h, d } = await scene(t)
  await d.desire([passcode(6)])
  await d.call()
  await d.reportAll()
  const before = (await d.manifest()).token
  await d.ask('status', { StatusItems: { FullReport: true, management: { declarations: { configurations: [] } } } })
  assert.equal((await d.items()).passcode?.state, 'wanted')
  await d.call()
  assert.notEqual((await d.manifest()).token, before, 'the same version is another one for the device')
  await d.reportAll()
  assert.equal((await d.items()).passcode?.state, 'installed')
  assert.deepEqual(
    (await h.events()).filter(e => /item\.(drifted|repaired)/.test(e)),
    ['item.drifted', 'item.repaired'],
  )
})

test('facts are learned from status, and a personal device is not asked for more than Apple gives', async t => {
  const { h, d } = await scene(t)
  const subscribed = (await d.fetchAll()).find(x => x.Type.endsWith('status-subscriptions'))?.Payload.StatusItems as {
    Name: string
  }[]
  assert.ok(subscribed.some(s => s.Name === 'device.operating-system.version'))
  assert.ok(!subscribed.some(s => s.Name.startsWith('device.identifier')))
  await d.ask('status', {
    StatusItems: {
      device: { 'operating-system': { version: '27.1' }, identifier: { 'serial-number': 'X' } },
      passcode: { 'is-compliant': true },
    },
  })
  const admin = await h.given.admin({ role: 'operator' })
  const page = (await h.http('GET', `/api/v1/devices/${d.device}`, { as: admin.key })).body
  assert.match(JSON.stringify(page), /27\.1/)
  assert.doesNotMatch(JSON.stringify(page), /"X"/)
})

test('capabilities that leave something out are not none, and those that say it change what is declared', async t => {
  const { h, d } = await scene(t)
  await d.desire([passcode(6)])
  await d.call()
  const capable = (payloads: object) =>
    d.ask('status', { StatusItems: { management: { 'client-capabilities': { 'supported-payloads': payloads } } } })
  await capable({ declarations: { assets: [] } })
  assert.ok(
    (await d.fetchAll()).some(x => x.Type.endsWith('passcode.settings')),
    'configurations were not spoken of',
  )
  await capable({ declarations: { configurations: ['com.apple.configuration.legacy'] } })
  assert.ok(!(await d.fetchAll()).some(x => x.Type.endsWith('passcode.settings')))
  const commands = (await d.call()).map(c => str(c, 'RequestType'))
  assert.ok(commands.includes('DeclarativeManagement'), 'and it is told')
  await h.settle()
})

test('a device that is told of a change and says nothing has stalled; it can be made to read all again', async t => {
  const { h, d } = await scene(t)
  await d.desire([passcode(6)])
  await d.call()
  const { token } = await d.manifest()
  h.pass(20 * 60_000)
  await h.settle()
  assert.ok(!(await h.events()).includes('declarations.stalled'), 'not yet')
  h.pass(11 * 60_000)
  await h.settle()
  assert.ok(!(await h.events()).includes('declarations.stalled'), 'it has not called since')
  h.pass(60_000)
  await d.call()
  h.pass(10 * 60_000)
  await h.settle()
  assert.equal((await h.events()).filter(e => e === 'declarations.stalled').length, 1)
  const admin = await h.given.admin({ role: 'operator' })
  const look = async () =>
    (await h.http('GET', `/api/v1/devices/${d.device}/declarations`, { as: admin.key })).body.channels[0]
  assert.ok((await look()).stalledAt > 0)
  const home = (await h.http('GET', '/api/v1/home', { as: admin.key })).body
  const told = home.decisions.find((d: { code: string }) => d.code === 'declarations-stalled')
  assert.equal(told?.facts.count, 1)
  assert.equal((await h.http('POST', `/api/v1/devices/${d.device}/declarations/force`, { as: admin.key })).status, 202)
  const [command] = await d.call()
  assert.equal(str(command ?? {}, 'RequestType'), 'DeclarativeManagement')
  assert.notEqual((await d.manifest()).token, token)
  await d.reportAll()
  const after = await look()
  assert.equal(after.stalledAt, null)
  assert.deepEqual(await h.run(ctx => stalledTrouble.find(ctx, 10)), [])
  assert.partialDeepStrictEqual(
    after.declarations.find((x: { item: string | null }) => x.item === 'passcode'),
    { grade: 'installed', class: 'configuration' },
  )
  assert.ok((await h.events()).includes('declarations.resumed'))
})

test('who speaks in time never stalls', async t => {
  const { h, d } = await scene(t)
  await d.desire([passcode(6)])
  await d.call()
  await d.reportAll()
  h.pass(40 * 60_000)
  await d.call()
  await h.settle()
  assert.ok(!(await h.events()).includes('declarations.stalled'))
})

test('profiles of declarations go to their own device alone, in parts if asked, and are the same bytes each time', async t => {
  const { h, d } = await scene(t)
  await d.desire([camera])
  const url = (await d.fetchAll()).find(x => x.Type === 'com.apple.configuration.legacy')?.Payload.ProfileURL as string
  assert.ok(url.startsWith('https://muster.test/mdm/apple/profiles/'))
  const whole = await d.get(url)
  assert.equal(whole.status, 200)
  const profile = dict(decode(whole.bytes))
  assert.match(String(profile.PayloadIdentifier), /^muster\.item\./)
  h.pass(3_600_000)
  assert.deepEqual((await d.get(url)).bytes, whole.bytes)
  const part = await d.get(url, { range: 'bytes=2-5' })
  assert.deepEqual(
    [part.status, part.bytes, part.headers['content-range']],
    [206, whole.bytes.subarray(2, 6), `bytes 2-5/${whole.bytes.length}`],
  )
  assert.deepEqual((await d.get(url, { range: 'bytes=-3' })).bytes, whole.bytes.subarray(-3))
  assert.equal((await d.get(url, { range: `bytes=${whole.bytes.length}-` })).status, 416)
  assert.equal((await h.http('GET', new URL(url).pathname)).status, 403, 'nobody in particular')
  const other = await desiring(h, await h.given.enrolledTalker())
  assert.equal((await other.get(url)).status, 404, 'another device')
  await d.desire([])
  assert.equal((await d.get(url)).status, 404, 'not wanted any more')
})

test('each account has a set and a token of its own', async t => {
  const h = await house(t)
  const mac = await h.given.talker()
  await mac.authenticate({ ProductName: 'Mac16,1', OSVersion: '27.0' })
  await mac.tokenUpdate()
  const user = { UserID: 'A1B2', UserShortName: 'ada', UserLongName: 'Ada' }
  await mac.tokenUpdate(user)
  const d = await desiring(h, mac)
  await d.call()
  const [account] = await h.run(ctx => enrollment.accountsOf(ctx, d.enrollment))
  await d.desire([passcode(6), { kind: 'restrictions', value: { camera: false }, account: account?.id ?? '' }])
  const onDevice = await d.manifest()
  const onAccount = await d.manifest(user)
  assert.notEqual(onDevice.token, onAccount.token)
  assert.ok(onAccount.items.some(i => i.identifier.includes('restrictions')))
  assert.ok(!onDevice.items.some(i => i.identifier.includes('restrictions')))
  const commands = await d.call(undefined, user)
  assert.deepEqual(
    commands.map(c => str(c, 'RequestType')),
    ['DeclarativeManagement'],
  )
  assert.equal((await d.items(account?.id)).restrictions?.state, 'sent')
  assert.equal(tokensIn(await d.ask('tokens', undefined, user)).DeclarationsToken, onAccount.token)
})

test('a device that enrolls again begins with nothing said', async t => {
  const { h, d } = await scene(t)
  await d.desire([passcode(6)])
  await d.call()
  await d.reportAll()
  await h.given.enrolledTalker({ udid: d.phone.udid })
  assert.deepEqual(await h.run(ctx => store.listChannels(ctx, d.enrollment)), [])
})

test("an activation of someone's own is refused when its condition cannot be read, and else decides about what it names", async t => {
  const { h, d } = await scene(t)
  const admin = await h.given.admin({ role: 'owner' })
  const kind = 'apple.declaration:com.apple.activation.simple'
  const rule = (Predicate: string) => ({ StandardConfigurations: ['passcode'], Predicate })
  const wrong = rule("@status(device.model.family) == = 'iPad'")
  const checked = await h.http('POST', '/api/v1/policies/check', { as: admin.key, body: { kind, value: wrong } })
  assert.ok(
    checked.body.findings.some(
      (f: { code: string; path: string }) => f.code === 'predicate.invalid' && f.path === '/Predicate',
    ),
  )
  const body = { kind, name: 'Rule', unit: h.root.id, value: wrong }
  assert.equal((await h.http('POST', '/api/v1/policies', { as: admin.key, body })).status, 422)
  await d.desire([passcode(6), { kind, value: rule("@property(ownership) == 'company'") }])
  const all = await d.fetchAll()
  const naming = all.filter(x => JSON.stringify(x.Payload.StandardConfigurations ?? '').includes('passcode'))
  assert.deepEqual(
    naming.map(x => x.Payload.Predicate),
    ["@property(ownership) == 'company'"],
  )
  assert.equal(all.find(x => x.Type === 'com.apple.management.properties')?.Payload.ownership, 'company')
  // Without what it names it is not declared, and says why.
  await d.desire([{ kind, value: rule('TRUEPREDICATE') }])
  await d.call()
  // What it fetched before is to go.
  const item = Object.values(await d.items()).find(i => i.wanted !== null)
  assert.partialDeepStrictEqual(item, { state: 'unsupported', error: { code: 'ddm.reference-missing' } })
  assert.ok(!(await d.fetchAll()).some(x => x.Payload.Predicate))
})
