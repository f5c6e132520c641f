import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startWeb, type Web } from '@muster/simulator/outside/web/web.ts'
import { reachOf } from '../../base/greeting.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { house } from '../../testing/house.ts'
import { listening } from '../../testing/listening.ts'

const day = 86_400_000

/** A service that tells a time so many seconds from ours. */
async function timeFor(
  t: TestContext,
): Promise<{ web: Web; clock: { now(): number }; say(seconds: number): void; environment: Record<string, string> }> {
  let off = 0
  const clock = { now: () => Date.now() }
  const said = (): string => new Date(clock.now() + off * 1000).toUTCString()
  const web = await startWeb(() => ({ body: '{}', headers: { date: said() } }))
  const folder = mkdtempSync(join(tmpdir(), 'muster-time-'))
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, web.ca)
  t.after(async () => {
    await web.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const environment = { MUSTER_UPDATES_URL: web.url, MUSTER_OUTSIDE_CA: ca }
  return { web, clock, say: seconds => (off = seconds), environment }
}

test('the set-up is checked by a job: what devices find, what must be reached, and each finding has its reason (S3-21)', async t => {
  const { apns, environment: pushed } = await apnsFor(t)
  const time = await timeFor(t)
  const h = await listening(t, { ...pushed, ...time.environment })
  // The clock of a house stands still while the machine is busy.
  time.clock.now = () => h.now()
  const { key } = await h.given.admin({ role: 'admin' })
  const check = async () => {
    const asked = await h.http('POST', '/api/v1/setup-check', { as: key })
    assert.equal(asked.status, 202)
    assert.equal(asked.body.endedAt, null, 'nobody is waited for in the request')
    await h.settle()
    const { body } = await h.http('GET', '/api/v1/setup-check', { as: key })
    assert.notEqual(body.endedAt, null)
    return Object.fromEntries(
      body.checks.map((c: { code: string; state: string; why: string }) => [c.code, `${c.state} ${c.why}`]),
    ) as Record<string, string>
  }
  const before = await h.http('GET', '/api/v1/setup-check', { as: key })
  assert.deepEqual([...new Set(before.body.checks.map((c: { state: string }) => c.state))], ['unknown'])
  const first = await check()
  assert.partialDeepStrictEqual(first, {
    reach: 'danger machine',
    tls: 'attention own',
    push: 'danger missing',
    clock: 'ok good',
    mail: 'attention none',
    backup: 'attention none',
  })
  const { topic } = await h.given.pushCertificate({ account: 'mdm@havsten.example' })
  assert.equal((await h.http('POST', '/api/v1/backups', { as: key, body: {} })).status, 204)
  time.say(-240)
  const second = await check()
  assert.partialDeepStrictEqual(second, {
    push: 'ok good',
    clock: 'attention off',
    backup: 'ok good',
    custody: 'attention unanswered',
  })
  // The service answers what is planned only for devices that it knows.
  apns.register(new Uint8Array(32), () => undefined, { topic })
  apns.script.plan({ kind: 'answer', status: 403, reason: 'BadCertificate' })
  time.say(3600)
  const url = `/api/v1/custody/${encodeURIComponent(`push:${topic}`)}`
  const { id } = await h.given.admin({ role: 'admin' })
  await h.http('PATCH', url, { as: key, body: { owner: id, contact: 'it-board@havsten.example' } })
  assert.partialDeepStrictEqual(await check(), { push: 'danger refused', clock: 'danger off', custody: 'ok good' })
  apns.script.down(true)
  await time.web.close()
  assert.partialDeepStrictEqual(await check(), { push: 'danger silent', clock: 'unknown silent' })
})

test('where nothing answers, or the name leads nowhere, the check says so', async t => {
  for (const [url, why] of [
    ['https://127.0.0.1:9', 'danger machine'],
    ['https://no-such-host.invalid', 'danger name'],
  ] as const) {
    const h = await house(t, {
      MUSTER_URL: url,
      MUSTER_UPDATES_URL: 'https://127.0.0.1:9',
      MUSTER_APNS_URL: 'https://127.0.0.1:9',
    })
    const { key } = await h.given.admin({ role: 'admin' })
    await h.http('POST', '/api/v1/setup-check', { as: key })
    await h.settle()
    const { checks } = (await h.http('GET', '/api/v1/setup-check', { as: key })).body
    const reach = checks.find((c: { code: string }) => c.code === 'reach')
    assert.equal(`${reach.state} ${reach.why}`, why)
    assert.equal(checks.find((c: { code: string }) => c.code === 'tls').state, 'unknown')
  }
})

test('addresses of this machine and of private networks are told from those of the internet', () => {
  for (const one of ['127.0.0.1', '::1']) assert.equal(reachOf(one), 'machine', one)
  for (const one of ['10.1.2.3', '172.16.0.1', '192.168.1.1', '100.64.0.1', 'fd00::1', 'fe80::1'])
    assert.equal(reachOf(one), 'network', one)
  for (const one of ['8.8.8.8', '172.32.0.1', '2001:4860::1']) assert.equal(reachOf(one), 'everywhere', one)
})

test('the age of the last backup decides, an older one told later changes nothing, and one from the future is refused', async t => {
  const h = await house(t, { MUSTER_UPDATES_URL: 'https://127.0.0.1:9', MUSTER_APNS_URL: 'https://127.0.0.1:9' })
  const { key } = await h.given.admin({ role: 'admin' })
  const tell = async (madeAt: number) =>
    (await h.http('POST', '/api/v1/backups', { as: key, body: { madeAt, bytes: 5 } })).status
  const stands = async () => {
    await h.http('POST', '/api/v1/setup-check', { as: key })
    await h.settle()
    const { checks } = (await h.http('GET', '/api/v1/setup-check', { as: key })).body
    return checks.find((c: { code: string }) => c.code === 'backup').state as string
  }
  assert.equal(await tell(h.now() + day), 400)
  assert.equal(await tell(h.now() - 10 * day), 204)
  assert.equal(await stands(), 'danger')
  assert.equal(await tell(h.now() - 2 * day), 204)
  assert.equal(await stands(), 'attention')
  assert.equal(await tell(h.now()), 204)
  assert.equal(await tell(h.now() - 5 * day), 204)
  assert.equal(await stands(), 'ok')
  assert.equal((await h.events()).filter(e => e === 'backup.told').length, 3)
})
