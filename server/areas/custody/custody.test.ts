import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import { mailingHouse } from '../../testing/mailing.ts'
import { mintFor } from '../../testing/given-push.ts'
import * as apps from '../apps/index.ts'
import * as certificates from '../certificates/index.ts'
import * as roster from '../roster/index.ts'
import { looksPersonal, troubleOf } from './index.ts'
import { watchAddresses } from './verify.ts'

const day = 86_400_000
const account = 'mdm@havsten.example'

/** The data of all events of a type, oldest first. */
async function told(h: House, type: string): Promise<Record<string, unknown>[]> {
  const rows = await h.base.engine.read(tx =>
    tx.selectFrom('events').select('data').where('type', '=', type).orderBy('id').execute(),
  )
  return rows.map(row => JSON.parse((row as { data: string }).data) as Record<string, unknown>)
}

const pushIn = (body: { items: { what: string }[] }) =>
  body.items.find(k => k.what === 'push') as Record<string, unknown>

async function pass(h: House, days: number): Promise<void> {
  for (let n = 0; n < days; n += 1) {
    h.pass(day)
    await h.settle()
    await h.settle()
  }
}

test('custody lists what several rooms keep, with what breaks, and what needs somebody first', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'auditor' })
  await certificates.serverTls(h.base)
  const { topic } = await h.given.pushCertificate({ account, notAfter: h.now() + 20 * day })
  for (let n = 0; n < 3; n += 1) await h.given.wakeAddress({ topic })
  const program = await h.given.program({
    kind: 'content',
    name: 'Tokyo',
    account: 'vpp@havsten.example',
    expiresAt: h.now() + 200 * day,
  })
  const { status, body } = await h.http('GET', '/api/v1/custody', { as: key })
  assert.equal(status, 200)
  assert.equal(body.items[0].ref, `push:${topic}`)
  assert.partialDeepStrictEqual(body.items[0], {
    state: 'ending',
    account,
    breaks: { code: 'wake', devices: 3 },
    renewable: 'upload',
  })
  const of = (ref: string) => body.items.find((k: { ref: string }) => k.ref === ref)
  assert.partialDeepStrictEqual(of(program.id), {
    what: 'program',
    kind: 'content',
    name: 'Tokyo',
    account: 'vpp@havsten.example',
    state: 'good',
  })
  assert.partialDeepStrictEqual(of('tls'), { what: 'certificate', renewable: 'itself', state: 'good' })
  const helpDesk = await h.given.admin({ role: 'help-desk' })
  assert.equal((await h.http('GET', '/api/v1/custody', { as: helpDesk.key })).status, 403)
  const home = await h.http('GET', '/api/v1/home', { as: key })
  assert.deepEqual(
    home.body.expiry.slice(0, 2).map((line: { id: string }) => line.id),
    [`push:${topic}`, program.id],
    'Home shows every date, the soonest first (S4-26)',
  )
  h.pass(21 * day)
  await h.run(ctx => ctx.tx.updateTable('programs').set({ state: 'terms' }).where('id', '=', program.id).execute())
  const later = (await h.http('GET', '/api/v1/custody', { as: key })).body.items
  assert.deepEqual(
    later.slice(0, 2).map((k: { state: string }) => k.state),
    ['over', 'troubled'],
  )
  const writer = await h.given.admin({ role: 'admin' })
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const serviceAccount = JSON.stringify({
    type: 'service_account',
    project_id: 'havsten-1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: 'muster@havsten-1.iam.example',
    token_uri: 'https://127.0.0.1:9/token',
  })
  const put = await h.http('PUT', '/api/v1/wake-channels/fcm', { as: writer.key, body: { serviceAccount } })
  assert.equal(put.status, 200)
  const ref = '/api/v1/custody/channel:fcm'
  const changed = await h.http('PATCH', ref, {
    as: writer.key,
    body: { owner: writer.id, account: 'firebase@havsten.example' },
  })
  assert.equal(changed.status, 200)
  assert.partialDeepStrictEqual((await h.http('GET', ref, { as: key })).body, {
    what: 'channel',
    name: 'muster@havsten-1.iam.example',
    account: 'firebase@havsten.example',
    owner: { id: writer.id },
    endsAt: null,
    checkedAt: null,
    state: 'good',
    renewAt: '/settings/waking',
  })
  h.pass(day)
  const refused = { troubled_at: h.now(), reason: 'token: 401' }
  await h.run(ctx => ctx.tx.updateTable('wake_channels').set(refused).where('channel', '=', 'fcm').execute())
  assert.partialDeepStrictEqual((await h.http('GET', ref, { as: key })).body, {
    state: 'troubled',
    trouble: { code: 'failing', text: 'token: 401' },
    checkedAt: refused.troubled_at,
  })
})

test('what stops without a program is counted, and where exactly it is renewed is said', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'auditor' })
  await certificates.serverTls(h.base)
  const program = await h.given.program({ kind: 'content', name: 'Tokyo' })
  const counted = { pricing: 'standard', product: 'app', toDevices: true, revocable: true, retired: 0 } as const
  await h.run(ctx =>
    apps.countLicenses(ctx, program.id, [
      { storeId: '361309701', total: 5, assigned: 3, available: 2, ...counted },
      { storeId: '361309702', total: 9, assigned: 4, available: 5, ...counted },
    ]),
  )
  const promises = await h.given.program({ kind: 'devices', name: 'New iPads' })
  const [come] = [await h.given.entry({ program: promises }), await h.given.entry({ program: promises })]
  const { id: arrived } = await h.given.device({ serial: come.serial })
  await h.run(ctx => roster.noteEnrolled(ctx, come.serial, arrived))
  const portal = await h.given.program({ kind: 'portal', name: 'Portal' })
  await h.run(ctx => roster.noteProgram(ctx, portal.id, { state: 'good', problem: null, facts: { devices: 12 } }))
  const { body } = await h.http('GET', '/api/v1/custody', { as: key })
  const of = (ref: string) => body.items.find((k: { ref: string }) => k.ref === ref)
  assert.partialDeepStrictEqual(of(program.id), {
    breaks: { code: 'licenses', devices: 0, promised: 0, licenses: 7 },
    renewAt: `/apps/licenses?renew=${program.id}`,
  })
  assert.partialDeepStrictEqual(of(promises.id), {
    breaks: { code: 'promises', devices: 2, promised: 1, licenses: 0 },
    renewAt: `/enrollment/automated?renew=${promises.id}`,
  })
  assert.partialDeepStrictEqual(of(portal.id), {
    breaks: { code: 'portal', devices: 12, promised: 0, licenses: 0 },
    renewAt: `/enrollment/automated?renew=${portal.id}`,
  })
  assert.equal(of('tls').renewAt, null)
})

test('who answers for a push certificate stays through its renewal; its account cannot be taken away (S4-27)', async t => {
  const h = await house(t)
  const { key, id } = await h.given.admin({ role: 'admin' })
  const { topic } = await h.given.pushCertificate({ account })
  const url = `/api/v1/custody/${encodeURIComponent(`push:${topic}`)}`
  const body = { owner: id, team: 'Platform', contact: 'it-board@havsten.example' }
  assert.partialDeepStrictEqual((await h.http('PATCH', url, { as: key, body })).body, { ...body, owner: { id } })
  assert.equal((await h.http('PATCH', url, { as: key, body: { account: null } })).body.code, 'custody.account-needed')
  const away = await h.given.admin({ role: 'read-only' })
  assert.equal((await h.http('PATCH', url, { as: key, body: { owner: away.id } })).body.code, 'custody.owner-unknown')
  const fresh = mintFor(h, { topic, notAfter: h.now() + 300 * day })
  const upload = { certificate: fresh.certificate, key: fresh.key, account: 'new@havsten.example' }
  assert.equal((await h.http('PUT', '/api/v1/push/apple', { as: key, body: upload })).status, 200)
  const now = pushIn((await h.http('GET', '/api/v1/custody', { as: key })).body)
  assert.partialDeepStrictEqual(now, {
    ...body,
    owner: { id },
    account: 'new@havsten.example',
    endsAt: h.now() + 300 * day,
  })
  assert.deepEqual(
    (await told(h, 'keeping.changed')).map(d => d['fields']),
    [['owner', 'team', 'contact']],
  )
})

test('an end is announced at 60, 30, 14, 7, 3 and 1 days, once each, to ever more people; a renewal settles it (S3-18)', async t => {
  const h = await house(t)
  const { key, id } = await h.given.admin({ role: 'admin' })
  const { topic } = await h.given.pushCertificate({ account, notAfter: h.now() + 70 * day })
  const url = `/api/v1/custody/${encodeURIComponent(`push:${topic}`)}`
  await h.http('PATCH', url, { as: key, body: { owner: id } })
  await pass(h, 72)
  const ends = await told(h, 'keeping.ending')
  assert.deepEqual(
    ends.map(e => e['days']),
    [60, 30, 14, 7, 3, 1],
  )
  assert.deepEqual(
    ends.map(e => e['level']),
    ['owner', 'owner', 'owner', 'owner', 'admins', 'everyone'],
  )
  assert.ok(ends.every(e => e['owner'] === id))
  const open = async () =>
    (await h.http('GET', `/api/v1/alerts?filter=${encodeURIComponent('type:expiring -state:resolved')}`, { as: key }))
      .body.items
  assert.partialDeepStrictEqual(await open(), [{ severity: 'critical' }])
  const fresh = mintFor(h, { topic, notAfter: h.now() + 300 * day })
  await h.http('PUT', '/api/v1/push/apple', {
    as: key,
    body: { certificate: fresh.certificate, key: fresh.key, account },
  })
  await pass(h, 1)
  assert.equal((await told(h, 'keeping.renewed')).length, 1)
  assert.deepEqual(await open(), [])
})

test('what was due while nobody looked is told as the nearest step only, and without an owner all admins are told', async t => {
  const h = await house(t)
  await h.given.pushCertificate({ notAfter: h.now() + 5 * day })
  h.pass(1000)
  await h.settle()
  await h.settle()
  assert.deepEqual(
    (await told(h, 'keeping.ending')).map(e => [e['days'], e['level'], e['owner']]),
    [[7, 'admins', null]],
  )
})

test('mail goes to the owner alone, then to all admins, on the last day to everyone, and to the contact at every step', async t => {
  const { h, smtp } = await mailingHouse(t)
  const owner = await h.given.admin({ role: 'admin', email: 'owner@havsten.example' })
  await h.given.admin({ role: 'admin', email: 'other@havsten.example' })
  await h.given.admin({ role: 'read-only', email: 'reader@havsten.example' })
  const { topic } = await h.given.pushCertificate({ account, notAfter: h.now() + 8 * day })
  const url = `/api/v1/custody/${encodeURIComponent(`push:${topic}`)}`
  await h.http('PATCH', url, { as: owner.key, body: { owner: owner.id, contact: 'it-board@havsten.example' } })
  const counts = () =>
    ['owner', 'other', 'reader', 'it-board'].map(
      name => smtp.boxOf(`${name}@havsten.example`).filter(m => /push certificate/i.test(m.mail.subject ?? '')).length,
    )
  await pass(h, 2)
  assert.deepEqual(counts(), [1, 0, 0, 1], 'at seven days the owner hears, and the contact')
  await pass(h, 4)
  assert.equal(counts()[1], 1, 'at three days every admin')
  assert.equal(counts()[2], 0)
  await pass(h, 2)
  assert.equal(counts()[2], 1, 'on the last day everyone')
})

test('addresses of people, of free mail and of nobody are told apart from those of groups', () => {
  const groups = [
    'mdm@a.example',
    'apple.admin@a.example',
    'it-board@a.example',
    'vpp-tokyo@a.example',
    'elin@a.example',
    'IT.Support2@a.example',
  ]
  const people = ['elin.lindgren@a.example', 'j_smith@a.example', 'jean-luc.martin@a.example', 'Yuki.Tanaka@a.example']
  for (const one of groups) assert.equal(looksPersonal(one), false, one)
  for (const one of people) assert.equal(looksPersonal(one), true, one)
  const nobody = { bearer: null, was: null }
  assert.equal(troubleOf('mdm@a.example', nobody), null)
  assert.equal(troubleOf('mdm@gmail.com', nobody), 'free')
  assert.equal(troubleOf('mdm@yahoo.co.jp', nobody), 'free')
  assert.equal(troubleOf('not an address', nobody), 'malformed')
  assert.equal(troubleOf('mdm@a.example', { bearer: { id: 'u', active: true }, was: null }), 'personal')
  assert.equal(troubleOf('mdm@a.example', { bearer: { id: 'u', active: false }, was: null }), 'deactivated')
  assert.equal(troubleOf('mdm@a.example', { bearer: null, was: 'u' }), 'deactivated')
})

test('when a person leaves whose address an account hangs on, an alert says so, until the account is given another (S4-29)', async t => {
  const h = await house(t)
  const { key } = await h.given.admin({ role: 'admin' })
  const leaver = await h.given.user({ displayName: 'Nils Berg', email: 'nils@havsten.example' })
  const other = await h.given.user({ displayName: 'Ada Holm', email: 'ada@havsten.example' })
  const body = { address: 'nils@havsten.example', service: 'business', team: 'Platform' }
  const made = await h.http('POST', '/api/v1/external-accounts', { as: key, body })
  assert.partialDeepStrictEqual(made, { status: 201, body: { trouble: { trouble: 'personal' } } })
  assert.equal((await h.http('POST', '/api/v1/external-accounts', { as: key, body })).body.code, 'account.known')
  await h.http('DELETE', `/api/v1/users/${other.id}`, { as: key })
  await h.settle()
  assert.deepEqual(await told(h, 'custody-address.troubled'), [], 'the address of nobody else')
  await h.http('DELETE', `/api/v1/users/${leaver.id}`, { as: key })
  await h.settle()
  await h.settle()
  await h.settle()
  assert.deepEqual(await told(h, 'custody-address.troubled'), [
    { address: 'nils@havsten.example', why: 'deactivated', uses: 1 },
  ])
  const open = async () =>
    (
      await h.http('GET', `/api/v1/alerts?filter=${encodeURIComponent('type:account-trouble -state:resolved')}`, {
        as: key,
      })
    ).body.items
  await h.settle()
  assert.equal((await open()).length, 1)
  const url = `/api/v1/external-accounts/${made.body.id}`
  assert.equal(
    (await h.http('PATCH', url, { as: key, body: { address: 'mdm@havsten.example' } })).body.trouble.trouble,
    null,
  )
  await pass(h, 1)
  assert.deepEqual(await open(), [])
})

test('an address is asked once a year whether it is read; opening the link is no answer, pressing the button is, once', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { key } = await h.given.admin({ role: 'admin' })
  const address = 'mdm@havsten.example'
  await h.http('POST', '/api/v1/external-accounts', { as: key, body: { address, service: 'business' } })
  const ask = () => h.http('POST', '/api/v1/external-accounts/verify', { as: key, body: { address } })
  assert.equal((await ask()).status, 202)
  await h.settle()
  const link = () => /\/custody\/confirm\/[\w-]+/.exec(smtp.boxOf(address).at(-1)?.mail.text ?? '')?.[0] ?? ''
  const page = await h.http('GET', link())
  assert.equal(page.status, 200)
  assert.match(String(page.body), /<form method="post">/)
  const one = async () => (await h.http('GET', '/api/v1/external-accounts', { as: key })).body.items[0].trouble
  assert.equal((await one()).verifiedAt, null)
  const press = (to: string) =>
    h.http('POST', to, { body: new Uint8Array(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  const good = link()
  assert.equal((await press(good)).status, 200)
  assert.equal((await one()).verifiedAt, h.now())
  assert.equal((await press(good)).status, 404, 'once')
  assert.equal((await h.http('GET', '/custody/confirm/nonsense')).status, 404)
  const sent = () => smtp.boxOf(address).length
  await h.run(watchAddresses)
  await h.settle()
  assert.equal(sent(), 1)
  h.pass(366 * day)
  const watch = () => h.run(watchAddresses)
  await watch()
  await h.settle()
  assert.equal(sent(), 2, 'a year later again')
  h.pass(31 * day)
  await watch()
  await h.settle()
  assert.deepEqual(await told(h, 'custody-address.troubled'), [{ address, why: 'unanswered', uses: 1 }])
  await press(link())
  assert.equal((await told(h, 'custody-address.cleared')).length, 1)
})

test('the days that are left are in the metrics', async t => {
  const h = await house(t)
  const { topic } = await h.given.pushCertificate({ notAfter: h.now() + 12 * day })
  const { body } = await h.http('GET', '/metrics')
  assert.match(
    String(body),
    new RegExp(`muster_keeping_days_left\\{org="${h.org}",kind="apns",ref="push:${topic}"\\} 12`),
  )
})
