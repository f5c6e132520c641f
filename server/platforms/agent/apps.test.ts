import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import * as apps from '../../areas/apps/index.ts'
import * as devices from '../../areas/devices/index.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { ownApp, storeApp } from '../../testing/given-apps.ts'
import { house } from '../../testing/house.ts'

/** A house with an agent that has called, and an admin who wants apps on it. */
async function town(t: TestContext) {
  const h = await house(t)
  const agent = await givenAgents(h).enrolledAgent()
  await h.settle()
  const id = agent.state.enrolled?.device ?? ''
  const { key } = await h.given.admin({ role: 'owner' })
  const call = async (method: string, url: string, body?: unknown) => {
    const answer = await h.http(method, `/api/v1${url}`, { as: key, ...(body === undefined ? {} : { body }) })
    assert.ok(answer.status < 300, `${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const want = async (app: apps.App, value: object = { presence: 'required' }): Promise<string> => {
    const name = `${app.name} ${Math.random()}`
    const body = { kind: 'app', name, unit: h.root.id, value: { app: app.id, ...value } }
    const { policy } = await call('POST', '/policies', body)
    const { blueprint } = await call('POST', '/blueprints', { name, unit: h.root.id, items: [policy.id] })
    await call('POST', `/blueprints/${blueprint.id}/assignments`, { unit: h.root.id })
    return String(policy.id)
  }
  const rest = async () => {
    await h.settle()
    await agent.contact()
    await h.settle()
  }
  const statusOf = (app: apps.App) => h.run(ctx => apps.findStatus(ctx, id, app.id))
  const has = (app: apps.App) => agent.phone.apps.find(a => a.package === app.bundle)
  const told = (app: apps.App) => agent.state.document?.items.find(i => i.item === `app#${app.id}`)?.value
  return { h, agent, id, key, call, want, rest, statusOf, has, told }
}

test('a required app is told with its file, comes in the version of its release, is updated, and goes with its policy', async t => {
  const { h, id, call, want, rest, statusOf, has, told } = await town(t)
  const { app, release } = await ownApp(h, { platform: 'android', version: '1.0' })
  const config = { server: 'https://havsten.example', ratio: { $real: 0.5 } }
  const policy = await want(app, { presence: 'required', removable: false, config })
  await rest()
  const value = told(app) as Record<string, unknown>
  const sha256 = Buffer.from(release.blob, 'hex').toString('base64url')
  const signer = release.signer?.replace('cert:', '')
  assert.partialDeepStrictEqual(value, { package: app.bundle, sha256, size: release.size, code: 10, version: '1.0' })
  assert.partialDeepStrictEqual(value, { signer, removable: false, config: { ...config, ratio: 0.5 } })
  assert.equal(has(app)?.version, '1.0')
  assert.partialDeepStrictEqual(await statusOf(app), { state: 'installed', version: '1.0', presence: 'required' })
  const listed = await h.run(async ctx => (await devices.listOf(ctx, id, 'apps'))?.value)
  const managed = (listed as { identifier: string; managed: boolean }[]).filter(e => e.managed)
  assert.deepEqual(
    managed.map(e => e.identifier),
    [app.bundle],
  )

  const path = new URL(String(value['url'])).pathname
  const part = await h.http('GET', path, { headers: { range: 'bytes=4-9' } })
  assert.deepEqual([part.status, part.headers['content-range']], [206, `bytes 4-9/${release.size}`])
  assert.equal(part.headers['content-type'], 'application/vnd.android.package-archive')
  assert.equal((await h.http('GET', `${path}x`, {})).status, 404)
  h.pass(8 * 24 * 3_600_000)
  assert.equal((await h.http('GET', path, {})).status, 404, 'the address is good for a week')

  await ownApp(h, { app, platform: 'android', version: '1.1' })
  await rest()
  assert.partialDeepStrictEqual(await statusOf(app), { state: 'installed', version: '1.1' })
  const again = new URL(String((told(app) as Record<string, unknown>)['url'])).pathname
  assert.equal((await h.http('GET', again, {})).status, 200)
  const types = await h.events()
  assert.equal(types.filter(e => e === 'app.installed').length, 1, 'an update is no second installation')

  await call('POST', `/policies/${policy}/versions`, { value: { app: app.id, presence: 'removed' } })
  await rest()
  assert.equal(has(app), undefined)
  assert.equal((await statusOf(app))?.state, 'removed')
  assert.equal((await h.http('GET', again, {})).status, 404, 'a device that is not to have it does not get the file')
  const { items } = await call('GET', `/devices/${id}/catalog`)
  assert.equal(items.length, 1)
})

test('an offered app waits until it is asked for, and is not brought back when the person takes it away', async t => {
  const { h, agent, id, key, call, want, rest, statusOf, has, told } = await town(t)
  const { app } = await ownApp(h, { platform: 'android' })
  const foreign = await storeApp(h, {})
  for (const one of [app, foreign]) await want(one, { presence: 'available' })
  await rest()
  const { items } = await call('GET', `/devices/${id}/catalog`)
  const askable = Object.fromEntries(items.map((i: { app: string; askable: boolean }) => [i.app, i.askable]))
  assert.deepEqual(askable, { [app.id]: true, [foreign.id]: false }, 'nobody asks for what another system runs')
  assert.equal(told(app), undefined)
  assert.equal((await statusOf(app))?.state, 'wanted')
  const asked = await h.http('POST', `/api/v1/devices/${id}/catalog/${app.id}/ask`, { as: key })
  assert.ok(asked.status < 300, JSON.stringify(asked.body))
  await rest()
  assert.ok(has(app))
  assert.equal((await statusOf(app))?.state, 'installed')
  agent.phone.apps = agent.phone.apps.filter(a => a.package !== app.bundle)
  await rest()
  await rest()
  assert.equal(has(app), undefined)
  assert.equal((await statusOf(app))?.state, 'removed')
  assert.equal(told(app), undefined)
})

test('a required app that the person takes away comes back; what cannot go says why', async t => {
  const { h, agent, call, want, rest, statusOf, has } = await town(t)
  const { app } = await ownApp(h, { platform: 'android' })
  const apple = await storeApp(h, {})
  const empty = await h.run(ctx =>
    apps.addApp(ctx, {
      platform: 'android',
      kind: 'file',
      name: 'Empty',
      unit: h.root.id,
      bundle: 'org.example.empty',
    }),
  )
  for (const one of [app, apple, empty]) await want(one)
  await rest()
  assert.ok(has(app))
  assert.partialDeepStrictEqual(await statusOf(apple), {
    state: 'removed',
    reason: { code: 'honor.app-other-platform' },
  })
  const listed = async (one: apps.App) => (await call('GET', `/apps/${one.id}/devices`)).items.length
  assert.deepEqual(
    [await listed(app), await listed(apple)],
    [1, 0],
    'a device of another system is none of its devices',
  )
  assert.partialDeepStrictEqual(await statusOf(empty), { state: 'failed', reason: { code: 'honor.app-no-release' } })
  agent.phone.apps = agent.phone.apps.filter(a => a.package !== app.bundle)
  await rest()
  await rest()
  assert.ok(has(app), 'it came back')
  assert.equal((await statusOf(app))?.state, 'installed')
  const types = await h.events()
  for (const type of ['app.removed', 'item.drifted', 'item.repaired']) assert.ok(types.includes(type), type)
})

test('an app of the same name by somebody else stays as it is, and the reason is told', async t => {
  const { h, agent, want, rest, statusOf, has } = await town(t)
  const { app } = await ownApp(h, { platform: 'android', version: '2.0' })
  const other = { name: 'Own', version: '1.0', code: 1, signer: 'b3RoZXI', installer: null, system: false }
  agent.phone.apps.push({ package: app.bundle ?? '', ...other })
  await want(app)
  await rest()
  assert.equal(has(app)?.version, '1.0')
  assert.partialDeepStrictEqual(await statusOf(app), { state: 'failed', reason: { code: 'agent.signer' } })
  assert.deepEqual(await h.run(ctx => apps.countsOf(ctx, app.id)), { required: 1, installed: 0, pending: 0, failed: 1 })
})
