import assert from 'node:assert/strict'
import { type ClientHttp2Session, connect, constants } from 'node:http2'
import test, { type TestContext } from 'node:test'
import { type Apns, type ApnsOptions, startApns } from './apns.ts'
import { type MintedPushCertificate, mintPushCertificate } from './certificates.ts'
import { connectWakes } from './wakes.ts'
import { until } from '../../../tools/until.ts'

const token = 'ab'.repeat(32)
const topic = 'com.apple.mgmt.External.0b0d3c9e-8f0f-4c33-9a50-5b9f6e7b6c11'
const certificate = mintPushCertificate({ topic })

interface Answer {
  status: number
  apnsId: string | undefined
  retryAfter: string | undefined
  body: { reason?: string; timestamp?: number }
}

async function start(t: TestContext, options: ApnsOptions = { clientCa: certificate.authority }): Promise<Apns> {
  const apns = await startApns(options)
  t.after(() => apns.close())
  return apns
}

function dial(t: TestContext, apns: Apns, as: MintedPushCertificate | undefined = certificate): ClientHttp2Session {
  const session = connect(apns.url, { ca: apns.ca, ...(as ? { cert: as.certificate, key: as.key } : {}) })
  session.on('error', () => undefined)
  t.after(() => session.destroy())
  return session
}

function push(
  session: ClientHttp2Session,
  headers: Record<string, string> = {},
  body = JSON.stringify({ mdm: 'magic' }),
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/3/device/${token}`,
      'apns-topic': topic,
      'apns-push-type': 'mdm',
      'apns-priority': '10',
      'apns-expiration': String(Math.floor(Date.now() / 1000) + 600),
      ...headers,
    })
    let answer: Answer | undefined // filled in when the head arrives
    const parts: Buffer[] = []
    stream.on('response', head => {
      const id = head['apns-id']
      const retryAfter = head['retry-after']
      answer = {
        status: Number(head[':status']),
        apnsId: typeof id === 'string' ? id : undefined,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        body: {},
      }
    })
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('error', reject)
    stream.on('close', () => {
      const text = Buffer.concat(parts).toString()
      if (answer === undefined) reject(new Error(`closed with ${stream.rstCode}`))
      else resolve({ ...answer, body: text === '' ? {} : JSON.parse(text) })
    })
    stream.end(body)
  })
}

/** Registers the token and counts its wakes. */
function listen(apns: Apns, options: { topic?: string } = {}) {
  const wakes: string[] = []
  return { wakes, registration: apns.register(token, magic => wakes.push(magic), options) }
}

const soon = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 20))

test('a correct push is answered 200 with an apns-id and wakes the device with its magic', async t => {
  const apns = await start(t)
  const { wakes } = listen(apns)
  const answer = await push(dial(t, apns))
  await soon()
  assert.equal(answer.status, 200)
  assert.match(answer.apnsId ?? '', /^[0-9A-F-]{36}$/)
  assert.deepEqual(wakes, ['magic'])
  assert.partialDeepStrictEqual(apns.log, [
    { status: 200, outcome: 'delivered', push: { token, topic, magic: 'magic' } },
  ])
})

test('each broken rule is refused with its own reason and wakes nobody', async t => {
  const apns = await start(t)
  const { wakes } = listen(apns)
  const session = dial(t, apns)
  const cases: [Record<string, string>, string | undefined, number, string][] = [
    [{ ':method': 'PUT' }, '', 405, 'MethodNotAllowed'],
    [{ ':path': '/4/device/00' }, undefined, 404, 'BadPath'],
    [{ ':path': '/3/device/' }, undefined, 400, 'MissingDeviceToken'],
    [{ ':path': '/3/device/zz' }, undefined, 400, 'BadDeviceToken'],
    [{ ':path': `/3/device/${'cd'.repeat(32)}` }, undefined, 400, 'BadDeviceToken'],
    [{ 'apns-topic': 'com.apple.mgmt.External.other' }, undefined, 400, 'BadTopic'],
    [{ 'apns-push-type': 'alert' }, undefined, 400, 'InvalidPushType'],
    [{ 'apns-expiration': 'tomorrow' }, undefined, 400, 'BadExpirationDate'],
    [{ 'apns-priority': '7' }, undefined, 400, 'BadPriority'],
    [{ 'apns-id': '17' }, undefined, 400, 'BadMessageId'],
    [{}, '', 400, 'PayloadEmpty'],
    [{}, '{"mdm":"magic","aps":{}}', 400, 'PayloadNotMdm'],
    [{}, '{"mdm":7}', 400, 'PayloadNotMdm'],
    [{}, `{"mdm":"${'x'.repeat(5000)}"}`, 413, 'PayloadTooLarge'],
  ]
  for (const [headers, body, status, reason] of cases) {
    const answer = await push(session, headers, body)
    assert.deepEqual([answer.status, answer.body.reason], [status, reason])
  }
  assert.deepEqual(wakes, [])
})

test('a provider of another topic cannot reach the device', async t => {
  const apns = await start(t, {})
  listen(apns, { topic })
  const other = mintPushCertificate()
  const answer = await push(dial(t, apns, other), { 'apns-topic': other.topic })
  assert.equal(answer.body.reason, 'DeviceTokenNotForTopic')
})

test('a provider without a certificate, with an expired one, or from a stranger is turned away', async t => {
  const open = await start(t, {})
  listen(open)
  const anonymous = connect(open.url, { ca: open.ca })
  t.after(() => anonymous.destroy())
  assert.equal((await push(anonymous)).body.reason, 'MissingProviderToken')
  const now = Date.now()
  const expired = mintPushCertificate({ topic, notBefore: now - 400 * 86_400_000, notAfter: now - 86_400_000 })
  assert.equal((await push(dial(t, open, expired))).body.reason, 'BadCertificate')
  const strict = await start(t)
  listen(strict)
  await assert.rejects(push(dial(t, strict, mintPushCertificate({ topic }))))
})

test('an offline device gets only the last push when it comes back, and none that has expired', async t => {
  const apns = await start(t)
  const { wakes, registration } = listen(apns)
  const session = dial(t, apns)
  registration.offline()
  for (const magic of ['one', 'two', 'three']) await push(session, {}, JSON.stringify({ mdm: magic }))
  await soon()
  assert.deepEqual(wakes, [])
  registration.online()
  assert.deepEqual(wakes, ['three'])
  registration.offline()
  await push(session, { 'apns-expiration': '0' })
  await push(session, { 'apns-expiration': String(Math.floor(Date.now() / 1000) - 5) })
  registration.online()
  assert.deepEqual(wakes, ['three'])
  assert.deepEqual(
    apns.log.map(line => line.outcome),
    ['kept', 'kept', 'kept', 'dropped', 'kept'],
  )
})

test('a removed token is Unregistered since a moment, and alive again when registered anew', async t => {
  const apns = await start(t)
  const { registration } = listen(apns)
  const from = Date.now()
  registration.remove()
  const removed = Date.now()
  const answer = await push(dial(t, apns))
  assert.equal(answer.status, 410)
  assert.equal(answer.body.reason, 'Unregistered')
  const { timestamp = 0 } = answer.body
  assert.ok(timestamp >= from && timestamp <= removed)
  listen(apns)
  assert.equal((await push(dial(t, apns))).status, 200)
})

test('planned answers come at their moment, with Retry-After', async t => {
  const apns = await start(t)
  const { wakes } = listen(apns)
  const session = dial(t, apns)
  apns.script.plan({ kind: 'answer', status: 503, reason: 'ServiceUnavailable', retryAfterSeconds: 3 }, { after: 1 })
  apns.script.plan({ kind: 'trickle', status: 429, reason: 'TooManyRequests', msPerByte: 1 }, { after: 2 })
  apns.script.plan({ kind: 'answer', status: 500, reason: 'InternalServerError' }, { token: 'ff'.repeat(32) })
  const answers = [await push(session), await push(session), await push(session), await push(session)]
  await soon()
  assert.deepEqual(
    answers.map(({ status, retryAfter, body }) => [status, retryAfter, body.reason]),
    [
      [200, undefined, undefined],
      [503, '3', 'ServiceUnavailable'],
      [429, undefined, 'TooManyRequests'],
      [200, undefined, undefined],
    ],
  )
  assert.equal(wakes.length, 2)
})

test('the service can say yes and not deliver, deliver twice, or dawdle', async t => {
  const apns = await start(t)
  const { wakes } = listen(apns)
  const session = dial(t, apns)
  apns.script.plan({ kind: 'swallow' })
  assert.equal((await push(session)).status, 200)
  await soon()
  assert.equal(wakes.length, 0)
  apns.script.plan({ kind: 'duplicate', wakes: 2 })
  await push(session)
  await soon()
  assert.equal(wakes.length, 2)
  apns.script.plan({ kind: 'delay', ms: 40 })
  const before = performance.now()
  await push(session)
  assert.ok(performance.now() - before >= 35)
})

test('streams can be refused, reset and stalled, and whole connections cut', async t => {
  const apns = await start(t)
  const { wakes } = listen(apns)
  const session = dial(t, apns)
  apns.script.plan({ kind: 'refuse' })
  await assert.rejects(push(session), { message: /REFUSED_STREAM/ })
  apns.script.plan({ kind: 'reset' })
  await assert.rejects(push(session), { message: /INTERNAL_ERROR/ })
  apns.script.plan({ kind: 'stall' })
  const verdict = await Promise.race([push(session).catch(() => 'died'), soon().then(() => 'silent')])
  assert.equal(verdict, 'silent')
  apns.script.plan({ kind: 'cut', deliver: true })
  await assert.rejects(push(session))
  assert.ok(session.destroyed || session.closed)
  await soon()
  assert.deepEqual(wakes, ['magic'])
})

test('GOAWAY lets the running push finish and ends the connection', async t => {
  const apns = await start(t)
  listen(apns)
  const session = dial(t, apns)
  const gone = new Promise<number>(resolve => session.on('goaway', resolve))
  apns.script.plan({ kind: 'goaway' })
  assert.equal((await push(session)).status, 200)
  assert.equal(await gone, constants.NGHTTP2_NO_ERROR)
})

test('while the service is down nobody gets a connection; afterwards everybody does', async t => {
  const apns = await start(t)
  listen(apns)
  apns.script.down(true)
  await assert.rejects(push(dial(t, apns)))
  apns.script.down(false)
  assert.equal((await push(dial(t, apns))).status, 200)
})

test('devices of another process are woken over one connection and go offline with it', async t => {
  const apns = await start(t)
  const wakes: string[] = []
  const remote = await connectWakes(apns.wakesUrl)
  t.after(() => remote.close())
  const session = dial(t, apns)
  /** Pushes until the service has heard the news from the other process. */
  const pushUntil = async (outcome: string): Promise<void> => {
    const is = (): boolean => apns.log.at(-1)?.outcome === outcome
    await until(`a push is ${outcome}`, is, { meanwhile: () => push(session) })
  }
  /** Every wake that left has come, and none that did not leave. */
  const woken = async (more = 0): Promise<void> => {
    const left = apns.log.filter(line => line.outcome === 'delivered').length + more
    await until('every wake has come', () => wakes.length >= left)
    await soon()
    assert.equal(wakes.length, left)
  }
  const registration = remote.register(Buffer.from(token, 'hex'), magic => wakes.push(magic), { topic })
  await pushUntil('delivered')
  await woken()
  registration.offline()
  await pushUntil('kept')
  await woken()
  registration.online()
  await woken(1)
  registration.remove()
  await pushUntil('refused')
  assert.equal(apns.log.at(-1)?.reason, 'Unregistered')
  remote.register(token, () => undefined)
  await pushUntil('delivered')
  remote.close()
  await pushUntil('kept')
})
