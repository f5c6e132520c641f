import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import * as commands from '../commands/index.ts'
import * as privacy from '../privacy/index.ts'
import { openWith, newPair, sealTo, FixBroken } from '../location/sealed.ts'
import { house } from '../../testing/house.ts'
import { answer, place, reported } from '../../testing/missing.ts'

test('where it is opens to who may locate, says why and proves who they are, while the incident is open; the person sees each look', async t => {
  const h = await house(t)
  const boss = await h.given.admin({ passkey: true, name: 'Aino Laine' })
  const user = await h.given.user({ displayName: 'Amira Benali' })
  const held = await h.given.enrolled({ user: user.id, facts: { 'identity.supervised': true } })
  const { id } = await reported(h, held.device.id, boss.key)
  await answer(h, held)
  await h.settle()
  await answer(h, held, { 'location.query': place })
  await h.settle()
  const session = { cookie: boss.cookie, 'sec-fetch-site': 'same-origin' }
  const fixes = () => h.http('GET', `/api/v1/incidents/${id}/fixes`, { headers: session })
  const look = () =>
    h.http('POST', `/api/v1/incidents/${id}/look`, { headers: session, body: { purpose: 'To fetch it' } })
  assert.deepEqual((await fixes()).body, { items: [], gated: true, tiles: null })
  assert.equal((await look()).body.code, 'step-up.needed')
  const byKey = await h.http('POST', `/api/v1/incidents/${id}/look`, { as: boss.key, body: {} })
  assert.equal(byKey.body.code, 'step-up.keys-cannot')
  await h.given.stepUp(boss)
  const seen = await look()
  assert.partialDeepStrictEqual(seen.body.items, [
    { latitude: 45.7485, longitude: 4.8236, accuracyM: 18, altitudeM: 170, speed: null },
  ])
  assert.equal((await fixes()).body.items.length, 1)
  const looks = await h.run(ctx => privacy.looksOf(ctx, { user: user.id }))
  assert.partialDeepStrictEqual(looks, [
    { what: 'location', purpose: 'To fetch it', incident: id, by: { id: boss.id } },
  ])
  const desk = await h.given.admin({ role: 'help-desk' })
  assert.equal((await h.http('GET', `/api/v1/incidents/${id}/fixes`, { as: desk.key })).body.code, 'permission.missing')
  h.pass(16 * 60_000)
  assert.equal((await fixes()).body.gated, true, 'a look lasts fifteen minutes')
  await h.http('POST', `/api/v1/incidents/${id}/found`, { as: boss.key, body: {} })
  for (const late of [await fixes(), await look()]) assert.equal(late.body.code, 'incident.over')
})

test('the record holds what happened and who looked, each entry is sealed to the one before, and the whole is signed', async t => {
  const h = await house(t)
  const boss = await h.given.admin({ name: 'Aino Laine', passkey: true })
  const held = await h.given.enrolled({ facts: { 'identity.supervised': true }, name: 'Amiras iPhone' })
  const other = await h.given.enrolled({ facts: { 'identity.supervised': true } })
  h.pass(1000)
  const { id } = await reported(h, held.device.id, boss.key, { note: 'Tram 2', phone: '+33 4 00 00 12 40' })
  await reported(h, other.device.id, boss.key)
  await answer(h, held)
  await h.settle()
  await answer(h, held, { 'location.query': place })
  await h.given.stepUp(boss)
  await h.http('POST', `/api/v1/incidents/${id}/look`, {
    headers: { cookie: boss.cookie, 'sec-fetch-site': 'same-origin' },
    body: { purpose: 'To fetch it' },
  })
  const early = await h.http('POST', `/api/v1/incidents/${id}/close`, { as: boss.key, body: {} })
  assert.equal(early.body.code, 'incident.not-over')
  await h.http('POST', `/api/v1/incidents/${id}/found`, { as: boss.key, body: { note: 'In the tram depot' } })
  await answer(h, held)
  await h.http('POST', `/api/v1/incidents/${id}/close`, { as: boss.key, body: {} })
  await h.settle()
  const raw = await h.http('GET', `/api/v1/incidents/${id}/record.json`, { as: boss.key })
  assert.equal(raw.status, 200)
  const { proof, ...document } = JSON.parse(Buffer.from(raw.bytes).toString('utf8'))
  const codes = document.entries.map((e: { code: string; facts: { what?: string } }) =>
    [e.code, e.facts.what].filter(Boolean).join(' '),
  )
  assert.deepEqual(codes, [
    'reported',
    'queued lock',
    'order-set',
    'done lock',
    'located',
    'looked location',
    'found',
    'order-canceled',
    'queued unlock',
    'done unlock',
    'closed',
  ])
  assert.deepEqual(
    document.looks.map((l: { by: string; purpose: string }) => [l.by, l.purpose]),
    [['Aino Laine', 'To fetch it']],
  )
  assert.equal(document.incident.note, 'Tram 2\n\nIn the tram depot')
  for (const { sealed } of document.entries) {
    assert.equal(createHash('sha256').update(JSON.stringify(sealed.chain)).digest('hex'), sealed.hash)
    assert.equal(sealed.chain[2], sealed.seq)
  }
  const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex')
  assert.equal(digest, proof.digest)
  const key = createPublicKey({ key: Buffer.from(proof.publicKey, 'base64'), format: 'der', type: 'spki' })
  const signed = (text: string): boolean =>
    verify(null, Buffer.from(text), key, Buffer.from(proof.signature, 'base64url'))
  assert.equal(signed(`muster incident record\n${h.org}\n${digest}`), true)
  assert.equal(signed(`muster incident record\n${h.org}\n${digest.replace(/^./, c => (c === '0' ? '1' : '0'))}`), false)
  for (const language of ['en', 'fr', 'sv', 'ja']) {
    const pdf = await h.http('GET', `/api/v1/incidents/${id}/record.pdf?language=${language}&zone=Europe/Paris`, {
      as: boss.key,
    })
    assert.equal(pdf.status, 200, JSON.stringify(pdf.body))
    assert.equal(Buffer.from(pdf.bytes.subarray(0, 5)).toString(), '%PDF-')
  }
  assert.equal(
    (await h.http('GET', `/api/v1/incidents/${id}/record.pdf?zone=Mars/North`, { as: boss.key })).status,
    400,
  )
  const page = await h.http('GET', `/api/v1/incidents/${id}/entries?limit=3`, { as: boss.key })
  assert.deepEqual([page.body.items.length, typeof page.body.next], [3, 'string'])
})

test('fixes go when their time is over, with a proof of which they were; until then the search keeps them', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const held = await h.given.enrolled({ facts: { 'identity.supervised': true } })
  const { id } = await reported(h, held.device.id, boss.key)
  await answer(h, held)
  await h.settle()
  await answer(h, held, { 'location.query': place })
  await h.settle()
  const kept = () => h.run(ctx => ctx.tx.selectFrom('fixes').select('id').execute())
  h.pass(80 * 3_600_000)
  await h.settle()
  assert.equal((await kept()).length, 1, 'a search keeps longer than a ring')
  await h.http('POST', `/api/v1/incidents/${id}/write-off`, { as: boss.key, body: {} })
  h.pass(20 * 86_400_000)
  await h.http('POST', `/api/v1/incidents/${id}/close`, { as: boss.key, body: {} })
  h.pass(29 * 86_400_000)
  await h.settle()
  assert.equal((await kept()).length, 1, 'counted from the closing')
  h.pass(2 * 86_400_000)
  await h.settle()
  assert.equal((await kept()).length, 0)
  const proof = await h.run(ctx =>
    ctx.tx.selectFrom('events').select('data').where('type', '=', 'fixes.deleted').execute(),
  )
  assert.partialDeepStrictEqual(JSON.parse(String(proof[0]?.data)), { count: 1, why: 'retention', search: id })
})

test('a fix opens only where it belongs, with the key it was sealed to', () => {
  const [pair, another] = [newPair(), newPair()]
  const at = { org: 'o', device: 'd', row: 'r' }
  const sealed = sealTo(pair.publicKey, at, Buffer.from('45.7'))
  assert.equal(Buffer.from(openWith(pair, at, sealed)).toString(), '45.7')
  assert.notDeepEqual(sealed, sealTo(pair.publicKey, at, Buffer.from('45.7')))
  for (const wrong of [
    { ...at, org: 'p' },
    { ...at, device: 'e' },
    { ...at, row: 's' },
  ])
    assert.throws(() => openWith(pair, wrong, sealed), FixBroken)
  assert.throws(() => openWith(another, at, sealed), FixBroken)
  for (const place of [0, 5, 40, 50, sealed.length - 1]) {
    const bent = Uint8Array.from(sealed)
    bent[place] = (bent[place] ?? 0) ^ 1
    assert.throws(() => openWith(pair, at, bent), FixBroken)
  }
})

test('only the newest hundred fixes of a device that nobody looks for are kept, for 72 hours', async t => {
  const h = await house(t)
  const held = await h.given.enrolled({ facts: { 'identity.supervised': true, 'security.lostMode': true } })
  const boss = await h.given.admin()
  const ask = () =>
    h.http('POST', `/api/v1/devices/${held.device.id}/commands`, { as: boss.key, body: { kind: 'location.query' } })
  for (let n = 0; n < 103; n += 1) {
    assert.equal((await ask()).status, 201)
    await answer(h, held, { 'location.query': place })
  }
  const kept = () => h.run(ctx => ctx.tx.selectFrom('fixes').select('id').execute())
  assert.equal((await kept()).length, 100)
  h.pass(73 * 3_600_000)
  await h.settle()
  assert.equal((await kept()).length, 0)
  const types = await h.events()
  assert.ok(types.filter(type => type === 'fixes.deleted').length >= 4)
  assert.ok(commands.allKinds().length > 0)
})

test('the position of a personal device is never kept, however it comes', async t => {
  const h = await house(t)
  const boss = await h.given.admin()
  const held = await h.given.enrolled({ ownership: 'personal', facts: { 'identity.supervised': true } })
  const incident = await reported(h, held.device.id, boss.key)
  assert.equal(incident.action, 'none')
  const { keep } = await import('../location/index.ts')
  const said = {
    latitude: 45.7,
    longitude: 4.8,
    accuracyM: 9,
    altitudeM: null,
    speed: null,
    at: h.now(),
    source: 'test',
  }
  assert.equal(await h.run(ctx => keep(ctx, held.device, said)), false)
  assert.equal((await h.run(ctx => ctx.tx.selectFrom('fixes').select('id').execute())).length, 0)
  const company = await h.given.enrolled({ facts: { 'identity.supervised': true } })
  assert.equal(await h.run(ctx => keep(ctx, company.device, said)), true, 'the control: a company device is kept')
})
