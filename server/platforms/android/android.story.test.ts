import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as policyArea from '../../areas/policies/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { House } from '../../testing/house.ts'
import { androidScene } from '../../testing/given-android.ts'

const second = 1000
const minute = 60 * second

async function deviceOf(h: House, serial: string): Promise<devices.Device> {
  const shown = await h.run(ctx =>
    ctx.tx.selectFrom('devices').select('id').where('serial', '=', serial).executeTakeFirst(),
  )
  return h.run(ctx => devices.get(ctx, String(shown?.id)))
}

test('signed up, enrolled by a code, told what it should be, lost, located inside the incident only, found and let go', async t => {
  const { h, google, program, admin, token, pass } = await androidScene(t)
  const shown = await h.http('GET', `/api/v1/programs/${program}`, { as: admin.key })
  assert.partialDeepStrictEqual(shown.body, { state: 'good', problem: null, facts: { signUpUrl: null } })
  await h.given.assigned({
    policies: [
      { kind: 'restrictions', value: { camera: false, blockedApps: ['com.example.game'] } },
      { kind: 'os-update', value: { deferDays: 14 } },
    ],
  })
  await pass(second)
  const { qr, link } = await token('company-profile', { uses: 1, wifi: { ssid: '倉庫', security: 'none' } })
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
  const kept = async (): Promise<unknown> =>
    h.run(ctx => ctx.tx.selectFrom('fixes').select('id').where('device', '=', device.id).execute())
  const before = await kept()
  phone.lost = true
  google.world.mail.publish('projects/muster-test/topics/muster', 'USAGE_LOGS', {
    device: phone.name,
    usageLogEvents: [
      {
        eventId: '1',
        eventTime: new Date(h.now()).toISOString(),
        eventType: 'LOST_MODE_LOCATION',
        lostModeLocationEvent: { location: { latitude: 1, longitude: 2 } },
      },
    ],
  })
  await pass(second)
  assert.deepEqual(await kept(), before, 'outside an incident a place is not kept')
  phone.lost = false
  await h.http('DELETE', `/api/v1/enrollments/${held.id}`, { as: admin.key })
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.equal((await h.run(ctx => enrollment.get(ctx, held.id))).state, 'ended')
  assert.equal(phone.gone, true)
})

test('devices that should be the same share one policy, which is changed once for all of them', async t => {
  const { h, google, token, pass } = await androidScene(t)
  const { policies } = await h.given.assigned({
    policies: [{ kind: 'restrictions', value: { blockedApps: ['com.example.one'] } }],
  })
  await pass(second)
  const { qr } = await token('dedicated')
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
  for (const kind of ['wipe', 'lost-mode.enable', 'clear-passcode', 'restart'])
    await assert.rejects(
      h.run(ctx =>
        commands.send(ctx, {
          device: device.id,
          kind,
          args: kind === 'wipe' ? { confirm: device.name } : { message: 'x' },
        }),
      ),
      kind,
    )
  const held = await h.run(ctx => enrollment.byDevice(ctx, device.id))
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'enrollment.leave', args: {} }))
  for (let n = 0; n < 3; n += 1) await pass(6 * second)
  assert.equal(phone.gone, true)
  assert.equal((await h.run(ctx => enrollment.get(ctx, held?.id ?? 'enr'))).state, 'ended')
  assert.ok(admin.key)
})
