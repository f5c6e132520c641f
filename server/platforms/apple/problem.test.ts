import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Malformed } from '@muster/wire/malformed.ts'
import { Problem, type ProblemCode, Unavailable } from '../../base/problem.ts'
import { problems } from '../../base/problems.ts'
import { house } from '../../testing/house.ts'
import { deviceProblem, unrecognized } from './problem.ts'

const allowed = [400, 403, 404, 413, 429, 500, 503]

test('no error of the server becomes 401 or 410 for a device, nor un-enrolls it', () => {
  const errors: unknown[] = [
    ...(Object.keys(problems) as ProblemCode[]).map(code => new Problem(code)),
    new Unavailable('storage'),
    new Malformed('plist.truncated'),
    new Error('a fault'),
    Object.assign(new Error('teapot'), { statusCode: 401 }),
    Object.assign(new Error('teapot'), { statusCode: 410, code: 'FST_ERR_X' }),
    'a string',
    undefined,
  ]
  assert.ok(errors.length > 50)
  for (const error of errors) {
    const { status, body } = deviceProblem('/mdm/apple', error)
    assert.ok(allowed.includes(status ?? 200), `${String(error)} became ${status}`)
    assert.doesNotMatch(String(body), /com\.apple\./)
    if (status === 404) assert.match((error as Problem).code, /^device\.(declaration|profile)-unknown$/)
  }
})

test('what may succeed later says when to try again', () => {
  for (const error of [new Unavailable('database'), new Problem('request.too-many')]) {
    const { headers } = deviceProblem('/mdm/apple', error)
    assert.match(headers?.['retry-after'] ?? '', /^\d+$/)
  }
})

test('the one answer that un-enrolls is 403 with the code Apple names', () => {
  const { status, body } = unrecognized()
  assert.equal(status, 403)
  assert.equal(JSON.parse(body).code, 'com.apple.unrecognized.device')
})

test('errors of the HTTP server itself are no 401 or 410 either', async t => {
  const h = await house(t)
  const requests: [string, Record<string, string>, Uint8Array | undefined][] = [
    ['PUT', {}, undefined],
    ['PUT', { 'content-type': 'text/plain' }, Buffer.from('x')],
    ['PUT', { 'content-type': ';;;' }, Buffer.from('x')],
    ['POST', { 'content-type': 'application/x-apple-aspen-mdm', 'content-length': '99999999' }, Buffer.from('x')],
    ['POST', { 'content-type': 'application/x-apple-aspen-mdm', authorization: 'Bearer nobody' }, Buffer.from('x')],
    ['PUT', { 'content-type': 'application/x-apple-aspen-mdm', cookie: '__Host-muster=nobody' }, Buffer.from('x')],
    ['GET', {}, undefined],
    ['DELETE', {}, undefined],
  ]
  for (const [method, headers, body] of requests) {
    const { status } = await h.http(method, '/mdm/apple', { headers, ...(body ? { body } : {}) })
    assert.ok(allowed.includes(status), `${method} ${JSON.stringify(headers)} became ${status}`)
  }
})

test('whatever fails inside, the device is answered none of them', async t => {
  const h = await house(t)
  const phone = await h.given.enrolledTalker()
  for (const code of Object.keys(problems) as ProblemCode[]) {
    const transact = async (): Promise<never> => {
      throw new Problem(code)
    }
    Object.assign(h.base, { transact })
    const messages = [
      () => phone.report({ Status: 'Idle' }),
      () => phone.tokenUpdate(),
      () => phone.checkIn({ MessageType: 'UserAuthenticate', UserID: 'A' }),
    ]
    for (const say of messages) {
      const { status } = await say()
      assert.ok(allowed.includes(status), `${code} became ${status}`)
    }
  }
})

test('a database that is gone is answered 503 with Retry-After, and nothing is said of a device', async t => {
  const h = await house(t)
  const phone = await h.given.enrolledTalker()
  Object.assign(h.base, {
    transact: async () => {
      throw new Unavailable('storage')
    },
  })
  const answer = await phone.report({ Status: 'Idle' })
  assert.equal(answer.status, 503)
  assert.match(String(answer.headers['retry-after']), /^\d+$/)
})
