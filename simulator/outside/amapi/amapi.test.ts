import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createSign, createVerify, createPublicKey } from 'node:crypto'
import { Agent, request } from 'node:https'
import { after, before, test } from 'node:test'
import { managementCatalog } from '@muster/wire/android/catalog/open.ts'
import { validate } from '@muster/wire/android/catalog/validate.ts'
import { type Amapi, startAmapi } from './amapi.ts'
import { NotEnrolled } from './enroll.ts'
import type { KeyFile } from './oauth.ts'

// biome-ignore lint/suspicious/noExplicitAny: what the fake answers is looked into as it comes
type Table = Record<string, any>
const minute = 60_000
let now = Date.parse('2026-11-27T09:00:00Z')
let amapi: Amapi
let access = ''
let enterprise = ''
/** What was pushed, and what the endpoint says to it. */
const pushed: { type: string; id: string; data: Table; bearer: string }[] = []
let says: (type: string) => number = () => 200
const endpoint = createServer((incoming, response) => {
  const parts: Buffer[] = []
  incoming.on('data', part => parts.push(part))
  incoming.on('end', () => {
    const { message } = JSON.parse(Buffer.concat(parts).toString())
    const type = message.attributes.notificationType
    const data = JSON.parse(Buffer.from(message.data, 'base64').toString())
    pushed.push({ type, id: message.messageId, data, bearer: incoming.headers.authorization ?? '' })
    response.writeHead(says(type)).end()
  })
})

/** Asks the fake as any client would. */
function ask(
  method: string,
  path: string,
  body?: unknown,
  bearer = access,
): Promise<{ status: number; headers: Table; body: Table }> {
  return new Promise((resolve, reject) => {
    const form = typeof body === 'string'
    const headers = {
      ...(bearer === '' ? {} : { authorization: `Bearer ${bearer}` }),
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
    }
    const sent = request(`${amapi.url}${path}`, { method, headers, agent: new Agent({ ca: amapi.ca }) }, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('end', () => {
        const text = Buffer.concat(parts).toString()
        const json = text.startsWith('{') ? JSON.parse(text) : {}
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: json })
      })
    })
    sent.on('error', reject)
    sent.end(form ? body : body === undefined ? undefined : JSON.stringify(body))
  })
}

async function good(method: string, path: string, body?: unknown): Promise<Table> {
  const answer = await ask(method, path, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

async function refused(method: string, path: string, body?: unknown): Promise<string> {
  const { status, body: said } = await ask(method, path, body)
  assert.equal(said['error']?.code, status)
  return `${status} ${said['error']?.status}`
}

function assertion(key: KeyFile, claims: Table = {}): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const at = Math.floor(now / 1000)
  const whole = {
    iss: key.client_email,
    aud: key.token_uri,
    iat: at,
    exp: at + 3600,
    scope: 'https://www.googleapis.com/auth/androidmanagement',
    ...claims,
  }
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: key.private_key_id })}.${part(whole)}`
  const signature = createSign('RSA-SHA256').update(signed).sign(key.private_key, 'base64url')
  return `grant_type=${encodeURIComponent('urn:ietf:params:oauth:grant-type:jwt-bearer')}&assertion=${signed}.${signature}`
}

const since = async (act: () => unknown): Promise<typeof pushed> => {
  const from = pushed.length
  await act()
  await amapi.settle()
  return pushed.slice(from)
}
const pass = async (ms: number): Promise<void> => {
  now += ms
  await amapi.settle()
}
const tokenOf = (more: Table = {}): Promise<Table> => good('POST', `/v1/${enterprise}/enrollmentTokens`, more)

before(async () => {
  amapi = await startAmapi(() => now)
  await new Promise<void>(resolve => endpoint.listen(0, '127.0.0.1', resolve))
  const address = endpoint.address()
  const port = typeof address === 'object' && address ? address.port : 0
  amapi.subscribe({ topic: 'projects/muster-test/topics/t', endpoint: `http://127.0.0.1:${port}/push` })
})
after(async () => {
  endpoint.close()
  await amapi.close()
})

test('a token is given for a statement that the account signed, and for nothing else', async () => {
  const key = amapi.key()
  const other = { ...amapi.key(), private_key_id: key.private_key_id }
  const bad = [
    assertion(other),
    assertion(key, { exp: now / 1000 + 7200 }),
    assertion(key, { iat: now / 1000 - 7300, exp: now / 1000 - 3700 }),
    assertion(key, { scope: 'https://www.googleapis.com/auth/drive' }),
    assertion(key, { iss: 'nobody@example.org' }),
    'grant_type=password',
  ]
  for (const form of bad) assert.equal((await ask('POST', '/token', form, '')).status, 400)
  const given = await ask('POST', '/token', assertion(key), '')
  assert.deepEqual([given.body['token_type'], given.body['expires_in']], ['Bearer', 3600])
  access = given.body['access_token']
  assert.equal((await ask('GET', '/v1/enterprises/x', undefined, 'nonsense')).status, 401)
  assert.equal(await refused('GET', '/v1/enterprises/x'), '404 NOT_FOUND')
})

test('an organization signs up by a link whose token is good once, and its topic is tried', async () => {
  const up = await good(
    'POST',
    `/v1/signupUrls?projectId=muster-test&callbackUrl=${encodeURIComponent('https://mdm.example.org/back?a=b')}`,
  )
  const page = await ask('GET', new URL(up['url']).pathname + new URL(up['url']).search, undefined, '')
  const back = new URL(page.headers['location'])
  assert.equal(back.searchParams.get('a'), 'b')
  const token = back.searchParams.get('enterpriseToken')
  const path = `/v1/enterprises?projectId=muster-test&signupUrlName=${encodeURIComponent(up['name'])}&enterpriseToken=`
  const body = {
    pubsubTopic: 'projects/muster-test/topics/t',
    enabledNotificationTypes: ['ENROLLMENT', 'STATUS_REPORT', 'COMMAND', 'USAGE_LOGS'],
  }
  assert.equal(await refused('POST', `${path}wrong`, body), '400 INVALID_ARGUMENT')
  assert.equal(
    await refused('POST', `${path}${token}`, { ...body, pubsubTopic: 'projects/a/topics/b' }),
    '403 PERMISSION_DENIED',
  )
  const seen = await since(async () => {
    enterprise = (await good('POST', `${path}${token}`, body))['name']
  })
  assert.deepEqual(
    seen.map(p => p.type),
    ['test'],
  )
  assert.equal(await refused('POST', `${path}${token}`, body), '400 INVALID_ARGUMENT')
  assert.equal(await refused('DELETE', `/v1/${enterprise}`), '403 PERMISSION_DENIED')
})

test('policies have versions, masks and limits, and what is not known is refused by name', async () => {
  const path = `/v1/${enterprise}/policies/default`
  assert.equal(
    (await good('PATCH', path, { cameraAccess: 'CAMERA_ACCESS_DISABLED', maximumTimeToLock: '60000' }))['version'],
    '1',
  )
  const second = await good('PATCH', `${path}?updateMask=maximumTimeToLock,screenCaptureDisabled`, {
    screenCaptureDisabled: true,
  })
  assert.deepEqual(
    [second['version'], second['cameraAccess'], second['maximumTimeToLock'], second['screenCaptureDisabled']],
    ['2', 'CAMERA_ACCESS_DISABLED', undefined, true],
  )
  const bad = await ask('PATCH', path, { applications: [{ packageNam: 'a' }] })
  assert.equal(bad.status, 400)
  assert.match(bad.body['error'].message, /Unknown name "packageNam" at 'applications\[0\]': Cannot find field/)
  assert.equal(bad.body['error'].details[0].fieldViolations.length, 1)
  const many = (n: number, more: object = {}) =>
    Array.from({ length: n }, (_, i) => ({ packageName: `a.b${i}`, ...more }))
  assert.equal(await refused('PATCH', path, { applications: many(3001) }), '400 INVALID_ARGUMENT')
  assert.equal(
    await refused('PATCH', path, { applications: many(21, { minimumVersionCode: 2 }) }),
    '400 INVALID_ARGUMENT',
  )
  assert.equal(await refused('PATCH', `${path}?updateMask=nonsense`, {}), '400 INVALID_ARGUMENT')
  assert.equal(await refused('PATCH', `${path}?updateMask=`, {}), '400 INVALID_ARGUMENT')
  await good('POST', `${path}:modifyPolicyApplications`, {
    changes: [{ application: { packageName: 'a.b', installType: 'FORCE_INSTALLED' } }],
  })
  const changed = await good('POST', `${path}:modifyPolicyApplications`, {
    changes: [
      {
        application: { packageName: 'a.b', autoUpdateMode: 'AUTO_UPDATE_HIGH_PRIORITY' },
        updateMask: 'autoUpdateMode',
      },
    ],
  })
  assert.deepEqual(changed['policy'].applications, [
    { packageName: 'a.b', installType: 'FORCE_INSTALLED', autoUpdateMode: 'AUTO_UPDATE_HIGH_PRIORITY' },
  ])
  assert.deepEqual(
    (await good('POST', `${path}:removePolicyApplications`, { packageNames: ['a.b'] }))['policy'].applications,
    [],
  )
  for (const name of ['p1', 'p2']) await good('PATCH', `/v1/${enterprise}/policies/${name}`, {})
  const page = await good('GET', `/v1/${enterprise}/policies?pageSize=2`)
  const rest = await good('GET', `/v1/${enterprise}/policies?pageSize=2&pageToken=${page['nextPageToken']}`)
  assert.deepEqual([page['policies'].length, rest['policies'].length, rest['nextPageToken']], [2, 1, undefined])
})

test('tokens run out and are used up, and a phone without a policy is gone after five minutes', async () => {
  const once = await tokenOf({
    oneTimeOnly: true,
    duration: '120s',
    allowPersonalUsage: 'PERSONAL_USAGE_DISALLOWED',
    additionalData: 'unit-7',
  })
  assert.equal(await refused('POST', `/v1/${enterprise}/enrollmentTokens`, { duration: '5s' }), '400 INVALID_ARGUMENT')
  assert.throws(() => amapi.enroll({ token: once['value'], personal: true }), NotEnrolled)
  const phone = amapi.enroll({ token: once['qrCode'] })
  assert.throws(() => amapi.enroll({ token: once['value'] }), { code: 'token-used' })
  const short = await tokenOf({ duration: '60s' })
  await pass(minute)
  assert.throws(() => amapi.enroll({ token: short['value'] }), { code: 'token-over' })
  assert.equal((await good('GET', `/v1/${phone.name}`))['enrollmentTokenData'], 'unit-7')
  const lost = amapi.enroll({ token: (await tokenOf({ policyName: 'none-such' }))['value'], personal: true })
  assert.equal((await good('GET', `/v1/${lost.name}`))['appliedState'], 'PROVISIONING')
  const seen = await since(() => pass(6 * minute))
  assert.deepEqual(
    seen.map(p => p.data['appliedState']),
    ['PROVISIONING', 'PROVISIONING', 'DELETED'],
  )
  assert.equal(await refused('GET', `/v1/${lost.name}`), '404 NOT_FOUND')
})

test('a phone takes its policy, tells what it could not do, and what it tells is well formed', async () => {
  await good('PATCH', `/v1/${enterprise}/policies/strict`, {
    passwordPolicies: [{ passwordQuality: 'COMPLEXITY_HIGH' }],
    applications: [
      { packageName: 'a.force', installType: 'FORCE_INSTALLED' },
      { packageName: 'a.gone', installType: 'FORCE_INSTALLED' },
      { packageName: 'a.bad', installType: 'BLOCKED' },
    ],
    statusReportingSettings: {
      applicationReportsEnabled: true,
      softwareInfoEnabled: true,
      networkInfoEnabled: true,
      memoryInfoEnabled: true,
      deviceSettingsEnabled: true,
    },
  })
  const token = await tokenOf({ policyName: 'strict' })
  const seen = await since(async () => {
    const phone = amapi.enroll({ token: token['value'], apps: ['a.bad'], personal: true, serial: 'S1' })
    phone.unavailable.add('a.gone')
    await pass(10_000)
  })
  assert.deepEqual(
    seen.map(p => p.type),
    ['ENROLLMENT', 'STATUS_REPORT'],
  )
  const told = seen[1]?.data ?? {}
  assert.deepEqual(
    told['nonComplianceDetails'].map((d: Table) => `${d['settingName']} ${d['nonComplianceReason']}`),
    ['passwordPolicies USER_ACTION', 'applications APP_NOT_INSTALLED'],
  )
  assert.deepEqual(
    told['applicationReports'].map((a: Table) => a['packageName']),
    ['a.force'],
  )
  assert.deepEqual(
    [
      told['policyCompliant'],
      told['appliedPolicyVersion'],
      told['ownership'],
      told['hardwareInfo'].serialNumber,
      told['networkInfo'],
    ],
    [false, '1', 'PERSONALLY_OWNED', undefined, undefined],
  )
  assert.deepEqual(
    validate(managementCatalog(), 'Device', told).filter(f => f.severity === 'error'),
    [],
  )
  const phone = amapi.enterprise(enterprise).phones.get(told['name'])
  assert.ok(phone)
  const healed = await since(() =>
    amapi.change(phone, p => Object.assign(p, { password: 'high', unavailable: new Set() })),
  )
  assert.equal(healed[0]?.data['policyCompliant'], false)
  const now = await since(() => amapi.contact(phone))
  assert.equal(now[0]?.data['policyCompliant'], true)
})

test('commands are obeyed, run out, are taken back, and fail where the phone is of another kind', async () => {
  const token = await tokenOf({ allowPersonalUsage: 'PERSONAL_USAGE_DISALLOWED', duration: '86400s' })
  const phone = amapi.enroll({ token: token['value'] })
  await pass(10_000)
  const issue = (body: Table): Promise<Table> => good('POST', `/v1/${phone.name}:issueCommand`, body)
  const first = await issue({ type: 'RESET_PASSWORD', newPassword: 'secret' })
  assert.deepEqual(
    [first['done'], first['metadata'].duration, first['metadata'].newPassword],
    [undefined, '600s', undefined],
  )
  const done = await since(() => pass(10_000))
  assert.deepEqual(
    done.map(p => p.type),
    ['COMMAND', 'STATUS_REPORT'],
  )
  assert.deepEqual(
    [done[0]?.data['name'], done[0]?.data['done'], done[0]?.data['error']],
    [first['name'], true, undefined],
  )
  amapi.switch(phone, false)
  const late = await issue({ type: 'LOCK' })
  const taken = await issue({ type: 'LOCK', duration: '604800s' })
  assert.deepEqual(await good('POST', `/v1/${taken['name']}:cancel`), {})
  assert.equal(await refused('POST', `/v1/${taken['name']}:cancel`), '400 FAILED_PRECONDITION')
  await pass(11 * minute)
  assert.equal((await good('GET', `/v1/${late['name']}`))['error'].code, 4)
  assert.equal((await good('GET', `/v1/${taken['name']}`))['error'].code, 1)
  amapi.switch(phone, true)
  assert.equal(await refused('POST', `/v1/${phone.name}:issueCommand`, { type: 'WIPE' }), '400 INVALID_ARGUMENT')
  assert.equal(
    await refused('POST', `/v1/${phone.name}:issueCommand`, { type: 'START_LOST_MODE', startLostModeParams: {} }),
    '400 INVALID_ARGUMENT',
  )
  const profile = await issue({ type: 'RELINQUISH_OWNERSHIP' })
  await pass(10_000)
  assert.equal((await good('GET', `/v1/${profile['name']}`))['metadata'].errorCode, 'MANAGEMENT_MODE')
  const wipe = await issue({ wipeParams: {} })
  const gone = await since(() => pass(10_000))
  assert.deepEqual(
    gone.map(p => [p.type, p.data['appliedState'] ?? p.data['name']]),
    [
      ['COMMAND', wipe['name']],
      ['STATUS_REPORT', 'DELETED'],
    ],
  )
})

test('a lost phone says where it is until it is found, unless it may not be lost', async () => {
  const token = await tokenOf({ allowPersonalUsage: 'PERSONAL_USAGE_DISALLOWED', duration: '86400s' })
  const phone = amapi.enroll({ token: token['value'] })
  await pass(10_000)
  const lose = async (): Promise<Table> => {
    const { name } = await good('POST', `/v1/${phone.name}:issueCommand`, {
      type: 'START_LOST_MODE',
      startLostModeParams: { lostMessage: { defaultMessage: 'a' } },
    })
    await pass(10_000)
    return good('GET', `/v1/${name}`)
  }
  phone.lostRefusal = 'USER_EXIT_LOST_MODE_RECENTLY'
  assert.equal((await lose())['metadata'].startLostModeStatus.status, 'USER_EXIT_LOST_MODE_RECENTLY')
  phone.lostRefusal = null
  assert.equal((await lose())['error'], undefined)
  assert.equal((await lose())['metadata'].startLostModeStatus.status, 'ALREADY_IN_LOST_MODE')
  const seen = await since(() => pass(11 * minute))
  const places = seen.filter(p => p.type === 'USAGE_LOGS')
  assert.equal(places.length, 2)
  assert.deepEqual(places[0]?.data['usageLogEvents'][0].lostModeLocationEvent.location, phone.place)
  for (const place of places) assert.deepEqual(validate(managementCatalog(), 'BatchUsageLogEvents', place.data), [])
  await good('POST', `/v1/${phone.name}:issueCommand`, { type: 'STOP_LOST_MODE', stopLostModeParams: {} })
  await pass(10_000)
  assert.equal((await since(() => pass(11 * minute))).length, 0)
})

test('what is pushed is signed, comes again until it is taken, twice and backwards when the post is bad', async () => {
  const jwks = (await ask('GET', '/oauth2/v3/certs', undefined, '')).body['keys']
  const bearer = pushed[0]?.bearer.replace('Bearer ', '') ?? ''
  const [head = '', claims = '', signature = ''] = bearer.split('.')
  const key = createPublicKey({ key: jwks[0], format: 'jwk' })
  assert.ok(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(key, signature, 'base64url'))
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
  assert.deepEqual(
    [said.iss, said.email, said.email_verified],
    ['https://accounts.google.com', 'pusher@muster-test.iam.gserviceaccount.com', true],
  )
  const phone = amapi.enroll({ token: (await tokenOf({ duration: '86400s' }))['value'], personal: true })
  await pass(10_000)
  says = () => 500
  const failed = await since(() => amapi.change(phone, p => (p.battery = 1)))
  says = () => 200
  assert.equal((await since(() => pass(5000))).length, 0)
  const again = await since(() => pass(5000))
  assert.deepEqual(
    again.map(p => p.id),
    failed.map(p => p.id),
  )
  amapi.mishap({ twice: true, backwards: true })
  const bad = await since(() => {
    amapi.change(phone, p => (p.battery = 2))
    amapi.change(phone, p => (p.battery = 3))
  })
  const ids = bad.map(p => p.id)
  assert.ok(ids.length === 4 && ids[0] === ids[1] && ids[2] === ids[3] && Number(ids[0]) > Number(ids[2]))
  amapi.mishap({ token: 'none' })
  assert.equal((await since(() => amapi.change(phone, p => (p.battery = 4))))[0]?.bearer, '')
  amapi.mishap({})
  amapi.world.earlyCommands = true
  const from = pushed.length
  const { name } = await good('POST', `/v1/${phone.name}:issueCommand`, { type: 'LOCK' })
  assert.deepEqual(
    pushed.slice(from).map(p => p.data['name']),
    [name],
  )
  amapi.world.earlyCommands = false
})

test('a deleted phone is not found, and is told of once, by whichever notification', async () => {
  for (const deletedBy of ['ENROLLMENT', 'STATUS_REPORT'] as const) {
    amapi.world.deletedBy = deletedBy
    const phone = amapi.enroll({ token: (await tokenOf())['value'], personal: true })
    await pass(10_000)
    amapi.switch(phone, false)
    await good('DELETE', `/v1/${phone.name}`)
    assert.equal(await refused('GET', `/v1/${phone.name}`), '404 NOT_FOUND')
    assert.equal((await since(() => pass(10_000))).length, 0)
    amapi.switch(phone, true)
    assert.deepEqual(
      (await since(() => pass(10_000))).map(p => [p.type, p.data['appliedState']]),
      [[deletedBy, 'DELETED']],
    )
  }
})

test('who asks too often is told when to come again, and the clock can be moved from outside', async () => {
  await ask('POST', '/fake/clock', { advanceMs: 2 * minute }, '')
  amapi.world.perMinute = 3
  const answers = []
  for (let n = 0; n < 4; n += 1) answers.push(await ask('GET', `/v1/${enterprise}`))
  assert.deepEqual(
    answers.map(a => a.status),
    [200, 200, 200, 429],
  )
  assert.equal(answers[3]?.body['error'].status, 'RESOURCE_EXHAUSTED')
  const wait = Number(answers[3]?.headers['retry-after'])
  assert.ok(wait > 0 && wait <= 60)
  await ask('POST', '/fake/clock', { advanceMs: wait * 1000 }, '')
  assert.equal((await ask('GET', `/v1/${enterprise}`)).status, 200)
})
