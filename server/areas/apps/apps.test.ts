import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startStore } from '@muster/simulator/outside/store/store.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { readIpa } from '@muster/wire/apple/files/ipa.ts'
import { readPkg } from '@muster/wire/apple/files/pkg.ts'
import { readElements } from '@muster/wire/apple/files/xml.ts'
import { signedApk, testSigner, unsignedApk } from '@muster/wire/android/testing/apk.ts'
import { sourceOf } from '@muster/wire/files/source.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { type FileSigner, fileSigner, ipaOf, pkgOf } from '../../testing/app-files.ts'
import { house } from '../../testing/house.ts'
import { readForm } from './form.ts'

const now = Date.UTC(2026, 10, 20, 9)
const dayMs = 24 * 3_600_000
const ours = fileSigner('HAVSTEN001', now)
const others = fileSigner('OTHERS0001', now)

async function desk(t: TestContext, environment: Record<string, string> = {}) {
  const h = await house(t, environment)
  const { key: as } = await h.given.admin()
  const call = (method: string, url: string, body?: unknown) =>
    h.http(method, `/api/v1${url}`, { as, ...(body === undefined ? {} : { body }) })
  /** Sends a file in parts of this size and waits until it is read. */
  const send = async (bytes: Uint8Array, { app, part = 1000 }: { app?: string; part?: number } = {}) => {
    const to = { unit: h.root.id, name: 'field.ipa', size: bytes.length, ...(app ? { app } : {}) }
    const { body: upload } = await call('POST', '/app-uploads', to)
    for (let at = 0; at < bytes.length; at += part) {
      const headers = { 'content-type': 'application/octet-stream' }
      const url = `/api/v1/app-uploads/${upload.id}/parts/${at}`
      const body = bytes.subarray(at, Math.min(bytes.length, at + part))
      const sent = await h.http('PUT', url, { as, headers, body })
      assert.equal(sent.status, 200, JSON.stringify(sent.body))
    }
    await h.settle()
    return (await call('GET', `/app-uploads/${upload.id}`)).body
  }
  return { h, as, call, send }
}

const ipa = (version: string, signer: FileSigner = ours, bundle = 'org.havsten.field') =>
  ipaOf({ bundle, version, signer, expiresAt: now + 200 * dayMs })

test('an uploaded .ipa becomes an app with what stands in it; a newer file of the same signer becomes its release', async t => {
  const { h, call, send } = await desk(t)
  const done = await send(await ipa('1.2'))
  assert.equal(done.state, 'done', JSON.stringify(done))
  const { body: app } = await call('GET', `/apps/${done.app}`)
  assert.partialDeepStrictEqual(app, {
    name: 'Fältboken',
    bundle: 'org.havsten.field',
    kind: 'file',
    platform: 'ios',
    version: '1.2',
    needsSeat: false,
  })
  assert.partialDeepStrictEqual(app.releases, [
    {
      shortVersion: '1.2',
      version: '77',
      minimumOs: '16.0',
      team: 'HAVSTEN001',
      expiresAt: now + 200 * dayMs,
      latest: true,
    },
  ])
  const again = await send(await ipa('1.10'), { part: 777 })
  assert.equal(again.app, done.app)
  const after = (await call('GET', `/apps/${done.app}`)).body
  assert.deepEqual([after.version, after.releases.length], ['1.10', 2])
  assert.equal((await call('DELETE', `/releases/${again.release}`)).status, 204)
  assert.equal((await call('GET', `/apps/${done.app}`)).body.version, '1.2')
  const types = await h.events()
  for (const type of ['app.added', 'app.released', 'app.withdrawn']) assert.ok(types.includes(type), type)
})

test('a file signed by somebody else is refused until the new signer is allowed; another app, an old profile and rubbish always', async t => {
  const { call, send } = await desk(t)
  const { app } = await send(await ipa('1.0'))
  const refusal = async (bytes: Uint8Array, to: { app?: string } = {}) => (await send(bytes, to)).code
  assert.equal(await refusal(await ipa('1.1', others)), 'app.other-signer')
  assert.equal(await refusal(await ipa('2.0', ours, 'org.havsten.other'), { app }), 'app.other-bundle')
  const expired = { bundle: 'org.havsten.field', version: '3.0', signer: ours, expiresAt: now - 1 }
  assert.equal(await refusal(await ipaOf(expired)), 'app.file-expired')
  assert.equal(await refusal(Buffer.from('no app at all')), 'app.file-malformed')
  const cut = (await ipa('1.3')).slice(0, 900)
  assert.equal(await refusal(cut), 'app.file-malformed')
  assert.equal((await call('POST', `/apps/${app}/allow-signer`)).status, 200)
  assert.equal((await send(await ipa('1.1', others))).state, 'done')
  assert.equal(await refusal(await ipa('1.2', ours)), 'app.other-signer')
  assert.equal(
    await refusal(await ipaOf({ ...expired, version: '1.1', signer: others, expiresAt: now + dayMs, filling: 9 })),
    'app.release-known',
  )
})

test('an uploaded .apk becomes an app with what stands in it, pins its signer, and leads by the number devices compare', async t => {
  const { h, call, send } = await desk(t)
  const [by, other] = [testSigner('Havsten'), testSigner('Somebody')]
  const permissions = ['android.permission.CAMERA', 'android.permission.INTERNET']
  const said = { package: 'org.havsten.shift', label: 'Shift', versionName: '1.9', versionCode: 19, permissions }
  const done = await send(signedApk({ ...said, flags: ['debuggable'] }, by))
  assert.equal(done.state, 'done', JSON.stringify(done))
  const { body: app } = await call('GET', `/apps/${done.app}`)
  assert.partialDeepStrictEqual(app, {
    ...{ platform: 'android', kind: 'file', name: 'Shift', publisher: 'Havsten', bundle: 'org.havsten.shift' },
    ...{ version: '1.9', signer: `cert:${by.fingerprint}`, needsSeat: false },
  })
  assert.partialDeepStrictEqual(app.releases[0], {
    ...{ version: '19', shortVersion: '1.9', format: 'apk', minimumOs: '8.0', minimum: 26, target: 35, permissions },
    ...{ scheme: 2, rotated: false, debuggable: true, signer: `cert:${by.fingerprint}`, latest: true },
  })
  const of = { app: String(done.app), part: 100_000 }
  const next = { ...said, versionName: '1.10-beta', versionCode: 20 }
  const stranger = await send(signedApk(next, other), of)
  assert.deepEqual([stranger.state, stranger.code], ['failed', 'app.other-signer'])
  const forged = signedApk({ ...next, filling: Buffer.from('as it was signed') }, by)
  forged.write('as it was forged', forged.indexOf('as it was signed'))
  assert.equal((await send(forged, of)).code, 'app.file-forged')
  assert.equal((await send(unsignedApk(next), of)).code, 'app.file-unsigned')
  assert.equal((await send(signedApk({ ...next, split: 'config.sv' }, by), of)).code, 'app.file-part')
  assert.equal((await send(signedApk({ ...next, package: 'org.havsten.other' }, by), of)).code, 'app.other-bundle')
  // A key that follows the first by its word is the same signer.
  const followed = await send(signedApk(next, other, { line: [by] }), of)
  assert.equal(followed.state, 'done', JSON.stringify(followed))
  assert.equal((await send(signedApk({ ...next, versionName: 'other' }, by), of)).code, 'app.release-known')
  const { body: after } = await call('GET', `/apps/${done.app}`)
  assert.deepEqual([after.version, after.releases[0].rotated], ['1.10-beta', true])
  const { items } = (await call('GET', '/apps?platform=android')).body
  assert.equal(items.length, 1)
  assert.equal((await h.events()).filter(e => e === 'app.released').length, 2)
})

test('parts come in order and may come twice; what leaves a gap is refused with the place to go on', async t => {
  const { h, as, call } = await desk(t)
  const bytes = await ipa('1.0')
  const { body: upload } = await call('POST', '/app-uploads', { unit: h.root.id, name: 'a.ipa', size: bytes.length })
  const put = (at: number, length: number) =>
    h.http('PUT', `/api/v1/app-uploads/${upload.id}/parts/${at}`, {
      as,
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes.subarray(at, at + length),
    })
  assert.equal((await put(0, 500)).body.received, 500)
  assert.equal((await put(0, 500)).body.received, 500, 'the same part again')
  const gap = await put(900, 10)
  assert.deepEqual([gap.status, gap.body.code, gap.body.received], [409, 'app.upload-offset', 500])
  assert.equal((await put(500, bytes.length)).body.state, 'reading')
  await h.settle()
  assert.equal((await call('GET', `/app-uploads/${upload.id}`)).body.state, 'done')
  assert.equal((await call('POST', '/app-uploads', { unit: h.root.id, name: 'a', size: 5 * 1024 ** 3 })).status, 400)
})

test('a .pkg says what it installs, from which system, and who signed it; one that nobody signed or whose signature is for another table is refused', async t => {
  const signed = await readPkg(sourceOf(pkgOf({ bundle: 'org.havsten.field', version: '4.1', signer: ours })))
  assert.partialDeepStrictEqual(signed, {
    bundle: 'org.havsten.field',
    title: 'Field & more',
    version: '4.1',
    minimumOs: '13.0',
    signer: { team: 'HAVSTEN001' },
  })
  assert.equal((await readPkg(sourceOf(pkgOf({ bundle: 'org.a.b', version: '1', signer: null })))).signer, null)
  await assert.rejects(
    readPkg(sourceOf(pkgOf({ bundle: 'org.a.b', version: '1', signer: ours, forge: true }))),
    Malformed,
  )
  const { send } = await desk(t)
  const done = await send(pkgOf({ bundle: 'org.havsten.mac', version: '4.1', signer: ours }))
  assert.equal(done.state, 'done', JSON.stringify(done))
  assert.equal((await send(pkgOf({ bundle: 'org.havsten.mac', version: '5', signer: null }))).code, 'app.file-unsigned')
})

test('a package whose table never says what it is costs no more than its length', () => {
  const started = process.cpuUsage()
  assert.throws(() => readElements('<!DOCTYPE'.repeat(30_000)), Malformed)
  assert.ok(process.cpuUsage(started).user < 1_000_000)
  const typed = readElements('<?xml version="1.0"?>\n<!DOCTYPE xar SYSTEM "x">\n<xar><toc/></xar>')
  assert.equal(typed.children[0]?.name, 'toc')
})

test('files that were altered anywhere are read or refused, never a fault', async () => {
  const [one, two] = [await ipa('1.0'), pkgOf({ bundle: 'org.havsten.mac', version: '1', signer: ours })]
  for (const [bytes, read] of [
    [one, readIpa],
    [two, readPkg],
  ] as const)
    for (let seed = 1; seed < 400; seed += 1) {
      const altered = new Uint8Array(bytes)
      for (let n = 0; n < 1 + (seed % 5); n += 1) {
        const at = (seed * 7919 + n * 104_729) % altered.length
        altered[at] = (altered[at] ?? 0) ^ (1 << (seed % 8))
      }
      await read(sourceOf(seed % 3 === 0 ? altered.subarray(0, (seed * 31) % altered.length) : altered)).catch(
        (error: unknown) => {
          if (!(error instanceof Malformed)) throw error
        },
      )
    }
})

test('the store is asked by a job: what it finds can be added once, and a store that does not answer is said to be silent', async t => {
  const store = await startStore()
  t.after(() => store.close())
  const ca = join(tmpdir(), `muster-store-${process.pid}.pem`)
  writeFileSync(ca, store.ca)
  const { h, call } = await desk(t, { MUSTER_STORE_URL: store.url, MUSTER_OUTSIDE_CA: ca })
  const find = async (words: string) => {
    const { body } = await call('POST', '/app-finds', { words })
    assert.equal(body.state, 'asked')
    await h.settle()
    return (await call('GET', `/app-finds/${body.id}`)).body
  }
  const byName = await find('time')
  assert.partialDeepStrictEqual(byName, {
    state: 'done',
    items: [{ storeId: '501000002', bundle: 'com.example.timetable', platform: 'ios', kind: 'store' }],
  })
  const byAddress = await find('https://apps.example/se/app/x/id501000007')
  assert.deepEqual(
    byAddress.items.map((i: { bundle: string }) => i.bundle),
    ['com.example.calc'],
  )
  assert.deepEqual((await find('no such thing')).items, [])
  const wish = {
    kind: 'store',
    name: 'Timetable',
    unit: h.root.id,
    storeId: '501000002',
    bundle: 'com.example.timetable',
  }
  const added = await call('POST', '/apps', wish)
  assert.equal(added.status, 201)
  assert.deepEqual([added.body.needsSeat, added.body.counts.required], [true, 0])
  assert.equal((await call('POST', '/apps', wish)).body.code, 'app.known')
  const { bundle: _, ...without } = wish
  assert.equal((await call('POST', '/apps', { ...without, storeId: '501000099' })).body.code, 'app.bundle-missing')
  await call('POST', `/apps/${added.body.id}/look-up`)
  await h.settle()
  assert.equal((await call('GET', `/apps/${added.body.id}`)).body.look.state, 'found')
  store.trouble({ say: { status: 503 } })
  assert.equal((await find('calc')).state, 'silent')
})

test('an app is put away once nothing names it, and its description of keys is read from both forms', async t => {
  const { h, call } = await desk(t)
  const wish = { kind: 'store', name: 'Ledger', unit: h.root.id, storeId: '501000003', bundle: 'com.example.ledger' }
  const { id } = (await call('POST', '/apps', wish)).body
  const text = `<managedAppConfiguration><dict><string keyName="url"><defaultValue><value>https://a</value></defaultValue></string><boolean keyName="on"/></dict><presentation defaultLocale="en-US"><field keyName="url" type="input"><label><language value="en-US">Address</language></label></field></presentation></managedAppConfiguration>`
  const form = await call('PUT', `/apps/${id}/form`, { text })
  assert.partialDeepStrictEqual(form.body.form, [
    { key: 'url', type: 'text', title: 'Address', default: 'https://a' },
    { key: 'on', type: 'flag' },
  ])
  assert.equal((await call('PUT', `/apps/${id}/form`, { text: '<a>' })).body.code, 'app.form-malformed')
  assert.deepEqual(readForm('{"type":"object","properties":{"n":{"type":"integer","default":3}}}')[0]?.default, 3)
  const value = { app: id, presence: 'required' }
  const { policy } = (await call('POST', '/policies', { kind: 'app', name: 'Ledger', unit: h.root.id, value })).body
  assert.equal((await call('DELETE', `/apps/${id}`)).body.code, 'app.in-use')
  assert.equal((await call('DELETE', `/policies/${policy.id}`)).status < 300, true)
  assert.equal((await call('DELETE', `/apps/${id}`)).status, 204)
  assert.deepEqual((await call('GET', '/apps')).body.items, [])
})

const specfile = `<managedAppConfiguration>
  <dict>
    <string keyName="mode"><constraint nullable="false"><values><value>kiosk</value><value>free</value></values></constraint></string>
    <integer keyName="port"><constraint min="1" max="65535"/><defaultValue><value>443</value></defaultValue></integer>
    <float keyName="zoom"/><boolean keyName="on"/><date keyName="from"/><data keyName="logo"/>
    <stringArray keyName="hosts"/>
    <bundleArray keyName="shelves"><string keyName="name"/><integer keyName="height"/></bundleArray>
    <string keyName="apiToken"/>
  </dict>
  <presentation defaultLocale="en-US"><fieldGroup>
    <field keyName="mode" type="select"><label><language value="en-US">Mode</language></label><options><option value="kiosk"><language value="en-US">Alone</language></option><option value="free"><language value="en-US">Beside others</language></option></options></field>
  </fieldGroup></presentation>
</managedAppConfiguration>`

test('a configuration is held against the form of its app when a policy is saved: each key that does not fit is refused, the rest may say anything', async t => {
  const { h, call } = await desk(t)
  const wish = { kind: 'store', name: 'Shelves', unit: h.root.id, storeId: '501000003', bundle: 'com.example.shelves' }
  const { id } = (await call('POST', '/apps', wish)).body
  const { form } = (await call('PUT', `/apps/${id}/form`, { text: specfile })).body
  assert.partialDeepStrictEqual(form, [
    {
      key: 'mode',
      type: 'text',
      title: 'Mode',
      needed: true,
      options: [
        { value: 'kiosk', title: 'Alone' },
        { value: 'free', title: 'Beside others' },
      ],
    },
    { key: 'port', type: 'whole', default: 443, min: 1, max: 65_535 },
    { key: 'zoom', type: 'number' },
    { key: 'on', type: 'flag' },
    { key: 'from', type: 'date' },
    { key: 'logo', type: 'data' },
    { key: 'hosts', type: 'list', item: 'text' },
    { key: 'shelves', type: 'list', item: 'group', keys: [{ key: 'name' }, { key: 'height', type: 'whole' }] },
    { key: 'apiToken', type: 'text', secret: true },
  ])
  const value = (config: object) => ({ app: id, presence: 'required', config })
  const found = async (config: object) =>
    (await call('POST', '/policies/check', { kind: 'app', value: value(config) })).body.findings
      .filter((f: { severity: string }) => f.severity !== 'note')
      .map((f: { code: string; path: string }) => `${f.path.slice(7)} ${f.code}`)
  const right = {
    mode: 'kiosk',
    port: { $var: 'user.attribute.port' },
    zoom: { $real: 1 },
    on: true,
    from: { $date: '2026-11-20T09:00:00Z' },
    logo: { $data: 'AAAA' },
    hosts: ['a.example', { $text: ['b.', { $var: 'unit.name' }] }],
    shelves: [{ name: 'A', height: 3, color: 'red' }],
    apiToken: { $newSecret: 'hunter22hunter22' },
    more: { anything: [1, 'x'] },
  }
  assert.deepEqual(await found(right), [])
  const bad = {
    mode: 'solo',
    port: 70_000,
    zoom: 'big',
    on: 'yes',
    from: '2026',
    logo: 'AAAA',
    hosts: [7],
    shelves: [{ name: true, height: 1.5 }],
    apiToken: { $var: 'no.such' },
    more: 'to {{user.email}}',
  }
  const faults = [
    '/apiToken value.form',
    '/more app.config-braces',
    '/mode value.not-offered',
    '/port value.too-big',
    '/zoom value.type',
    '/on value.type',
    '/from value.type',
    '/logo value.type',
    '/hosts/0 value.type',
    '/shelves/0/name value.type',
    '/shelves/0/height value.type',
  ]
  assert.deepEqual(await found(bad), faults)
  assert.deepEqual(await found({}), ['/mode value.missing'])
  const { mode: _, ...without } = right
  const refused = await call('POST', '/policies', {
    kind: 'app',
    name: 'Shelves',
    unit: h.root.id,
    value: value({ ...without, port: 0 }),
  })
  assert.deepEqual([refused.status, refused.body.code], [422, 'policy.invalid'])
  const paths = refused.body.fields.map((f: { path: string }) => f.path)
  assert.deepEqual(paths, ['value/config/mode', 'value/config/port'])
  const kept = await call('POST', '/policies', { kind: 'app', name: 'Shelves', unit: h.root.id, value: value(right) })
  assert.equal(kept.status, 201, JSON.stringify(kept.body))
  const versions = `/policies/${kept.body.policy.id}/versions`
  assert.equal((await call('POST', versions, { value: value({ ...right, port: 0 }) })).body.code, 'policy.invalid')

  const byHand = [{ key: 'greeting', type: 'text', title: 'Greeting', default: 'Hello', options: [] }]
  assert.partialDeepStrictEqual((await call('PUT', `/apps/${id}/form`, { keys: byHand })).body.form, byHand)
  assert.deepEqual(await found(bad), ['/apiToken value.form', '/more app.config-braces'], 'the keys of before are free')
  const twice = [...byHand, ...byHand]
  for (const body of [
    { keys: twice },
    { keys: [{ key: 'n', type: 'whole', default: 'x' }] },
    { text: specfile, keys: [] },
  ])
    assert.equal((await call('PUT', `/apps/${id}/form`, body)).body.code, 'app.form-malformed')
  assert.equal((await call('PUT', `/apps/${id}/form`, { keys: [] })).body.form, null)
})
