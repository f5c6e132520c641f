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
import { type Apns, startApns } from '../../simulator/outside/apns/apns.ts'
import { mintPushCertificate } from '../../simulator/outside/apns/certificates.ts'
import { freePort, type Own, setUpOwn, startOwn } from '../own.ts'

const server = process.env.TEST_DB

interface Pair {
  a: Own
  b: Own
  key: string
  apns: Apns
  database: string
}

/** Two servers of one organization on one database, as behind a load balancer: one name, one key file, their own ports. */
async function pair(t: TestContext): Promise<Pair> {
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
  const env = { MUSTER_URL: `http://127.0.0.1:${one}`, MUSTER_APNS_URL: apns.url, MUSTER_APNS_CA: ca }
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

async function until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 6000; Date.now() < end; await sleep(25)) if (await done()) return
  assert.fail(`within six seconds it was not so that ${what}`)
}

test('two servers on one database are one to devices, to people and to the push provider', {
  skip: server === undefined,
  timeout: 60_000,
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
