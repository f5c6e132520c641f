import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import { pdfText } from '../../testing/pdf-text.ts'
import { unzip } from '../../testing/unzip.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'

const day = 24 * 3_600_000

/** Orders a file and answers it once it is made. */
async function made(h: House, key: string, body: object) {
  const ordered = await h.http('POST', '/api/v1/exports', { as: key, body: { format: 'csv', ...body } })
  assert.equal(ordered.status, 202, JSON.stringify(ordered.body))
  await h.settle()
  const { body: one } = await h.http('GET', `/api/v1/exports/${ordered.body.id}`, { as: key })
  const file = await h.http('GET', `/api/v1/exports/${ordered.body.id}/file`, { as: key })
  return { one, file, text: Buffer.from(file.bytes).toString('utf8').replace('\ufeff', '') }
}

const cells = (text: string): string[][] =>
  text
    .trim()
    .split('\r\n')
    .map(l => l.split(','))

test('a report as of a day says what was so then, in every format', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { id } = await h.given.device({ name: '営業 1', osVersion: '18.1', facts: { 'security.encrypted': true } })
  await h.given.device({ name: 'Other', state: 'ended' })
  h.pass(day)
  const then = new Date(h.now()).toISOString()
  h.pass(day)
  await h.run(ctx => devices.change(ctx, id, { name: 'Renamed' }))
  const ask = { kind: 'security', filter: 'state:active', columns: ['name', 'os', 'encrypted', 'state', 'enrolled'] }
  const { one, text, file } = await made(h, key, { ...ask, asOf: then, language: 'fr', zone: 'Asia/Tokyo' })
  assert.partialDeepStrictEqual(one, { state: 'done', doneRows: 1, totalRows: 1, asOf: Date.parse(then) })
  assert.deepEqual(cells(text), [
    ['Nom', 'Version du système', 'Chiffré', 'État', 'Inscrit le'],
    ['営業 1', '18.1', 'oui', 'En service', '2026-11-20T18:00:00+09:00'],
  ])
  assert.equal(file.headers['content-disposition'], 'attachment; filename="security-2026-11-21.csv"')
  const now = await made(h, key, { ...ask, format: 'json' })
  assert.deepEqual(JSON.parse(now.text).lines, [
    { name: 'Renamed', os: '18.1', encrypted: true, state: 'active', enrolled: '2026-11-20T09:00:00Z' },
  ])
  const sheet = await made(h, key, { ...ask, format: 'xlsx', asOf: then })
  assert.match(String((await unzip(sheet.file.bytes)).get('xl/worksheets/sheet1.xml')), /営業 1/)
  const page = await made(h, key, { ...ask, format: 'pdf', asOf: then, language: 'ja' })
  assert.ok(pdfText(page.file.bytes).flat().includes('営業 1'))
  const japanese = await made(h, key, { ...ask, asOf: then, encoding: 'shift_jis' })
  assert.match(new TextDecoder('shift_jis').decode(japanese.file.bytes), /営業 1/)
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('report.')),
    Array.from({ length: 5 }, () => 'report.made'),
  )
})

test('what cannot be is refused before anything is kept', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const helpdesk = await h.given.admin({ role: 'help-desk' })
  const ask = async (body: object, as = key) => (await h.http('POST', '/api/v1/exports', { as, body })).body.code
  assert.equal(await ask({ kind: 'nothing', format: 'csv' }), 'request.malformed')
  assert.equal(await ask({ kind: 'inventory', format: 'csv', columns: ['phone'] }), 'report.column-unknown')
  assert.equal(await ask({ kind: 'inventory', format: 'csv', filter: 'colour:red' }), 'filter.field-unknown')
  assert.equal(await ask({ kind: 'inventory', format: 'csv', zone: 'Mars' }), 'request.malformed')
  assert.equal(await ask({ kind: 'inventory', format: 'csv', asOf: '2031-01-01' }), 'past.ahead')
  assert.equal(await ask({ kind: 'certificates', format: 'csv' }, helpdesk.key), 'permission.missing')
  const save = { name: 'Weekly', unit: h.root.id, wish: { kind: 'inventory', format: 'csv' } }
  const schedule = { every: 'day', hour: 7, zone: 'UTC', to: ['it@havsten.example'] }
  const saved = await h.http('POST', '/api/v1/reports', { as: key, body: { ...save, schedule } })
  assert.equal(saved.body.code, 'report.no-mail')
  const { body } = await h.http('GET', '/api/v1/exports', { as: key })
  assert.deepEqual(body.items, [])
})

test('a file belongs to who asked, reaches as far as their units, can be stopped, and expires', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const sales = await h.given.unit({ name: 'Sales' })
  const local = await h.given.admin({ role: 'admin', unit: sales.id })
  await h.given.device({ name: 'Inside', unit: sales.id })
  await h.given.device({ name: 'Outside' })
  const { one, text } = await made(h, local.key, { kind: 'inventory', columns: ['name'] })
  assert.deepEqual(cells(text), [['Name'], ['Inside']])
  assert.equal((await h.http('GET', `/api/v1/exports/${one.id}`, { as: owner.key })).status, 404)
  assert.equal((await h.http('GET', `/api/v1/exports/${one.id}/file`, { as: owner.key })).status, 404)
  const waiting = await h.http('POST', '/api/v1/exports', { as: owner.key, body: { kind: 'inventory', format: 'pdf' } })
  const early = await h.http('GET', `/api/v1/exports/${waiting.body.id}/file`, { as: owner.key })
  assert.equal(early.body.code, 'report.running')
  const stopped = await h.http('POST', `/api/v1/exports/${waiting.body.id}/cancel`, { as: owner.key })
  assert.equal(stopped.body.state, 'canceled')
  await h.settle()
  assert.equal((await h.http('GET', `/api/v1/exports/${waiting.body.id}`, { as: owner.key })).body.state, 'canceled')
  assert.ok(await h.base.blobs.has(one.sha256))
  h.pass(31 * day)
  await h.settle()
  assert.equal((await h.http('GET', `/api/v1/exports/${one.id}/file`, { as: local.key })).body.code, 'report.expired')
  assert.equal(await h.base.blobs.has(one.sha256), false)
})

test('columns that hold what may only be looked at stay empty, and usage speaks of five people or nobody', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const facts = { 'cellular.phoneNumber': '+46701234567', 'network.wifiMac': '00:11', 'security.encrypted': true }
  await h.given.device({ name: 'Mine', ownership: 'personal', facts, imei: '353911101234567' })
  await h.given.device({ name: 'Ours', ownership: 'company', facts })
  const columns = ['name', 'fact.cellular.phoneNumber', 'encrypted']
  const { text } = await made(h, key, { kind: 'inventory', columns })
  assert.doesNotMatch(text, /4670/)
  const [big, small] = [await h.given.unit({ name: 'Big' }), await h.given.unit({ name: 'Small' })]
  const phone = async (unit: string, ownership: 'company' | 'personal') => {
    const user = await h.given.user({ unit })
    const { id } = await h.given.device({ unit, user: user.id, ownership })
    devices.seen(h.base, h.org, id, h.now())
  }
  for (let i = 0; i < 5; i += 1) await phone(big.id, 'company')
  for (let i = 0; i < 4; i += 1) await phone(small.id, 'company')
  for (let i = 0; i < 6; i += 1) await phone(small.id, 'personal')
  await devices.flushSeen(h.base)
  const usage = await made(h, key, { kind: 'usage', format: 'json' })
  assert.deepEqual(
    JSON.parse(usage.text).lines.map((l: { unit: string; people: number; daysPerDevice: number }) => [
      l.unit,
      l.people,
      l.daysPerDevice,
    ]),
    [['Havsten / Big', 5, 1]],
  )
})

test('what happened in a period, systems and certificates', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { device } = await h.given.enrolled()
  await h.http('POST', `/api/v1/devices/${device.id}/commands`, { as: key, body: { kind: 'device.query', args: {} } })
  await h.settle()
  const commands = await made(h, key, { kind: 'commands', columns: ['command', 'device', 'state', 'by'] })
  assert.deepEqual(cells(commands.text).at(-1)?.slice(0, 3), ['device.query', device.name, 'Waiting'])
  const looks = await made(h, key, { kind: 'looks' })
  assert.match(looks.text, /report\.made/)
  const systems = await made(h, key, { kind: 'systems', columns: ['platform', 'os', 'devices', 'share'] })
  assert.deepEqual(cells(systems.text)[1]?.slice(0, 1), ['iOS'])
  assert.equal((await made(h, key, { kind: 'certificates', format: 'json' })).one.state, 'done')
  const none = await made(h, key, { kind: 'commands', from: '2026-11-18', asOf: '2026-11-19' })
  assert.equal(cells(none.text).length, 1)
  assert.equal((await made(h, key, { kind: 'apps', format: 'json' })).one.state, 'done')
})

test('an owner who lost the right gets nothing any more', async t => {
  const h = await house(t)
  const local = await h.given.admin({ role: 'admin' })
  await h.given.device({ name: 'Phone' })
  const body = {
    name: 'Daily',
    unit: h.root.id,
    wish: { kind: 'inventory', format: 'csv', columns: ['name'] },
    schedule: { every: 'day', hour: 10, zone: 'UTC' },
  }
  const saved = await h.http('POST', '/api/v1/reports', { as: local.key, body })
  assert.equal(saved.status, 201)
  assert.equal(saved.body.nextAt, Date.UTC(2026, 10, 20, 10))
  h.pass(2 * 3_600_000)
  await h.settle()
  const first = await h.http('GET', `/api/v1/reports/${saved.body.id}`, { as: local.key })
  assert.partialDeepStrictEqual(first.body, { last: { state: 'done', rows: 1 }, nextAt: Date.UTC(2026, 10, 21, 10) })
  await h.run(ctx => identity.revokeKey(ctx, local.keyId))
  h.pass(day)
  await h.settle()
  const owner = await h.given.admin()
  const second = await h.http('GET', `/api/v1/reports/${saved.body.id}`, { as: owner.key })
  assert.partialDeepStrictEqual(second.body, { mine: false, last: { state: 'failed', error: 'permission.missing' } })
  assert.ok((await h.events()).includes('report.failed'))
})
