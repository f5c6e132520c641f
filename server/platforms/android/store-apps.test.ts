import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as apps from '../../areas/apps/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import { androidScene } from '../../testing/given-android.ts'
import { storeApp } from '../../testing/given-apps.ts'

const second = 1000
const minute = 60 * second

test('apps of the Play store and of the web come by the catalog: their form, what they are told, and how far each is', async t => {
  const { h, google, token, pass, program } = await androidScene(t)
  const enterprise = [...google.world.enterprises.values()].at(-1)
  assert.ok(enterprise)
  google.offer(enterprise, 'com.example.mail', {
    author: 'Example',
    managedProperties: [
      { key: 'server', type: 'STRING', title: 'Server', description: 'Where the mail is' },
      { key: 'sync', type: 'CHOICE', title: 'Sync', entries: [{ name: 'A day', value: '1' }], defaultValue: '1' },
      { key: 'inner', type: 'HIDDEN' },
      { key: 'accounts', type: 'BUNDLE_ARRAY', nestedProperties: [{ key: 'name', type: 'STRING', title: 'Name' }] },
    ],
  })
  const play = (bundle: string) => storeApp(h, { platform: 'android', bundle, storeId: bundle, name: bundle })
  const [mail, absent] = [await play('com.example.mail'), await play('com.example.absent')]
  const web = await storeApp(h, {
    ...{ platform: 'android', kind: 'web', name: 'Shift plan', address: 'https://shift.example/plan' },
    ...{ bundle: null, storeId: null },
  })
  const other = await storeApp(h, { platform: 'ios' })
  const of = (app: { id: string }, more: object = {}) => ({
    kind: 'app',
    value: { app: app.id, presence: 'required', ...more },
  })
  await h.given.assigned({
    policies: [
      of(mail, { config: { server: 'mail.example' }, updates: 'always', removable: true }),
      of(absent),
      of(web),
      of(other),
    ],
  })
  await pass(16 * minute)
  const known = await h.run(ctx => apps.getApp(ctx, mail.id))
  assert.deepEqual(
    [known.publisher, known.look?.state, known.form?.map(k => [k.key, k.type, k.options.length])],
    [
      'Example',
      'found',
      [
        ['server', 'text', 0],
        ['sync', 'text', 1],
        ['accounts', 'list', 0],
      ],
    ],
  )
  assert.equal((await h.run(ctx => apps.getApp(ctx, absent.id))).look?.state, 'unknown')
  const [made] = enterprise.webApps.values()
  assert.partialDeepStrictEqual(made, { title: 'Shift plan', startUrl: 'https://shift.example/plan' })
  const { qr } = await token('fully-managed')
  const phone = google.enroll({ token: qr, serial: 'F1' })
  phone.unavailable.add('com.example.absent')
  for (let n = 0; n < 4; n += 1) await pass(6 * second)
  const webPackage = String(made?.['name']).split('/').at(-1)
  const told = enterprise.policies.get(phone.policyName)?.body['applications']
  assert.deepEqual(told, [
    { packageName: 'com.example.absent', installType: 'FORCE_INSTALLED' },
    {
      packageName: 'com.example.mail',
      installType: 'PREINSTALLED',
      managedConfiguration: { server: 'mail.example' },
      autoUpdateMode: 'AUTO_UPDATE_HIGH_PRIORITY',
    },
    { packageName: webPackage, installType: 'FORCE_INSTALLED' },
  ])
  const row = await h.run(ctx =>
    ctx.tx.selectFrom('devices').select('id').where('serial', '=', 'F1').executeTakeFirstOrThrow(),
  )
  const device = await h.run(ctx => devices.get(ctx, String(row.id)))
  const states = async () =>
    new Map((await h.run(ctx => apps.statusOf(ctx, device.id))).map(s => [s.app, [s.state, s.reason?.code ?? null]]))
  const now = await states()
  assert.deepEqual(
    [mail, web, absent].map(a => now.get(a.id)),
    [
      ['installed', null],
      ['installed', null],
      ['failed', 'androidManagement.app-not-installed'],
    ],
  )
  const held = await h.run(ctx => enrollment.byDevice(ctx, device.id))
  const item = (await h.run(ctx => reconcile.statusOf(ctx, held?.id ?? 'enr'))).find(s => s.item.includes(other.id))
  assert.equal(item?.state, 'unsupported', 'an app of another system is not sent by its name')
  // Its name changed: the one web app is changed, and none is made beside it.
  await h.run(ctx => apps.changeApp(ctx, web.id, { name: 'Shift plan 2' }))
  await h.http('POST', `/api/v1/programs/${program}/sync`, { as: (await h.given.admin({ role: 'owner' })).key })
  await pass(second)
  assert.deepEqual(
    [...enterprise.webApps.values()].map(one => one['title']),
    ['Shift plan 2'],
  )
})
