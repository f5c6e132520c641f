import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import { type House, house } from '../../testing/house.ts'
import { beginSigning, sign } from './change.ts'
import type { Rules } from './charter.ts'
import { startPrivacy } from './daily.ts'
import { preset } from './presets.ts'

const at = '/api/v1/privacy/charter/changes'
const day = 24 * 3_600_000

interface Scene {
  h: House
  owner: GivenAdmin
  council: GivenAdmin
  ask(who: GivenAdmin, rules: Rules, more?: object): ReturnType<House['http']>
}

async function scene(t: TestContext): Promise<Scene> {
  const h = await house(t)
  const owner = await h.given.admin({ role: 'owner', passkey: true, proven: true })
  const council = await h.given.admin({ role: 'auditor', passkey: true, proven: true })
  const ask: Scene['ask'] = (who, rules, more = {}) =>
    post(h, who, at, { rules, why: 'as agreed in the council', ...more })
  return { h, owner, council, ask }
}

function post(h: House, who: GivenAdmin, url: string, body?: unknown): ReturnType<House['http']> {
  return h.http('POST', url, {
    ...(body === undefined ? {} : { body }),
    headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' },
  })
}

/** The balanced charter with one rule changed. */
function changed(type: string, ownership: string, collect: string): Rules {
  const rules = preset('balanced')
  return {
    ...rules,
    collect: rules.collect.map(r =>
      r.type === type && r.ownership === ownership ? { ...r, collect: collect as 'shown' } : r,
    ),
  }
}

/** Signs with their passkey, whether or not their session has ended meanwhile. */
async function signed(h: House, who: GivenAdmin, id: string): Promise<string> {
  const options = await h.as(who.principal, ctx => beginSigning(ctx, id))
  const response = who.authenticator.assert(options)
  return (await h.as(who.principal, ctx => sign(ctx, id, response))).state
}

test('location on devices of somebody is refused with the clause, however it is asked for', async t => {
  const { h, owner, ask } = await scene(t)
  const refused = await ask(owner, changed('location', 'personal', 'sealed'))
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.clause],
    [409, 'privacy.floor', 'collect.location.personal'],
  )
  const wipe = preset('balanced')
  const command = wipe.command.map(r => (r.action === 'wipe' ? { ...r, commanding: 'allow' as const } : r))
  assert.equal((await ask(owner, { ...wipe, command })).body.clause, 'command.wipe.personal')
  assert.equal((await ask(owner, changed('secrets', 'company', 'shown'))).body.code, 'privacy.floor')
  assert.equal((await ask(owner, changed('hardware', 'company', 'sealed'))).body.code, 'charter.choice')
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('charter')),
    [],
  )
})

test('tightening holds at once; loosening waits for whom the charter names, and their passkey signs exactly that', async t => {
  const { h, owner, council, ask } = await scene(t)
  const first = await ask(owner, changed('usage', 'company', 'never'), { cosigners: [council.id] })
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.ok(first.body.charter, 'naming who must sign and forbidding more is no loosening')
  assert.equal((await ask(owner, changed('usage', 'company', 'never'))).body.code, 'charter.unchanged')
  const wish = await ask(owner, preset('balanced'))
  assert.ok(wish.body.change && wish.body.charter === null)
  assert.deepEqual(wish.body.signers, [council.id])
  assert.equal((await ask(owner, preset('dedicated'))).body.code, 'charter.pending')
  await assert.rejects(signed(h, owner, wish.body.change), { code: 'charter.not-signer' })
  const usage = async () => {
    const { rules } = (await h.http('GET', '/api/v1/privacy/charter', { as: owner.key })).body as { rules: Rules }
    return rules.collect.find(r => r.type === 'usage' && r.ownership === 'company')?.collect
  }
  h.pass(30 * day)
  await h.settle()
  assert.equal(await usage(), 'never', 'time alone signs nothing')
  assert.equal(await signed(h, council, wish.body.change), 'applied')
  assert.equal(await usage(), 'shown')
  const versions = await h.http('GET', '/api/v1/privacy/charters', { as: owner.key })
  assert.deepEqual(
    versions.body.items[0].signatures.map((s: { admin: string }) => s.admin),
    [council.id],
  )
  await assert.rejects(signed(h, council, wish.body.change), { code: 'charter.change-over' })
  const events = (await h.events()).filter(e => e.startsWith('charter'))
  assert.deepEqual(events, ['charter.changed', 'charter.change-proposed', 'charter.change-signed', 'charter.changed'])
})

test('who must sign cannot be taken out without signing, a key changes nothing, and a refusal ends it', async t => {
  const { h, owner, council, ask } = await scene(t)
  await ask(owner, preset('balanced'), { cosigners: [council.id] })
  assert.equal(
    (await h.http('POST', at, { as: owner.key, body: { rules: preset('strict'), why: 'because' } })).body.code,
    'step-up.keys-cannot',
  )
  const without = await ask(owner, preset('balanced'), { cosigners: [] })
  assert.ok(without.body.change, 'taking a co-signer out is a loosening')
  const no = await post(h, council, `${at}/${without.body.change}/refuse`, { reason: 'not agreed' })
  assert.equal(no.body.state, 'refused', JSON.stringify(no.body))
  h.pass(30 * day)
  await h.settle()
  const charter = await h.http('GET', '/api/v1/privacy/charter', { as: owner.key })
  assert.deepEqual(
    charter.body.cosigners.map((c: { id: string }) => c.id),
    [council.id],
  )
})

test('where nobody is named a loosening waits a day in the open', async t => {
  const { h, owner, ask } = await scene(t)
  const wish = await ask(owner, changed('network', 'company', 'shown'))
  assert.ok(wish.body.change)
  h.pass(day - 60_000)
  await h.settle()
  const version = async () => (await h.http('GET', '/api/v1/privacy/charter', { as: owner.key })).body.version
  assert.equal(await version(), 0)
  h.pass(120_000)
  await h.settle()
  assert.equal(await version(), 1)
})

test('a signature is worth nothing under another change', async t => {
  const { h, owner, council, ask } = await scene(t)
  await ask(owner, preset('balanced'), { cosigners: [council.id] })
  const one = await ask(owner, preset('dedicated'))
  const options = await h.as(council.principal, ctx => beginSigning(ctx, one.body.change))
  const response = council.authenticator.assert(options)
  await post(h, owner, `${at}/${one.body.change}/refuse`, { reason: 'another one' })
  const other = await ask(owner, { ...preset('dedicated'), apps: ['com.example.any'] })
  assert.ok(other.body.change)
  await assert.rejects(
    h.as(council.principal, ctx => sign(ctx, other.body.change, response)),
    { code: 'passkey.refused' },
  )
})

test('every invariant holds at the start, and one that does not is told', async t => {
  const { h, owner } = await scene(t)
  // What a start does; the org of a test is made after it.
  await startPrivacy(h.base)
  await h.settle()
  const first = await h.http('GET', '/api/v1/privacy/check', { as: owner.key })
  assert.ok(first.body.check.results.length >= 20)
  assert.deepEqual(
    first.body.check.results.filter((r: { holds: boolean }) => !r.holds),
    [],
  )
  // Someone writes into the database what no charter allows, beside a device of somebody.
  const { device } = await h.given.enrolled({ ownership: 'personal' })
  await h.run(({ tx }) =>
    tx
      .insertInto('facts')
      .values({
        org: h.org,
        device: device.id,
        fact: 'cellular.phoneNumber',
        value: '"x"',
        source: 'x',
        at: 1,
        changed_at: 1,
      })
      .execute(),
  )
  const second = await h.http('POST', '/api/v1/privacy/check', { as: owner.key })
  assert.deepEqual(
    second.body.check.results.filter((r: { holds: boolean }) => !r.holds).map((r: { id: string }) => r.id),
    ['stored.facts'],
  )
  assert.ok((await h.events()).includes('privacy.check-failed'))
})
