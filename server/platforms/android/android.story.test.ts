import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appTold } from '@muster/simulator/outside/amapi/judge.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as policyArea from '../../areas/policies/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { House } from '../../testing/house.ts'
import { androidScene } from '../../testing/given-android.ts'
import { smtpFor } from '../../testing/mailing.ts'
import { everythingStored } from '../../testing/planted.ts'

const second = 1000
const minute = 60 * second

async function deviceOf(h: House, serial: string): Promise<devices.Device> {
  const shown = await h.run(ctx =>
    ctx.tx.selectFrom('devices').select('id').where('serial', '=', serial).executeTakeFirst(),
  )
  return h.run(ctx => devices.get(ctx, String(shown?.id)))
}

test('must-show 1: signed up, enrolled by a code, told what it should be, found with a forbidden app, lost, located inside the incident only, found and let go', async t => {
  const mail = await smtpFor(t)
  const { h, google, program, admin, token, pass } = await androidScene(t, { environment: mail.environment })
  const user = await h.given.user({ displayName: 'Amélie Roux', email: 'amelie@havsten.example', language: 'fr' })
  const shown = await h.http('GET', `/api/v1/programs/${program}`, { as: admin.key })
  assert.partialDeepStrictEqual(shown.body, { state: 'good', problem: null, facts: { signUpUrl: null } })
  await h.given.assigned({
    policies: [
      { kind: 'restrictions', value: { camera: false, blockedApps: ['com.example.game'] } },
      { kind: 'os-update', value: { deferDays: 14 } },
    ],
  })
  await pass(second)
  const { qr, link } = await token('company-profile', {
    uses: 1,
    user: user.id,
    wifi: { ssid: '倉庫', security: 'none' },
  })
  assert.equal(link, null, 'a link is for somebody’s own device')
  assert.doesNotMatch(qr, /[^\u0020-\u007e]/, 'readers guess charsets wrong')
  assert.equal(JSON.parse(qr)['android.app.extra.PROVISIONING_WIFI_SSID'], '倉庫')
  const phone = google.enroll({ token: qr, serial: 'PIXEL1', apps: ['com.example.game', 'com.example.mail'] })
  for (let n = 0; n < 4; n += 1) await pass(6 * second)
  const device = await deviceOf(h, 'PIXEL1')
  assert.partialDeepStrictEqual(device, { platform: 'android', state: 'active', ownership: 'company' })
  const held = await h.run(ctx => enrollment.byDevice(ctx, device.id))
  assert.ok(held)
  assert.equal(held.kind, 'company-profile')
  const states = async (): Promise<unknown[]> =>
    (await h.run(ctx => reconcile.statusOf(ctx, held.id))).map(s => [s.item, s.state])
  assert.deepEqual(await states(), [
    ['os-update', 'installed'],
    ['restrictions', 'installed'],
  ])
  assert.equal(phone.apps.has('com.example.game'), false, 'what is forbidden went')
  const policy = google.enterprise(phone.enterprise.name).policies.get(phone.policyName)
  assert.partialDeepStrictEqual(policy?.body, {
    cameraAccess: 'CAMERA_ACCESS_DISABLED',
    systemUpdate: { type: 'POSTPONE' },
    applications: [{ packageName: 'com.example.game', installType: 'BLOCKED' }],
  })
  const apps = await h.run(ctx => devices.listOf(ctx, device.id, 'apps'))
  assert.match(JSON.stringify(apps?.value), /com\.example\.mail/)

  // It comes again, and this phone does not let it be taken off: the admin hears of it, and its person.
  const told = (to: string) => mail.smtp.boxOf(`${to}@havsten.example`).map(m => m.mail)
  const alerts = async (): Promise<{ type: string; facts: object }[]> =>
    (await h.http('GET', '/api/v1/alerts?filter=state:open', { as: admin.key })).body.items
  assert.deepEqual([await alerts(), told('amelie').length], [[], 0])
  google.change(phone, it => {
    it.stubborn.add('com.example.game')
    it.apps.set('com.example.game', appTold('com.example.game'))
  })
  await pass(6 * second)
  const verdict = (await h.http('GET', `/api/v1/devices/${device.id}/compliance`, { as: admin.key })).body
  assert.partialDeepStrictEqual(verdict, {
    state: 'violating',
    rules: [{ evidence: { code: 'app-forbidden', found: [{ id: 'com.example.game' }] } }],
  })
  const open = (await alerts()).filter(a => a.type === 'violation')
  assert.deepEqual(
    open.map(a => a.facts),
    [{ ...open[0]?.facts, apps: 'game' }],
  )
  assert.match(told('chef').at(-1)?.subject ?? '', /game/)
  assert.match(told('amelie')[0]?.text ?? '', /^Bonjour Amélie Roux,[\s\S]*game/)
  google.change(phone, it => it.apps.delete('com.example.game'))
  await pass(6 * second)
  assert.deepEqual(await alerts(), [])
  assert.equal(told('amelie').length, 1)

  const kept = async (): Promise<unknown[]> =>
    h.run(ctx => ctx.tx.selectFrom('fixes').select(['id', 'search']).where('device', '=', device.id).execute())
  const says = (latitude: number, longitude: number): void =>
    google.world.mail.publish('projects/muster-test/topics/muster', 'USAGE_LOGS', {
      device: phone.name,
      usageLogEvents: [
        {
          eventId: String(latitude),
          eventTime: new Date(h.now()).toISOString(),
          eventType: 'LOST_MODE_LOCATION',
          lostModeLocationEvent: { location: { latitude, longitude } },
        },
      ],
    })
  says(48.858373, 2.294481)
  await pass(second)
  assert.deepEqual(await kept(), [], 'nobody looks for it')
  const incident = await h.http('POST', `/api/v1/devices/${device.id}/incidents`, {
    as: admin.key,
    body: { phone: '+33 4 00 00 12 40' },
  })
  assert.deepEqual([incident.status, incident.body.action], [201, 'lost-mode'], JSON.stringify(incident.body))
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.equal(phone.lost, true)
  await pass(5 * minute)
  const { id } = incident.body
  const during = (await h.http('GET', `/api/v1/incidents/${id}`, { as: admin.key })).body.fixes
  assert.ok(during > 0, 'it says where it is while it is lost')
  await h.http('POST', `/api/v1/incidents/${id}/found`, { as: admin.key, body: { note: 'Tram depot' } })
  await pass(second)
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.equal(phone.lost, false)
  const before = await kept()
  phone.lost = true
  says(48.858373, 2.294481)
  await pass(second)
  assert.deepEqual(await kept(), before, 'outside an incident a place is not kept')
  const clear = (await everythingStored(h)).filter(({ text }) => /48\.858|2\.2944|59\.3293/.test(text))
  assert.deepEqual(clear, [], 'and where it was is nowhere in the clear')
  phone.lost = false
  await h.http('DELETE', `/api/v1/enrollments/${held.id}`, { as: admin.key })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.equal((await h.run(ctx => enrollment.get(ctx, held.id))).state, 'ended')
  assert.equal(phone.gone, true)
})

test('devices that should be the same share one policy, which is changed once for all of them', async t => {
  const { h, google, token, pass, program, admin } = await androidScene(t)
  const { policies } = await h.given.assigned({
    policies: [{ kind: 'restrictions', value: { blockedApps: ['com.example.one'] } }],
  })
  await pass(second)
  const { qr, id } = await token('dedicated')
  const phones = ['A1', 'A2', 'A3'].map(serial => google.enroll({ token: qr, serial }))
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.equal(new Set(phones.map(p => p.policyName)).size, 1)
  const asked = (path: RegExp, method: string): number =>
    google.heard.filter(r => r.method === method && path.test(r.path)).length
  const [patched, moved] = [asked(/\/policies\/m/, 'PATCH'), asked(/\/devices\//, 'PATCH')]
  assert.deepEqual([patched, moved], [1, 3])
  const [policy = ''] = policies
  await h.run(ctx =>
    policyArea.saveVersion(ctx, policy, { value: { blockedApps: ['com.example.one', 'com.example.two'] } }),
  )
  await pass(second)
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.equal(asked(/modifyPolicyApplications/, 'POST') + asked(/:modify/, 'POST') > 0, true, 'only the app is said')
  assert.equal(asked(/\/devices\//, 'PATCH'), moved, 'and no device is moved')
  assert.ok(phones.every(p => p.appliedPolicy?.name === p.policyName))

  const list = async (): Promise<unknown[]> => {
    const { body } = await h.http('GET', `/api/v1/programs/android/${program}/tokens`, { as: admin.key })
    return body.items.map((one: { state: string; used: number }) => [one.state, one.used])
  }
  assert.deepEqual(await list(), [['there', 3]])
  const { tokens } = google.enterprise(phones[0]?.enterprise.name ?? '')
  const live = (): number => [...tokens.values()].filter(one => !one.deleted).length
  assert.equal(live(), 1)
  await h.http('DELETE', `/api/v1/invitations/${id}`, { as: admin.key })
  await pass(second)
  assert.deepEqual([live(), await list()], [0, [['gone', 3]]], 'a photo of the code opens nothing any more')
  const shown = await h.http('GET', `/api/v1/android-tokens/${id}`, { as: admin.key })
  assert.deepEqual([shown.body.qr, shown.body.code], [null, null])
  assert.throws(() => google.enroll({ token: qr }))
})

test('notices may come twice, too early, in any order and from strangers', async t => {
  const { h, google, token, pass } = await androidScene(t)
  google.mishap({ twice: true, backwards: true })
  google.world.earlyCommands = true
  const { qr } = await token('fully-managed')
  google.enroll({ token: qr, serial: 'B1' })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  const device = await deviceOf(h, 'B1')
  const command = await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'lock', args: {} }))
  for (let n = 0; n < 4; n += 1) await pass(10 * second)
  const fate = (await h.run(ctx => commands.fatesOf(ctx, [command]))).get(command)
  assert.equal(fate?.state, 'done')
  const types = await h.events()
  assert.equal(types.filter(x => x === 'enrollment.started').length, 1)
  assert.equal(types.filter(x => x === 'command.done').length, 1)
  google.mishap({ token: 'forged' })
  google.world.mail.publish('projects/muster-test/topics/muster', 'STATUS_REPORT', { name: 'x' })
  await pass(second)
  assert.equal(google.delivered.at(-1)?.status, 401)
})

test('an order that nobody hears expires, one that is taken back is taken back, and a full quota is waited out', async t => {
  const { h, google, token, pass } = await androidScene(t)
  const { qr } = await token('fully-managed')
  const phone = google.enroll({ token: qr, serial: 'C1' })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  const device = await deviceOf(h, 'C1')
  google.switch(phone, false)
  const restart = await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'restart', args: {} }))
  await pass(second)
  assert.equal(phone.operations.size, 1)
  await pass(25 * 60 * minute)
  const fate = (await h.run(ctx => commands.fatesOf(ctx, [restart]))).get(restart)
  assert.ok(['failed', 'expired'].includes(fate?.state ?? ''), String(fate?.state))
  const lock = await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'lock', args: {} }))
  await pass(second)
  await pass(16 * minute)
  await h.run(ctx => commands.cancel(ctx, lock))
  await pass(16 * minute)
  assert.ok([...phone.operations.values()].every(o => o.done))
  const end = google.trouble({ say: { status: 429, headers: { 'retry-after': '120' }, body: {} }, times: 1 })
  const again = await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'lock', args: {} }))
  await pass(second)
  assert.equal(phone.operations.size, 2)
  end()
  await pass(3 * minute)
  google.switch(phone, true)
  for (let n = 0; n < 3; n += 1) await pass(10 * second)
  assert.equal((await h.run(ctx => commands.fatesOf(ctx, [again]))).get(again)?.state, 'done')
})

test('of somebody’s own device only the work profile is taken away', async t => {
  const { h, google, token, pass, admin } = await androidScene(t)
  const { link, code } = await token('work-profile')
  assert.match(link ?? '', /^https:\/\/enterprise\.google\.com\/android\/enroll\?et=/)
  const phone = google.enroll({ token: code, personal: true, apps: ['com.example.private'] })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  const row = await h.run(ctx => ctx.tx.selectFrom('devices').select('id').executeTakeFirstOrThrow())
  const device = await h.run(ctx => devices.get(ctx, String(row.id)))
  assert.deepEqual([device.ownership, device.serial], ['personal', null])
  for (const kind of ['wipe', 'lost-mode.enable', 'clear-passcode', 'restart']) {
    const args = kind === 'wipe' ? { confirm: device.name } : kind === 'lost-mode.enable' ? { message: 'x' } : {}
    const { body } = await h.http('POST', `/api/v1/devices/${device.id}/commands`, {
      as: admin.key,
      body: { kind, args },
    })
    assert.equal(body.code, 'command.personal-device', kind)
  }
  const held = await h.run(ctx => enrollment.byDevice(ctx, device.id))
  assert.deepEqual((await h.http('DELETE', `/api/v1/enrollments/${held?.id}`, { as: admin.key })).body, {
    state: 'asked',
  })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.equal(phone.gone, true)
  assert.equal((await h.run(ctx => enrollment.get(ctx, held?.id ?? 'enr'))).state, 'ended')
})

test('put out of use and back, SIM cards, passcodes and apps: each order says how long it is good for, and what came of it', async t => {
  const { h, google, token, pass } = await androidScene(t)
  const { qr } = await token('fully-managed', { uses: 2 })
  const phone = google.enroll({ token: qr, serial: 'D1', apps: ['com.example.mail'] })
  const other = google.enroll({ token: qr, serial: 'D2' })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.ok(
    [...phone.enterprise.tokens.values()].every(one => one.deleted),
    'the last use ends a token',
  )
  const device = await deviceOf(h, 'D1')
  const order = async (kind: string, args: object): Promise<string | undefined> => {
    const id = await h.run(ctx => commands.send(ctx, { device: device.id, kind, args }))
    for (let n = 0; n < 3; n += 1) await pass(6 * second)
    const state = (await h.run(ctx => commands.fatesOf(ctx, [id]))).get(id)?.state
    const { error } = await h.run(ctx =>
      ctx.tx.selectFrom('commands').select('error').where('id', '=', id).executeTakeFirstOrThrow(),
    )
    return error === null ? state : String(JSON.parse(String(error)).explained)
  }
  const suspended = async (): Promise<unknown> =>
    (await h.run(ctx => devices.factRecord(ctx, device.id)))['security.suspended']
  assert.equal(await order('suspend', { message: 'Bring it back to the desk' }), 'done')
  assert.deepEqual(
    [phone.state, phone.appliedState, phone.disabledReason, await suspended()],
    ['DISABLED', 'DISABLED', { defaultMessage: 'Bring it back to the desk' }, true],
  )
  assert.equal(await order('resume', {}), 'done')
  assert.deepEqual([phone.appliedState, await suspended()], ['ACTIVE', false])
  assert.equal(await order('esim.add', { activationCode: 'LPA:1$rsp.example.com$ABC-1' }), 'done')
  assert.equal(await order('app.clear', { package: 'com.example.mail' }), 'done')
  assert.equal(await order('app.clear', { package: 'com.example.none' }), 'androidManagement.app-not-found')
  assert.equal(await order('clear-passcode', { passcode: '739154', requireEntry: true, lockNow: false }), 'done')
  phone.failing = 'INVALID_VALUE'
  assert.equal(await order('esim.remove', { card: '89460000000000000011' }), 'androidManagement.invalid-value')
  await assert.rejects(order('esim.query', {}), 'only of somebody’s own device')
  const given = [...phone.operations.values()].map(one => one.command)
  assert.deepEqual(
    given.map(one => [one['type'], one['duration'] !== '600s']),
    ['ADD_ESIM', 'CLEAR_APP_DATA', 'CLEAR_APP_DATA', 'RESET_PASSWORD', 'REMOVE_ESIM'].map(type => [type, true]),
    'never what Google takes where nothing is said',
  )
  assert.deepEqual(given[3]?.['resetPasswordFlags'], ['REQUIRE_ENTRY'])

  google.switch(other, false)
  const away = await deviceOf(h, 'D2')
  const taken = await h.run(ctx => commands.send(ctx, { device: away.id, kind: 'suspend', args: {} }))
  await pass(second)
  assert.equal(other.state, 'DISABLED')
  await pass(3 * minute)
  await h.run(ctx => commands.cancel(ctx, taken))
  await pass(16 * minute)
  assert.deepEqual([other.state, other.appliedState], ['ACTIVE', 'ACTIVE'], 'taken back before the device heard of it')
})

test('what notices lost is found by comparing, what nobody knows is left alone, and leaving deletes the tokens first', async t => {
  const { h, google, token, pass, program, admin } = await androidScene(t)
  const { qr, code } = await token('fully-managed')
  const phone = google.enroll({ token: qr, serial: 'E1' })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  google.mishap({ held: true })
  google.enroll({ token: qr, serial: 'E2' })
  google.reset(phone)
  phone.enterprise.phones.delete(phone.name)
  const [first] = phone.enterprise.tokens.values()
  assert.ok(first)
  // The server stopped after it had asked for a token and before it kept the answer; and one that somebody else made.
  for (const [name, data] of [
    ['again', first.body['additionalData']],
    ['theirs', 'theirs'],
  ] as const) {
    const body = { ...first.body, name: `${phone.enterprise.name}/enrollmentTokens/${name}`, additionalData: data }
    phone.enterprise.tokens.set(body.name, { ...first, name: body.name, value: name, body })
  }
  const path = `/api/v1/programs/android/${program}`
  const states = async (): Promise<unknown[]> =>
    (await h.run(ctx => ctx.tx.selectFrom('devices').select(['serial', 'state']).orderBy('serial').execute())).map(
      one => [one['serial'], one['state']],
    )
  assert.deepEqual(await states(), [['E1', 'active']], 'without the comparison nothing is known of it')
  assert.equal((await h.http('POST', `${path}/check`, { as: admin.key })).body.checking, true)
  await pass(second)
  assert.deepEqual(await states(), [
    ['E1', 'ended'],
    ['E2', 'active'],
  ])
  const { body } = await h.http('GET', path, { as: admin.key })
  assert.partialDeepStrictEqual(body, {
    standing: 'live',
    checking: false,
    check: { state: 'done', devices: 1, strays: 0, left: 1, tokens: 1 },
  })
  const live = (): string[] => [...phone.enterprise.tokens.values()].filter(one => !one.deleted).map(one => one.value)
  assert.deepEqual(live().toSorted(), [code, 'theirs'].toSorted())

  // Let go of here while Google still has it: what it goes on telling does not enroll it anew.
  const { id } = await deviceOf(h, 'E2')
  const held = await h.run(ctx => enrollment.byDevice(ctx, id))
  await h.run(ctx => enrollment.end(ctx, held?.id ?? 'enr', 'admin'))
  google.mishap({})
  for (let n = 0; n < 2; n += 1) {
    for (const one of phone.enterprise.phones.values()) google.change(one, () => undefined)
    await h.http('POST', `${path}/check`, { as: admin.key })
    await pass(6 * second)
  }
  assert.deepEqual((await states()).at(-1), ['E2', 'ended'])

  const settings = { displayName: 'Kvarter 4', officerEmail: 'privacy@example.org' }
  assert.equal((await h.http('PUT', path, { as: admin.key, body: { settings } })).status, 200)
  await pass(second)
  assert.partialDeepStrictEqual(phone.enterprise.body, {
    enterpriseDisplayName: 'Kvarter 4',
    contactInfo: { dataProtectionOfficerEmail: 'privacy@example.org' },
  })
  google.enroll({ token: qr, serial: 'E3' })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  const refused = await h.http('DELETE', `/api/v1/programs/${program}`, { as: admin.key })
  assert.deepEqual([refused.status, refused.body.code], [409, 'android.devices-enrolled'])
  const leave = (confirm: string) => h.http('POST', `${path}/disconnect`, { as: admin.key, body: { confirm } })
  assert.equal((await leave('another')).status, 422)
  assert.equal((await leave('Google')).status, 202)
  await pass(second)
  assert.equal((await h.http('GET', path, { as: admin.key })).status, 404)
  assert.deepEqual(live(), ['theirs'])
})

/** What no database may hold of a device of somebody's own: everything Google could say by mistake, with a mark. */
const mark = /zq7|48\.8583/i

function everythingSaid(phone: { name: string; apiLevel: number }, at: number): object {
  return {
    name: phone.name,
    apiLevel: phone.apiLevel,
    lastStatusReportTime: new Date(at).toISOString(),
    hardwareInfo: { brand: 'Google', model: 'Pixel 9', serialNumber: 'ZQ7SERIAL', enterpriseSpecificId: 'esid-1' },
    networkInfo: { imei: 'zq7imei', meid: 'zq7meid', wifiMacAddress: 'zq7:00', networkOperatorName: 'zq7 mobile' },
    displays: [{ name: 'zq7' }],
    location: { latitude: 48.858373, longitude: 2.294481 },
    applicationReports: [appTold('com.zq7.dating', 1, { displayName: 'Zq7 Dating' })],
    nonComplianceDetails: [
      { settingName: 'applications', nonComplianceReason: 'APP_INSTALLED', packageName: 'com.zq7.dating' },
    ],
  }
}

test('must-show 4: a Google that says too much of somebody’s own device is not believed, and of a whole device it is', async t => {
  const { h, google, token, pass, admin } = await androidScene(t)
  const publish = (type: string, data: object): void =>
    google.world.mail.publish('projects/muster-test/topics/muster', type, data)
  /** Enrolls a phone of which Google then says everything. */
  const said = async (mode: string): Promise<string> => {
    const { code } = await token(mode)
    const phone = google.enroll({ token: code, personal: mode === 'work-profile', serial: mode })
    for (let n = 0; n < 3; n += 1) await pass(6 * second)
    publish('STATUS_REPORT', everythingSaid(phone, h.now() + second))
    publish('USAGE_LOGS', {
      device: phone.name,
      usageLogEvents: [
        {
          eventType: 'LOST_MODE_LOCATION',
          eventTime: new Date(h.now()).toISOString(),
          lostModeLocationEvent: { location: { latitude: 48.858373, longitude: 2.294481 } },
        },
        { eventType: 'APP_PROCESS_START', eventTime: new Date(h.now()).toISOString(), appProcessStartEvent: 'zq7' },
      ],
    })
    // The result of an order that was never given.
    publish('COMMAND', {
      name: `${phone.name}/operations/1`,
      done: true,
      metadata: { type: 'WIPE' },
      response: { '@type': 'zq7' },
    })
    await pass(second)
    const row = await h.run(ctx =>
      ctx.tx.selectFrom('devices').select('id').orderBy('created_at', 'desc').executeTakeFirstOrThrow(),
    )
    return String(row.id)
  }
  const device = await said('work-profile')
  const found = (await everythingStored(h)).filter(({ text }) => mark.test(text))
  assert.deepEqual(found, [])
  const shown = (await h.http('GET', `/api/v1/devices/${device}`, { as: admin.key })).body
  assert.deepEqual([shown.state, shown.ownership, shown.serial], ['active', 'personal', null])
  const missing = await h.http('POST', `/api/v1/devices/${device}/incidents`, { as: admin.key, body: {} })
  assert.notEqual(missing.body.action, 'lost-mode')
  const at = `/api/v1/incidents/${missing.body.id}`
  const erase = await h.http('POST', `${at}/erase`, { as: admin.key, body: { scope: 'all', confirm: shown.name } })
  assert.equal(erase.body.code, 'incident.personal-device')
  assert.ok((await h.http('POST', `${at}/locate`, { as: admin.key })).status >= 400)
  assert.deepEqual(await h.run(ctx => ctx.tx.selectFrom('fixes').select('id').execute()), [])

  const whole = await said('fully-managed')
  assert.notEqual(whole, device)
  const kept = (await everythingStored(h)).filter(({ text }) => mark.test(text))
  for (const what of [/com\.zq7\.dating/, /ZQ7SERIAL/, /zq7imei/])
    assert.ok(
      kept.some(({ text }) => what.test(text)),
      `what was looked for can be found: ${what}`,
    )
  // How its policy fares says nothing of apps that the policy does not name: those are for the charter, which the list of apps asks.
  const faring = kept.filter(({ table }) => table === 'android_devices').map(({ text }) => mark.exec(text)?.input)
  assert.deepEqual(faring, [])
  const end = async (id: string): Promise<unknown> => {
    const held = await h.run(ctx => enrollment.byDevice(ctx, id))
    return (await h.http('DELETE', `/api/v1/enrollments/${held?.id}`, { as: admin.key })).body
  }
  // A whole device Google can only erase: that is asked for by its own name.
  assert.partialDeepStrictEqual(await end(whole), { code: 'android.leave-erases' })
})
