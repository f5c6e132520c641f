import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Ade, startAde } from '@muster/simulator/outside/ade/ade.ts'
import { type Business, startBusiness } from '@muster/simulator/outside/business/business.ts'
import { type Content, startContent } from '@muster/simulator/outside/content/content.ts'
import * as apps from '../../areas/apps/index.ts'
import * as devices from '../../areas/devices/index.ts'
import { jobs as updateJobs } from '../../areas/updates/jobs.ts'
import { type House, house } from '../../testing/house.ts'
import { killedLater, runningOf } from '../../testing/killed.ts'
import { workJob } from './ade/work.ts'
import { portalJob } from './business/work.ts'
import { contentJob } from './content/work.ts'

const minuteMs = 60_000

interface Office {
  h: House
  key: string
  ade: Ade
  content: Content
  business: Business
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any form
  post(path: string, body?: unknown): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any form
  get(path: string): Promise<any>
  /** What a restart takes: the turn of the process that was killed is over by then. */
  restart(): void
}

/** One server beside everybody it asks, whose jobs run only where a test runs them. */
async function office(t: TestContext): Promise<Office> {
  const clock = { now: () => Date.UTC(2026, 10, 20, 9) }
  const now = (): number => clock.now()
  const [ade, content, business] = await Promise.all([
    startAde(now),
    startContent({ now, tell: () => Promise.reject(new Error('not reached')) }),
    startBusiness(now),
  ])
  const folder = mkdtempSync(join(tmpdir(), 'muster-killed-'))
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, [ade.ca, content.ca, business.ca].join('\n'))
  const h = await house(t, {
    MUSTER_ADE_URL: ade.url,
    MUSTER_CONTENT_URL: content.url,
    MUSTER_BUSINESS_URL: business.url,
    MUSTER_ACCOUNT_URL: business.url,
    MUSTER_OUTSIDE_CA: ca,
  })
  clock.now = () => h.now()
  await h.server.worker.stop()
  t.after(async () => {
    await Promise.all([ade.close(), content.close(), business.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  const { key } = await h.given.admin()
  const asked = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
    const answer = await h.http(method, `/api/v1${path}`, { as: key, ...(body === undefined ? {} : { body }) })
    assert.ok(answer.status < 300, JSON.stringify(answer.body))
    return answer.body
  }
  return {
    h,
    key,
    ade,
    content,
    business,
    post: (path, body) => asked('POST', path, body),
    get: path => asked('GET', path),
    restart: () => h.pass(11 * minuteMs),
  }
}

test('whoever speaks for a program or moves a campaign may be killed at any point: everything is done, and nothing twice', async t => {
  const all = await office(t)
  await t.test('promised devices are read and given their setup', () => promises(all))
  await t.test('seats are asked for and held', () => seats(all))
  await t.test('what is ordered in the portal is carried out', () => acts(all))
  await t.test('a campaign reaches its waves', () => campaign(all))
})

async function promises({ h, ade, post, get, restart }: Office): Promise<void> {
  const setup = await h.given.setup({ name: 'Killed' })
  const { certificate } = await post('/programs/devices/keys')
  const server = ade.register({ name: 'Killed', certificate })
  const serials = Array.from({ length: 1100 }, (_, i) => `KL${String(i).padStart(5, '0')}`)
  ade.buy(serials.map(serial => ({ serial })))
  ade.assign(serials, server)
  const program = await post('/programs/devices', { name: 'Killed', token: ade.download(server), setup: setup.id })
  const kills = await killedLater(h, workJob, { program: program.id }, restart)
  assert.ok(kills >= 6, `killed ${kills} times`)
  const shown = await get(`/programs/${program.id}`)
  assert.partialDeepStrictEqual(shown, {
    state: 'good',
    counts: { promised: 1100, gone: 0, waiting: 0, failed: 0 },
  })
  const uuids = new Set(serials.map(serial => ade.vendor.devices.get(serial)?.profile))
  assert.equal(uuids.size, 1, 'every device has the same setup at the vendor')
  assert.ok(!uuids.has(null))
  // Negative control: what a program leaves that keeps its place in the list before the page is noticed here, because nobody tells of those again.
  const lost = serials.slice(0, 10)
  await h.run(ctx => ctx.tx.deleteFrom('roster_entries').where('serial', 'in', lost).execute())
  restart()
  await workJob.run(h.base, runningOf(h, { program: String(program.id) }))
  assert.equal((await get(`/programs/${program.id}`)).counts.promised, 1090)
}

async function seats({ h, content, post, restart }: Office): Promise<void> {
  const { at, token } = content.location()
  content.buy(at, { adamId: '361309799', totalCount: 5, deviceAssignable: true, revocable: true, productType: 'App' })
  const app = await h.run(ctx =>
    apps.addApp(ctx, {
      platform: 'ios',
      kind: 'store',
      name: 'Killed',
      unit: h.root.id,
      storeId: '361309799',
      bundle: 'com.example.killed',
    }),
  )
  const { id: program } = await post('/programs/content', { token })
  await killedLater(h, contentJob, { program: String(program) }, restart)
  for (const serial of ['KS1', 'KS2', 'KS3']) {
    const { id: device } = await h.given.device({ serial })
    await h.run(ctx => apps.seatReady(ctx, { device, user: null, app: app.id }))
  }
  let kills = 0
  for (let round = 0; round < 4; round += 1) {
    kills += await killedLater(h, contentJob, { program: String(program) }, restart)
    restart()
  }
  assert.ok(kills >= 4, `killed ${kills} times`)
  const rows = await h.run(ctx => ctx.tx.selectFrom('seats').select(['holder', 'state']).orderBy('holder').execute())
  assert.deepEqual(
    rows.map(r => `${String(r.holder)} ${String(r.state)}`),
    ['KS1 held', 'KS2 held', 'KS3 held'],
  )
  const given = (): string[] => [...at.assignments.values()].map(a => String(a.serialNumber)).toSorted()
  assert.deepEqual(given(), ['KS1', 'KS2', 'KS3'], 'nobody was given two')
  // Negative control: a program that believes a seat to be held that the service never gave is noticed here.
  at.assignments.clear()
  assert.notDeepEqual(given(), ['KS1', 'KS2', 'KS3'])
}

async function acts({ h, business, post, get, restart }: Office): Promise<void> {
  const [ours, other] = [business.addServer('Muster'), business.addServer('Old')]
  const serials = ['KPORTAL1', 'KPORTAL2', 'KPORTAL3']
  business.hold(serials, other)
  const account = business.account('BUSINESS')
  const { id: program } = await post('/programs/portal', { name: 'Killed', account: 'it@example.org', ...account })
  await killedLater(h, portalJob, { program: String(program) }, restart)
  business.slow(2)
  await post(`/programs/portal/${program}/acts`, { what: 'assign', serials, server: ours })
  let kills = 0
  for (let round = 0; round < 5; round += 1) {
    kills += await killedLater(h, portalJob, { program: String(program) }, restart)
    restart()
  }
  assert.ok(kills >= 3, `killed ${kills} times`)
  const { items } = await get(`/programs/portal/${program}/acts`)
  assert.equal(items.length, 1)
  assert.equal(items[0].state, 'done')
  assert.deepEqual(
    serials.map(s => business.devices.get(s)?.server),
    [ours, ours, ours],
  )
  const told = (await h.events()).filter(e => e.startsWith('portal.'))
  assert.deepEqual(told, ['portal.ordered', 'portal.done'])
}

async function campaign({ h, post, restart }: Office): Promise<void> {
  await h.given.releases()
  const fleet: devices.Device['id'][] = []
  const facts = {
    'identity.model': 'iPhone15,2',
    'identity.supervised': true,
    'storage.availableBytes': 40e9,
    'battery.level': 0.8,
  }
  for (let i = 0; i < 6; i += 1) fleet.push((await h.given.enrolled({ osVersion: '26.0', facts })).device.id)
  const heard = (): void => {
    restart()
    for (const id of fleet) devices.seen(h.base, h.org, id, h.now())
  }
  heard()
  const made = await post('/campaigns', {
    name: 'Killed',
    unit: h.root.id,
    platforms: ['ios'],
    target: { kind: 'version', versions: { ios: '26.1' }, due: '2026-12-01T20:00' },
    note: '',
    terms: { waves: [20, 100], watchMinutes: 1440 },
  })
  const [look] = updateJobs
  assert.ok(look)
  const of = { campaign: String(made.id) }
  let kills = await killedLater(h, look, of, heard)
  await post(`/campaigns/${made.id}/start`)
  for (let round = 0; round < 3; round += 1) {
    kills += await killedLater(h, look, of, heard)
    heard()
  }
  assert.ok(kills >= 4, `killed ${kills} times`)
  const tagged: string[] = []
  for (const id of fleet)
    if ((await h.run(ctx => devices.tagsOf(ctx, id))).some(tag => tag.startsWith('Update: '))) tagged.push(id)
  assert.equal(tagged.length, 2, 'the first wave alone, a fifth of six rounded up')
  const told = (await h.events()).filter(e => e.startsWith('campaign.'))
  assert.deepEqual(told, ['campaign.added', 'campaign.started'])
}
