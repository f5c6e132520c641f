import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { connect, device, enroll } from '../../simulator/apple/index.ts'
import { keysForTests } from '../../simulator/apple/testing/keys.ts'
import { startAde } from '../../simulator/outside/ade/ade.ts'
import { type Apns, startApns } from '../../simulator/outside/apns/apns.ts'
import { mintPushCertificate } from '../../simulator/outside/apns/certificates.ts'
import { type Own, setUpOwn, startOwn } from '../own.ts'
import { freePort } from '../../tools/ports.ts'
import { until } from '../../tools/until.ts'

const server = process.env.TEST_DB

interface Pair {
  a: Own
  b: Own
  key: string
  apns: Apns
  database: string
}

/** Two servers of one organization on one database, as behind a load balancer: one name, one key file, their own ports. */
async function pair(t: TestContext, more: Record<string, string> = {}): Promise<Pair> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-together-'))
  const name = `together_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const database = Object.assign(new URL(server ?? ''), { pathname: `/${name}` }).href
  const apns = await startApns()
  const ca = join(folder, 'apns.pem')
  writeFileSync(ca, apns.ca)
  const [one, two] = [await freePort(), await freePort()]
  const env = { MUSTER_URL: `http://127.0.0.1:${one}`, MUSTER_APNS_URL: apns.url, MUSTER_APNS_CA: ca, ...more }
  const [first, second] = [join(folder, 'a'), join(folder, 'b')]
  const key = setUpOwn({ data: first, database, env }, one)
  mkdirSync(second)
  copyFileSync(join(first, 'secret.key'), join(second, 'secret.key'))
  const [a, b] = await Promise.all([
    startOwn({ data: first, database, env, port: one }, key),
    startOwn({ data: second, database, env, port: two }, key),
  ])
  t.after(async () => {
    await Promise.all([a.stop(), b.stop(), apns.close()])
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
    rmSync(folder, { recursive: true, force: true })
  })
  return { a, b, key, apns, database }
}

/** What a stream of this server tells from now on. */
async function follow(t: TestContext, of: Own, key: string): Promise<() => string> {
  const stop = new AbortController()
  t.after(() => stop.abort())
  const headers = { authorization: `Bearer ${key}` }
  const answer = await fetch(`${of.url}/api/v1/events/stream`, { headers, signal: stop.signal })
  let text = ''
  const read = async (): Promise<void> => {
    for await (const part of answer.body ?? []) text += Buffer.from(part).toString()
  }
  read().catch(() => undefined)
  return () => text
}

test('two servers on one database are one to devices, to people and to the push provider', {
  skip: server === undefined,
  timeout: 600_000,
}, async t => {
  const { a, b, key, apns, database } = await pair(t)
  const [hearsA, hearsB] = [await follow(t, a, key), await follow(t, b, key)]
  const push = mintPushCertificate()
  await a.call('PUT', '/push/apple', {
    certificate: push.certificate,
    key: push.key,
    account: 'push@havsten.example',
  })
  assert.equal((await b.call('GET', '/push/apple')).topic, push.topic)

  // Enrolled through one, where everything that needs making is made; then through the other.
  const keys = await keysForTests(4)
  const phones = []
  for (const [seed, by] of [a, b, a, b].entries()) {
    const [top] = (await by.call('GET', '/units')).items as { id: string }[]
    const invited = await by.call('POST', '/invitations', { platform: 'apple', unit: top?.id, uses: 1 })
    const phone = device({ seed, keys, apns })
    await enroll(phone, { profileUrl: String(invited.profileUrl).replace(`:${a.port}`, `:${by.port}`) })
    phones.push(phone)
  }
  const { items } = (await b.call('GET', '/devices')) as { items: { id: string; serial: string }[] }
  assert.equal(items.length, 4)

  // Commanded through the other, with the push certificate that was uploaded to the first.
  await Promise.all(phones.map(phone => connect(phone)))
  const pushedBefore = apns.log.length
  const ordered: { id?: unknown }[] = []
  for (const [n, { id }] of items.entries())
    ordered.push(await (n % 2 === 0 ? b : a).call('POST', `/devices/${id}/commands`, { kind: 'lock', args: {} }))
  await until('every order is done', async () => {
    const states = await Promise.all(ordered.map(o => a.call('GET', `/commands/${o?.id}`)))
    return states.every(c => c.state === 'done')
  })
  assert.ok(apns.log.length > pushedBefore)
  for (const phone of phones)
    assert.deepEqual(
      [...phone.ledger.executed.values()].filter(e => e.requestType === 'DeviceLock').map(e => e.effects),
      [1],
    )
  const doneIn = (text: string): number => text.match(/^event: command\.done$/gm)?.length ?? 0
  await until('both streams tell of all four', () => doneIn(hearsA()) >= 4 && doneIn(hearsB()) >= 4)
  assert.deepEqual([doneIn(hearsA()), doneIn(hearsB())], [4, 4])

  // Who signs out at one is out at the other with the next request.
  const signed = await fetch(`${a.url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'bench@example.org', password: 'bench only: a long passphrase' }),
  })
  const cookie = String(signed.headers.get('set-cookie')).split(';')[0] ?? ''
  const asPerson = (of: Own, method: string, path: string): Promise<number> =>
    fetch(`${of.url}/api/v1${path}`, { method, headers: { cookie, 'sec-fetch-site': 'same-origin' } }).then(
      r => r.status,
    )
  assert.deepEqual([await asPerson(a, 'GET', '/session'), await asPerson(b, 'GET', '/session')], [200, 200])
  assert.equal(await asPerson(b, 'POST', '/sign-out'), 204)
  assert.deepEqual([await asPerson(a, 'GET', '/session'), await asPerson(b, 'GET', '/session')], [401, 401])

  // One log, sealed by one at a time without gaps.
  await until('the log is sealed', async () => (await b.call('GET', '/events/integrity')).unsealed === 0)
  assert.partialDeepStrictEqual(await b.call('GET', '/events/integrity'), { verified: true, brokenAt: null })
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const { rows } = await client.query(
    `SELECT purpose, count(*)::int AS n FROM issuers WHERE state = 'active' GROUP BY org, purpose`,
  )
  await client.end()
  assert.ok(
    rows.every(r => r.n === 1),
    JSON.stringify(rows),
  )
})

test('two servers on one database never speak for one program at once; with the turn taken away they would', {
  skip: server === undefined,
  timeout: 600_000,
}, async t => {
  const ade = await startAde()
  const folder = mkdtempSync(join(tmpdir(), 'muster-turns-'))
  writeFileSync(join(folder, 'ca.pem'), ade.ca)
  t.after(async () => {
    await ade.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { a, b, database } = await pair(t, { MUSTER_ADE_URL: ade.url, MUSTER_OUTSIDE_CA: join(folder, 'ca.pem') })
  const { certificate } = await a.call('POST', '/programs/devices/keys')
  const at = ade.register({ name: 'Both', certificate: String(certificate) })
  const serials = Array.from({ length: 40 }, (_, i) => `TW${String(i).padStart(5, '0')}`)
  ade.buy(serials.map(serial => ({ serial })))
  ade.assign(serials, at)
  // Slow enough that two who speak at once are seen to.
  ade.trouble({ delayMs: 150 })
  const { id } = await a.call('POST', '/programs/devices', { name: 'Both', token: ade.download(at) })
  const path = `/programs/${String(id)}`
  await until(
    'the devices are known',
    async () => Number(((await b.call('GET', path)).counts as { promised: number }).promised) === 40,
  )
  // The job is handed to both, again and again, which a lease that ends too early can bring about.
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const handToBoth = async (ms: number, also = ''): Promise<number> => {
    ade.busiest()
    const before = ade.heard.length
    // So long, and until somebody has spoken, which a busy machine may take longer for.
    for (const end = Date.now() + ms; Date.now() < end || ade.heard.length < before + 3; await sleep(30)) {
      await client.query(`UPDATE jobs SET leased_until = NULL, run_at = 0 WHERE kind = 'promises.read'`)
      if (also !== '') await client.query(also)
      await Promise.all([a, b].map(one => one.call('POST', `${path}/sync`).catch(() => undefined)))
    }
    return ade.busiest()
  }
  try {
    await handToBoth(300)
    assert.equal(await handToBoth(3000), 1)
    await until('it is in step', async () => (await b.call('GET', path)).state === 'good')
    let most = 0
    for (let tries = 0; tries < 30 && most < 2; tries += 1)
      most = await handToBoth(2000, 'UPDATE programs SET worker = NULL')
    assert.ok(most >= 2, 'the test would notice two at once')
  } finally {
    // Before the database goes away.
    await client.end()
  }
})
