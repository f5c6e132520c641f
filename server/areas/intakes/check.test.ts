import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import * as apps from '../apps/index.ts'
import * as roster from '../roster/index.ts'

interface Check {
  code: string
  subject: string
  state: string
  facts: Record<string, unknown>
  link: string
}

const serials = (count: number): { serial: string }[] =>
  Array.from({ length: count }, (_, i) => ({ serial: `DMPK${String(i).padStart(6, '0')}` }))

async function checked(h: House, key: string, more: object, lines: object[]) {
  const body = { name: 'April', day: '2026-12-01', unit: h.root.id, source: { kind: 'list', lines }, ...more }
  const made = await h.http('POST', '/api/v1/intakes', { as: key, body })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  await h.settle()
  return again(h, key, made.body.id)
}

async function again(h: House, key: string, id: string) {
  const { body } = await h.http('GET', `/api/v1/intakes/${id}`, { as: key })
  const checks = body.checks as Check[]
  return { id, body, of: (code: string) => checks.find(c => c.code === code), checks }
}

/** A store app with so many licenses, and the blueprint that demands it. */
async function licensed(h: House, total: number): Promise<{ blueprint: string; app: string; program: string }> {
  return h.run(async ctx => {
    const program = await roster.addProgram(ctx, {
      platform: 'apple',
      kind: 'content',
      name: 'Havsten Apps',
      mark: 'content-1',
      secret: 'x',
      expiresAt: h.now() + 300 * 86_400_000,
    })
    await roster.noteProgram(ctx, program.id, { state: 'good' })
    const one = { storeId: '361309726', pricing: 'standard', product: 'app', toDevices: true, revocable: true } as const
    const counts = { total, assigned: 0, available: total, retired: 0 }
    await apps.countLicenses(ctx, program.id, [{ ...one, ...counts, name: 'Pages' }])
    const wish = { platform: 'ios', kind: 'store', name: 'Pages', unit: h.root.id } as const
    const app = await apps.addApp(ctx, { ...wish, bundle: 'com.example.pages', storeId: '361309726' })
    return { program: program.id, app: app.id, blueprint: '' }
  })
}

async function demanding(h: House, app: string): Promise<string> {
  const policy = await h.given.policy({ kind: 'app', name: 'Pages', value: { app, presence: 'required' } })
  return (await h.given.blueprint({ name: 'New iPads', items: [policy.id] })).id
}

test('S4-14: licenses that are short are red before the day with the exact number, and green once they are there', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { app, program } = await licensed(h, 38)
  const blueprint = await demanding(h, app)
  const before = await checked(h, key, { blueprint }, serials(50))
  assert.partialDeepStrictEqual(before.of('license'), {
    state: 'red',
    subject: app,
    facts: { name: 'Pages', needed: 50, free: 38, short: 12 },
    link: '/apps/licenses',
  })
  await h.run(ctx =>
    apps.countLicenses(ctx, program, [
      {
        storeId: '361309726',
        pricing: 'standard',
        product: 'app',
        toDevices: true,
        revocable: true,
        total: 50,
        assigned: 0,
        available: 50,
        retired: 0,
      },
    ]),
  )
  await h.http('POST', `/api/v1/intakes/${before.id}/check`, { as: key })
  await h.settle()
  assert.partialDeepStrictEqual((await again(h, key, before.id)).of('license'), { state: 'green', facts: { short: 0 } })
})

test('devices that nobody promises are red where a setup should receive them, and the roster is told what is wanted of the others', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const user = await h.given.user({ email: 'mia@havsten.test', displayName: 'Mia Ek' })
  const { program, setup } = await promised(h, ['DMPK000000', 'DMPK000001'])
  const lines = [
    { serial: 'DMPK000000', person: 'mia@havsten.test' },
    { serial: 'DMPK000001' },
    { serial: 'DMPK000009' },
  ]
  const found = await checked(h, key, { setup }, lines)
  assert.partialDeepStrictEqual(found.of('roster'), { state: 'red', facts: { promised: 2, devices: 3, missing: 1 } })
  assert.partialDeepStrictEqual(found.of('setup'), { state: 'amber', facts: { assigned: 0, promised: 2 } })
  assert.partialDeepStrictEqual(found.of('await'), { state: 'green', facts: { minutes: 15 } })
  const entry = await h.run(ctx => roster.expected(ctx, 'DMPK000000'))
  assert.partialDeepStrictEqual(entry, { setup, user: user.id, assigned: 'wanted' })
  await h.run(ctx => roster.noteProgram(ctx, program, { state: 'terms' }))
  await h.http('POST', `/api/v1/intakes/${found.id}/check`, { as: key })
  await h.settle()
  const after = await again(h, key, found.id)
  assert.partialDeepStrictEqual(after.of('program'), { state: 'red', facts: { state: 'terms' } })
})

test('a batch of all that the roster promises takes what is not expected by another', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  await promised(h, ['DMPK000000', 'DMPK000001', 'DMPK000002'])
  await checked(h, key, {}, [{ serial: 'DMPK000001' }])
  const body = { name: 'Rest', day: '2026-12-02', unit: h.root.id, source: { kind: 'roster', filter: '' } }
  const made = await h.http('POST', '/api/v1/intakes', { as: key, body })
  await h.settle()
  const rows = await h.http('GET', `/api/v1/intakes/${made.body.id}/devices`, { as: key })
  assert.deepEqual(
    rows.body.items.map((l: { serial: string }) => l.serial),
    ['DMPK000000', 'DMPK000002'],
  )
  assert.equal((await again(h, key, made.body.id)).body.gathering, false)
})

/** A program that promises these devices, and a setup. */
async function promised(h: House, all: readonly string[]): Promise<{ program: string; setup: string }> {
  return h.run(async ctx => {
    const program = await roster.addProgram(ctx, {
      platform: 'apple',
      kind: 'devices',
      name: 'Havsten Business',
      mark: 'devices-1',
      secret: 'x',
      expiresAt: h.now() + 300 * 86_400_000,
    })
    await roster.noteProgram(ctx, program.id, { state: 'good' })
    const wish = { name: 'Staff iPads', platform: 'apple', unit: h.root.id }
    const setup = await roster.addSetup(ctx, { ...wish, body: roster.setupBody.parse({}) })
    const bare = { model: 'iPad', family: 'iPad', color: null, assetTag: null, held: null, at: null }
    const reported = all.map(serial => ({ serial, ...bare, standing: 'none' as const, migrationDeadline: null }))
    await roster.noteReported(ctx, program, reported, { round: null, wanted: new Map(), ours: () => false })
    return { program: program.id, setup: setup.id }
  })
}
