import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'

const csv = (text: string): Uint8Array => new TextEncoder().encode(text)

async function read(h: House, as: string, text: string | Uint8Array) {
  const body = typeof text === 'string' ? csv(text) : text
  const headers = { 'content-type': 'text/csv' }
  return h.http('POST', `/api/v1/intakes/read?unit=${h.root.id}`, { as, body, headers })
}

async function plan(h: House, as: string, lines: object[], more: object = {}) {
  const body = { name: 'April', day: '2026-12-01', unit: h.root.id, source: { kind: 'list', lines }, ...more }
  return h.http('POST', '/api/v1/intakes', { as, body })
}

test('every line of a file comes back with what was made of it and what is wrong with it; none is lost', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const sales = await h.given.unit({ name: 'Sales' })
  const user = await h.given.user({ email: 'mia@havsten.test', displayName: 'Mia Ek' })
  const text = [
    'Serienummer;Inventarienummer;Person;Avdelning',
    'DMPK1234AB;A-1;mia@havsten.test;Sales',
    'dmpk1234ab;A-2;;',
    ';A-3;;',
    'no serial!;A-4;;',
    'DMPK1234AC;A-5;nobody@havsten.test;Nowhere',
    'DMPK1234AD;A-6;;;;torn',
  ].join('\n')
  const { status, body } = await read(h, key, text)
  assert.equal(status, 200)
  assert.deepEqual(
    body.lines.map((l: { line: number; serial: string; faults: { code: string }[] }) => [
      l.line,
      l.serial,
      l.faults.map(f => f.code).join(),
    ]),
    [
      [2, 'DMPK1234AB', ''],
      [3, 'DMPK1234AB', 'serial-twice'],
      [4, '', 'serial-missing'],
      [5, 'NOSERIAL!', 'serial-malformed'],
      [6, 'DMPK1234AC', 'person-unknown,unit-unknown'],
      [7, 'DMPK1234AD', 'cells-too-many'],
    ],
  )
  assert.deepEqual(body.lines[0].user, { id: user.id, name: 'Mia Ek' })
  assert.equal(body.lines[0].unit.id, sales.id)
  assert.deepEqual([body.devices, body.blocked, body.matched, body.named], [2, 4, 1, 2])
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('intake.')),
    [],
  )
})

test('a bare list of serial numbers is read without a head line, in any of the usual encodings', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const bare = await read(h, key, 'DMPK1234AB\r\n\r\nDMPK1234AC\r\n')
  assert.deepEqual(
    bare.body.lines.map((l: { serial: string }) => l.serial),
    ['DMPK1234AB', 'DMPK1234AC'],
  )
  // シリアル,資産番号 in Shift_JIS, and a serial number typed full-width.
  const sjis = Uint8Array.from([
    ...[0x83, 0x56, 0x83, 0x8a, 0x83, 0x41, 0x83, 0x8b, 0x2c, 0x8e, 0x91, 0x8e, 0x59, 0x94, 0xd4, 0x8d, 0x86, 0x0a],
    ...[0x82, 0x63, 0x82, 0x6c, 0x4b, 0x31, 0x32, 0x33, 0x34, 0x2c, 0x41, 0x31, 0x0a],
  ])
  const { body } = await read(h, key, sjis)
  assert.deepEqual([body.encoding, body.lines[0].serial, body.lines[0].assetTag], ['shift_jis', 'DMK1234', 'A1'])
  assert.equal((await read(h, key, '')).body.code, 'intake.empty')
  assert.equal((await read(h, key, 'serial\n"DMPK1234AB\nx')).body.code, 'intake.unreadable')
})

test('a batch keeps lines with faults until they are mended, and a device is expected by one batch alone', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const first = await plan(h, key, [{ serial: 'DMPK1234AB' }, { serial: '' }])
  assert.equal(first.status, 201)
  assert.deepEqual([first.body.counts.total, first.body.counts.blocked], [1, 1])
  const second = await plan(h, key, [{ serial: 'dmpk1234ab' }, { serial: 'DMPK1234AD' }])
  const at = `/api/v1/intakes/${second.body.id}/devices`
  const rows = await h.http('GET', `${at}?filter=faulty:yes`, { as: key })
  assert.deepEqual(rows.body.items[0].faults, [
    { code: 'serial-elsewhere', facts: { serial: 'DMPK1234AB', intake: first.body.id } },
  ])
  const mended = await h.http('PATCH', `${at}/1`, { as: key, body: { serial: 'DMPK1234AE' } })
  assert.deepEqual([mended.status, mended.body.state, mended.body.faults], [200, 'expected', []])
  const after = await h.http('GET', `/api/v1/intakes/${second.body.id}`, { as: key })
  assert.deepEqual([after.body.counts.total, after.body.counts.blocked], [2, 0])
  assert.equal((await h.http('DELETE', `${at}/2`, { as: key })).status, 204)
  assert.equal((await h.http('GET', `/api/v1/intakes/${second.body.id}`, { as: key })).body.counts.total, 1)
  assert.equal((await h.http('DELETE', `/api/v1/intakes/${first.body.id}`, { as: key })).status, 204)
  assert.equal((await h.http('GET', `/api/v1/intakes/${first.body.id}`, { as: key })).status, 404)
})

test('what cannot be is refused: a day that is none, a zone that is none, a blueprint that is not there', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const line = [{ serial: 'DMPK1234AB' }]
  assert.equal((await plan(h, key, line, { day: '2026-02-30' })).body.code, 'intake.day-malformed')
  assert.equal((await plan(h, key, line, { zone: 'Nowhere/None' })).body.code, 'request.malformed')
  assert.equal((await plan(h, key, line, { blueprint: `blu_${'0'.repeat(32)}` })).body.code, 'id.unknown')
  assert.equal((await plan(h, key, line, { setup: `stp_${'0'.repeat(32)}` })).status >= 400, true)
  assert.deepEqual((await h.http('GET', '/api/v1/intakes', { as: key })).body.items, [])
})

test('the look before the day names what is missing, and is an alert when the day is near', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const line = { serial: 'DMPK1234AB', person: 'nobody@havsten.test' }
  const made = await plan(h, key, [line], { day: '2026-11-22' })
  await h.settle()
  const { body } = await h.http('GET', `/api/v1/intakes/${made.body.id}`, { as: key })
  const state = (code: string) => body.checks.find((c: { code: string }) => c.code === code)
  assert.equal(state('push').state, 'red')
  assert.deepEqual(state('push').facts, { why: 'missing', at: null })
  assert.deepEqual([state('people').state, state('people').facts.matched, state('people').facts.named], ['amber', 0, 1])
  assert.equal(state('lines').state, 'green')
  assert.equal(body.reds, 1)
  assert.ok((await h.events()).includes('intake.troubled'))
  await h.given.pushCertificate()
  await h.http('POST', `/api/v1/intakes/${made.body.id}/check`, { as: key })
  await h.settle()
  const after = await h.http('GET', `/api/v1/intakes/${made.body.id}`, { as: key })
  assert.equal(after.body.reds, 0)
  assert.ok((await h.events()).includes('intake.cleared'))
})

test('the day is not opened over a red check unless somebody says so', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const made = await plan(h, key, [{ serial: 'DMPK1234AB' }])
  await h.settle()
  const start = (body: object) => h.http('POST', `/api/v1/intakes/${made.body.id}/start`, { as: key, body })
  assert.equal((await start({})).body.code, 'intake.red')
  const opened = await start({ anyway: true })
  assert.deepEqual([opened.status, opened.body.state], [200, 'open'])
  assert.equal((await h.http('DELETE', `/api/v1/intakes/${made.body.id}`, { as: key })).body.code, 'intake.open')
  const closed = await h.http('POST', `/api/v1/intakes/${made.body.id}/close`, { as: key, body: { note: 'None came' } })
  assert.deepEqual([closed.body.state, closed.body.note, closed.body.counts.expected], ['closed', 'None came', 1])
  // Its devices may be expected by another one now.
  const again = await plan(h, key, [{ serial: 'DMPK1234AB' }])
  assert.equal(again.body.counts.blocked, 0)
})
