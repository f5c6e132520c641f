import assert from 'node:assert/strict'
import { test } from 'node:test'
import { own } from '../../base/db.ts'
import { type House, house } from '../../testing/house.ts'
import * as policies from '../policies/index.ts'
import { decide } from './decisions.ts'
import { note, planOf, statusOf, type Word } from '../reconcile/index.ts'

const day = 24 * 3_600_000
const names = (body: { items: { name: string }[] }): string[] => body.items.map(i => i.name).sort()

type Admin = Awaited<ReturnType<House['given']['admin']>>
type Part = Exclude<Word, { did: 'sent' | 'installed' | 'gone' }> | { did: 'installed' }

/** The device is handed all that is planned for it, and says this of each thing. */
async function answer(h: House, enrollment: string, of: (item: string) => Part | null): Promise<void> {
  await h.run(async ctx => {
    for (const { item, version } of await planOf(ctx, enrollment)) {
      const channel = { enrollment, account: '' }
      const said = of(item)
      if (said === null || version === null) continue
      await note(ctx, channel, item, { did: 'sent', version })
      await note(ctx, channel, item, said.did === 'installed' ? { did: 'installed', version } : said)
    }
  })
}

const refused = async (h: House, enrollment: string, item: string): Promise<void> => {
  const status = await h.run(async ctx => (await statusOf(ctx, enrollment)).find(s => s.item === item))
  const version = status?.wanted ?? ''
  await answer(h, enrollment, one =>
    one === item ? { did: 'failed', version, error: { code: 'apple.4001' }, final: true } : { did: 'installed' },
  )
}

/** Five devices: one has all, one refused something, one has not answered, one lost something, one should have nothing. */
async function fleet(h: House) {
  const unit = await h.given.unit({ name: 'Sales' })
  const user = await h.given.user({ displayName: 'Elin' })
  const well = await h.given.enrolled({ name: 'well', unit: unit.id })
  const refuses = await h.given.enrolled({ name: 'refuses', unit: unit.id, user: user.id })
  const waits = await h.given.enrolled({ name: 'waits', unit: unit.id })
  const lost = await h.given.enrolled({ name: 'lost one', unit: unit.id })
  await h.given.enrolled({ name: 'free' })
  await h.given.device({ name: 'unmanaged' })
  const network = { kind: 'test.network', name: 'Corp network', value: { ssid: 'Corp' } }
  const given = await h.given.assigned({ unit: unit.id, policies: [network, { name: 'Camera off' }] })
  await h.settle()
  for (const one of [well, lost]) await answer(h, one.enrollment, () => ({ did: 'installed' }))
  await refused(h, refuses.enrollment, 'test.network#Corp')
  await h.run(ctx =>
    note(ctx, { enrollment: lost.enrollment, account: '' }, 'test.settings', { did: 'drifted', has: null }),
  )
  await h.settle()
  return { unit, user, well, refuses, waits, lost, network: given.policies[0] ?? '' }
}

test('devices are found by how far they are with their policies, and by a policy they should have', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { network } = await fleet(h)
  const managed = ['lost one', 'refuses', 'waits', 'well']
  const expected: Record<string, string[]> = {
    'policy:ok': ['well'],
    'policy:failed': ['refuses'],
    'policy:pending': ['lost one', 'waits'],
    'policy:drifted': ['lost one'],
    'policy:unsupported': [],
    'policy:none': ['free', 'unmanaged'],
    '-policy:ok': ['free', 'lost one', 'refuses', 'unmanaged', 'waits'],
    'policy:failed,pending': ['lost one', 'refuses', 'waits'],
    'policy:"corp NETWORK"': managed,
    [`policy:${network}`]: managed,
    [`policy:${network} policy:failed`]: ['refuses'],
    'policy:unheard-of': [],
  }
  for (const [filter, found] of Object.entries(expected)) {
    const { body } = await h.http('GET', `/api/v1/devices?filter=${encodeURIComponent(filter)}`, { as: key })
    assert.deepEqual([filter, names(body), body.total], [filter, found, found.length])
  }
  const counts = await h.http('GET', '/api/v1/devices/counts?filter=policy:failed', { as: key })
  assert.equal(counts.body.total, 1)
})

test('a policy of thousands of devices is looked for along the list, with the same answer', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { network, well } = await fleet(h)
  await h.run(async ctx => {
    const db = own<{ desired: Row }>(ctx.tx)
    const row = await db.selectFrom('desired').selectAll().where('device', '=', well.device.id).executeTakeFirst()
    const many = Array.from({ length: 2001 }, (_, n) => ({
      ...row,
      device: `dev_elsewhere_${n}`,
      enrollment: `enr_${n}`,
    }))
    for (let i = 0; i < many.length; i += 500)
      await db
        .insertInto('desired')
        .values(many.slice(i, i + 500))
        .execute()
  })
  const found = async (filter: string) =>
    names((await h.http('GET', `/api/v1/devices?filter=${encodeURIComponent(filter)}`, { as: key })).body)
  assert.deepEqual(await found(`policy:${network}`), ['lost one', 'refuses', 'waits', 'well'])
  assert.deepEqual(await found(`-policy:${network}`), ['free', 'unmanaged'])
  assert.deepEqual(await found('policy:"corp network" policy:failed'), ['refuses'])
})

test('what a device cannot take at all is told apart from what failed on it', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { refuses } = await fleet(h)
  const item = await h.run(async ctx =>
    (await statusOf(ctx, refuses.enrollment)).find(s => s.item === 'test.network#Corp'),
  )
  await h.run(ctx =>
    note(ctx, { enrollment: refuses.enrollment, account: '' }, 'test.network#Corp', {
      did: 'unsupported',
      version: item?.wanted ?? '',
      error: { code: 'honor.os' },
    }),
  )
  const found = async (filter: string) => (await h.http('GET', `/api/v1/devices?filter=${filter}`, { as: key })).body
  assert.deepEqual(names(await found('policy:unsupported')), ['refuses'])
  assert.deepEqual(names(await found('policy:failed')), [])
  assert.deepEqual(names(await found('policy:ok')), ['refuses', 'well'])
})

test('each row says what is in place, failed or waits, in the list and in the file', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  await fleet(h)
  const { body } = await h.http('GET', '/api/v1/devices?sort=name', { as: key })
  const shown = Object.fromEntries(body.items.map((i: { name: string; policy: object | null }) => [i.name, i.policy]))
  const none = { items: 0, failed: 0, waiting: 0, unsupported: 0 }
  assert.deepEqual(shown, {
    free: none,
    'lost one': { ...none, items: 2, waiting: 1 },
    refuses: { ...none, items: 2, failed: 1 },
    unmanaged: null,
    waits: { ...none, items: 2, waiting: 2 },
    well: { ...none, items: 2 },
  })
  const csv = await h.http('GET', '/api/v1/devices.csv?sort=name&columns=name,policy&titles=sv', { as: key })
  const lines = new TextDecoder().decode(csv.bytes).split('\r\n')
  assert.deepEqual(lines, [
    'Namn,Policyer',
    'free,',
    'lost one,1 waiting',
    'refuses,1 failed',
    'unmanaged,',
    'waits,2 waiting',
    'well,ok',
    '',
  ])
})

test('devices are found by a group of their users, which only those know who may see the group', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const unit = await h.given.unit({ name: 'Lyon' })
  const local = await h.given.admin({ role: 'operator', unit: unit.id })
  const [inside, outside] = [await h.given.user({ unit: unit.id }), await h.given.user({ unit: unit.id })]
  await h.given.device({ name: 'a', user: inside.id, unit: unit.id })
  await h.given.device({ name: 'b', user: outside.id, unit: unit.id })
  await h.given.device({ name: 'c', unit: unit.id })
  const made = await h.http('POST', '/api/v1/groups', { as: key, body: { name: 'Field sales', unit: h.root.id } })
  const group: string = made.body.id
  await h.http('PUT', `/api/v1/groups/${group}/members`, { as: key, body: { add: [inside.id] } })
  const found = async (as: string, filter: string) => {
    const { body } = await h.http('GET', `/api/v1/devices?filter=${encodeURIComponent(filter)}`, { as })
    return [names(body).join(' '), body.total]
  }
  assert.deepEqual(await found(key, 'group:"field SALES"'), ['a', 1])
  assert.deepEqual(await found(key, `group:${group}`), ['a', 1])
  assert.deepEqual(await found(key, 'group:none'), ['b c', 2])
  assert.deepEqual(await found(key, '-group:"field sales"'), ['b c', 2])
  assert.deepEqual(await found(local.key, `group:${group}`), ['', 0])
  assert.deepEqual(await found(local.key, 'group:none'), ['a b c', 3])
})

test('home names devices that cannot take a policy, rollouts that stopped by themselves and tests that fail, while it is so', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const { unit, network, refuses, well } = await fleet(h)
  const elsewhere = await h.given.admin({ role: 'operator', unit: (await h.given.unit({ name: 'Lyon' })).id })
  const local = await h.given.admin({ role: 'operator', unit: unit.id })
  const home = ({ principal }: Admin) => h.as(principal, ctx => decide(ctx, []))
  const codes = async (as: Admin): Promise<string> =>
    (await home(as))
      .map(d => d.code)
      .filter(c => /^(polic|rollout)/.test(c))
      .sort()
      .join(' ')
  assert.equal(await codes(owner), 'policies-failed')
  assert.equal(await codes(local), 'policies-failed')
  assert.equal(await codes(elsewhere), '')
  const told = (await home(owner)).find(d => d.code === 'policies-failed')
  assert.partialDeepStrictEqual(told, { facts: { count: 1 }, link: '/devices?filter=policy%3Afailed' })

  const expect = { has: 'test.settings', key: 'camera', equals: true }
  const wish = { name: 'Camera stays', unit: h.root.id, where: 'platform:ios', expect }
  const made = await h.http('POST', '/api/v1/policy-tests', { as: owner.key, body: wish })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  await h.http('POST', '/api/v1/policy-tests/run', { as: owner.key, body: {} })
  assert.equal(await codes(owner), 'policies-failed policy-tests-failing')
  assert.equal(await codes(local), 'policies-failed')

  const rollout = { waves: [100], watchMinutes: 60, stopAbovePercentFailed: 10, minHeardPercent: 0 }
  const body = { value: { ssid: 'Corp', hidden: true }, note: '', base: 1, rollout, override: 'a try' }
  const saved = await h.http('POST', `/api/v1/policies/${network}/versions`, { as: owner.key, body })
  assert.ok(saved.status < 300, JSON.stringify(saved.body))
  await h.settle()
  for (const one of [refuses, well]) await refused(h, one.enrollment, 'test.network#Corp')
  h.pass(2 * 3_600_000)
  await h.settle()
  const stopped = (await home(owner)).find(d => d.code === 'rollout-stopped')
  assert.partialDeepStrictEqual(stopped, { facts: { name: 'Corp network', from: 1, to: 2 } })
  assert.match(stopped?.link ?? '', /^\/policies\/rollouts\/rol_/)
  assert.equal(await codes(elsewhere), '')
  await h.run(ctx => policies.saveVersion(ctx, network, { value: { ssid: 'Corp', hidden: false, a: 2 } }))
  assert.ok(!(await codes(owner)).includes('rollout'))
})

test('what stopped a week ago is no longer news', async t => {
  const h = await house(t)
  const { id } = await h.given.policy()
  await h.run(ctx =>
    own<{ rollouts: Record<string, string | number | null> }>(ctx.tx)
      .insertInto('rollouts')
      .values({
        org: h.org,
        id: `rol_${'0'.repeat(32)}`,
        policy: id,
        unit_path: h.root.path,
        from_version: 1,
        to_version: 2,
        state: 'stopped',
        reason: 'rollout.failures',
        facts: '{"percent":50,"failed":3,"of":6}',
        waves: '[100]',
        wave: 0,
        salt: 'x',
        watch_ms: 1,
        stop_above_percent: 1,
        min_heard_percent: 0,
        wave_at: h.now(),
        counts: '[]',
        by_kind: 'system',
        by_id: null,
        created_at: h.now(),
        ended_at: h.now(),
      })
      .execute(),
  )
  const codes = async (): Promise<string[]> => (await h.run(ctx => decide(ctx, []))).map(d => d.code)
  h.pass(6 * day)
  assert.ok((await codes()).includes('rollout-stopped'))
  h.pass(2 * day)
  assert.ok(!(await codes()).includes('rollout-stopped'))
})

test('the page of a device opens with what failed, and its timeline tells it with the name of the policy', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { refuses, lost, waits, well } = await fleet(h)
  const page = async (id: string) => (await h.http('GET', `/api/v1/devices/${id}`, { as: key })).body
  const said = async (id: string) => {
    const { sentence } = await page(id)
    return [sentence.tone, sentence.code, sentence.facts.n ?? null]
  }
  assert.deepEqual(await said(refuses.device.id), ['attention', 'policies-failed', 1])
  assert.deepEqual(await said(waits.device.id), ['pending', 'policies-waiting', 2])
  assert.deepEqual(await said(well.device.id), ['ok', 'active', null])
  const line = async (id: string) => {
    const { body } = await h.http('GET', `/api/v1/devices/${id}/timeline?kinds=policies`, { as: key })
    return body.items.map((i: { type: string; data: { policyName?: string } }) => [i.type, i.data.policyName ?? null])
  }
  assert.deepEqual(await line(refuses.device.id), [
    ['item.failed', 'Corp network'],
    ['desired.changed', null],
  ])
  assert.deepEqual(await line(lost.device.id), [
    ['item.drifted', 'Camera off'],
    ['desired.reached', null],
    ['desired.changed', null],
  ])
})

test('search finds policies, blueprints, groups and tags within what the reader may see', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const lyon = await h.given.unit({ name: 'Lyon' })
  const local = await h.given.admin({ role: 'operator', unit: lyon.id })
  await h.given.policy({ name: 'Kiosk camera' })
  await h.given.policy({ name: 'Lyon kiosk', unit: lyon.id })
  await h.given.blueprint({ name: 'Kiosks' })
  await h.http('POST', '/api/v1/groups', { as: owner.key, body: { name: 'Kiosk people', unit: h.root.id } })
  await h.given.device({ tags: ['Kiosk', 'till'] })
  await h.given.device({ unit: lyon.id, tags: ['Spare kiosk', 'till'] })
  const found = async (as: string, q: string) => {
    const { body } = await h.http('GET', `/api/v1/search?q=${encodeURIComponent(q)}`, { as })
    const of = (list: { name: string }[]) => list.map(i => i.name).join()
    return [of(body.policies), of(body.blueprints), of(body.groups), body.tags.join()]
  }
  assert.deepEqual(await found(owner.key, 'KIOSK'), [
    'Kiosk camera,Lyon kiosk',
    'Kiosks',
    'Kiosk people',
    'Kiosk,Spare kiosk',
  ])
  assert.deepEqual(await found(local.key, 'kiosk'), ['Lyon kiosk', '', '', 'Spare kiosk'])
  assert.deepEqual(await found(owner.key, 'camera kiosk'), ['Kiosk camera', '', '', ''])
  assert.deepEqual(await found(owner.key, 'nothing'), ['', '', '', ''])
})

test('home asks for the approval of planned changes by the time they are planned for, and tells of those that stopped', async t => {
  const h = await house(t)
  const owner = await h.given.admin()
  const [lyon, osaka] = [await h.given.unit({ name: 'Lyon' }), await h.given.unit({ name: 'Osaka' })]
  const local = await h.given.admin({ role: 'operator', unit: lyon.id })
  const runAt = h.now() + 3 * day
  await planned(h, [lyon], { id: 'a', state: 'draft', run_at: runAt })
  await planned(h, [lyon, osaka], { id: 'b', state: 'draft' })
  await planned(h, [osaka], { id: 'c', state: 'stopped', ended_at: h.now(), done: 2 })
  await planned(h, [lyon], { id: 'd', state: 'done', ended_at: h.now() })
  const told = async ({ principal }: Admin) =>
    (await h.as(principal, ctx => decide(ctx, [])))
      .filter(d => d.code.startsWith('change'))
      .map(d => `${d.code} ${d.link} ${d.due === null ? '' : d.due - h.now()}`.trim())
      .sort()
  assert.deepEqual(await told(owner), [
    'change-stopped /people/changes/c',
    `change-waiting /people/changes/a ${3 * day}`,
    'change-waiting /people/changes/b',
  ])
  assert.deepEqual(await told(local), [`change-waiting /people/changes/a ${3 * day}`])
  h.pass(8 * day)
  assert.ok(!(await told(owner)).some(d => d.startsWith('change-stopped')))
})

type Row = Record<string, string | number | null>

async function planned(h: House, units: { id: string; path: string }[], of: Row & { id: string }) {
  const empty = { note: null, import: null, step: '', run_at: null, local_at: null, zone: 'UTC', devices_follow: 1 }
  const counts = { waves: '{}', wave: 0, wave_until: null, moves: 5, done: 0, failed: 0, preview: null }
  const by = { said: '{}', stopped: null, by_kind: 'system', by_id: null, approved_by: null, approved_at: null }
  const times = { created_at: h.now(), started_at: null, ended_at: null, undo_until: null }
  await h.run(async ctx => {
    const db = own<{ changes: Row; change_units: Row }>(ctx.tx)
    const row = { org: h.org, name: `Change ${of.id}`, source: 'hand', ...empty, ...counts, ...by, ...times, ...of }
    await db.insertInto('changes').values(row).execute()
    for (const unit of units)
      await db
        .insertInto('change_units')
        .values({ org: h.org, change: of.id, unit: unit.id, unit_path: unit.path })
        .execute()
  })
}
