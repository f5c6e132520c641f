import assert from 'node:assert/strict'
import { createSign } from 'node:crypto'
import { Agent, request } from 'node:https'
import { test } from 'node:test'
import { androidmanagement, auth } from '@googleapis/androidmanagement'
import { startAmapi } from './amapi.ts'
import type { KeyFile } from './oauth.ts'

/** An access token, asked for as the account service wants to be asked. */
function tokenFor(key: KeyFile, agent: Agent): Promise<string> {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const at = Math.floor(Date.now() / 1000)
  const claims = { iss: key.client_email, aud: key.token_uri, iat: at, exp: at + 3600 }
  const scope = 'https://www.googleapis.com/auth/androidmanagement'
  const signed = `${part({ alg: 'RS256', kid: key.private_key_id })}.${part({ ...claims, scope })}`
  const jwt = `${signed}.${createSign('RSA-SHA256').update(signed).sign(key.private_key, 'base64url')}`
  const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt })
  return new Promise((resolve, reject) => {
    const sent = request(key.token_uri, { method: 'POST', agent }, async response => {
      const parts: Buffer[] = []
      for await (const piece of response) parts.push(piece as Buffer)
      const said = JSON.parse(Buffer.concat(parts).toString()) as { access_token: string }
      resolve(said.access_token)
    })
    sent.on('error', reject)
    sent.end(form.toString())
  })
}

test("Google's own client finds every path and every answer where it looks for them", async t => {
  const amapi = await startAmapi()
  t.after(() => amapi.close())
  const agent = new Agent({ ca: amapi.ca })
  const account = new auth.OAuth2()
  account.setCredentials({ access_token: await tokenFor(amapi.key('muster-test'), agent) })
  const { enterprises, signupUrls } = androidmanagement({
    version: 'v1',
    rootUrl: `${amapi.url}/`,
    auth: account,
    agent,
    retry: false,
  })
  const { policies, enrollmentTokens, devices, webApps, webTokens, applications } = enterprises
  const [projectId, topic] = ['muster-test', 'projects/muster-test/topics/t']
  amapi.subscribe({ topic, endpoint: 'https://127.0.0.1:9/nobody' })

  const up = (await signupUrls.create({ projectId, callbackUrl: 'https://mdm.example.org/back' })).data
  const enterpriseToken = (await amapi.signUp(up.url ?? '')).searchParams.get('enterpriseToken') ?? ''
  const wish = { pubsubTopic: topic, enabledNotificationTypes: ['COMMAND'] }
  const signupUrlName = up.name ?? ''
  const made = await enterprises.create({ projectId, enterpriseToken, signupUrlName, requestBody: wish })
  const parent = made.data.name ?? ''
  assert.match(parent, /^enterprises\/LC/)
  await enterprises.patch({
    name: parent,
    updateMask: 'enterpriseDisplayName',
    requestBody: { enterpriseDisplayName: 'A' },
  })
  assert.equal((await enterprises.get({ name: parent })).data.enterpriseDisplayName, 'A')
  assert.equal((await enterprises.get({ name: parent })).data.pubsubTopic, topic)

  const policy = `${parent}/policies/default`
  const body = { applications: [{ packageName: 'a.b', installType: 'FORCE_INSTALLED' }], cameraDisabled: true }
  assert.equal((await policies.patch({ name: policy, requestBody: body })).data.version, '1')
  await policies.patch({ name: policy, updateMask: 'cameraDisabled', requestBody: {} })
  const read = (await policies.get({ name: policy })).data
  assert.deepEqual([read.version, read.cameraDisabled, read.applications?.[0]?.packageName], ['2', undefined, 'a.b'])
  assert.deepEqual(
    (await policies.list({ parent })).data.policies?.map(p => p.name),
    [policy],
  )

  const asked = { allowPersonalUsage: 'PERSONAL_USAGE_DISALLOWED', duration: '3600s', additionalData: 'x' }
  const token = (await enrollmentTokens.create({ parent, requestBody: asked })).data
  const qrCode = token.qrCode ?? ''
  assert.ok(token.value && qrCode.includes(token.value) && token.expirationTimestamp)
  const phone = amapi.enroll({ token: qrCode, apiLevel: 35 })
  await amapi.advance(10_000)
  assert.equal((await devices.list({ parent })).data.devices?.length, 1)
  const device = (await devices.get({ name: phone.name })).data
  assert.deepEqual(
    [
      device.managementMode,
      device.ownership,
      device.appliedPolicyVersion,
      device.policyCompliant,
      device.enrollmentTokenData,
    ],
    ['DEVICE_OWNER', 'COMPANY_OWNED', '2', true, 'x'],
  )
  assert.equal(
    (await devices.patch({ name: phone.name, updateMask: 'state', requestBody: { state: 'DISABLED' } })).data.state,
    'DISABLED',
  )
  const order = (await devices.issueCommand({ name: phone.name, requestBody: { type: 'LOCK', duration: '60s' } })).data
  const name = order.name ?? ''
  assert.deepEqual([order.done, order.metadata?.type], [undefined, 'LOCK'])
  await amapi.advance(10_000)
  assert.equal((await devices.operations.get({ name })).data.done, true)
  assert.equal((await devices.operations.list({ name: `${phone.name}/operations` })).data.operations?.length, 1)
  amapi.switch(phone, false)
  const second = (await devices.issueCommand({ name: phone.name, requestBody: { type: 'REBOOT' } })).data
  await devices.operations.cancel({ name: second.name ?? '' })
  assert.equal((await devices.operations.get({ name: second.name ?? '' })).data.error?.code, 1)

  const site = (await webApps.create({ parent, requestBody: { title: 'A', startUrl: 'https://a.example.org' } })).data
  await webApps.patch({ name: site.name ?? '', updateMask: 'title', requestBody: { title: 'B' } })
  assert.equal((await webApps.get({ name: site.name ?? '' })).data.title, 'B')
  await webApps.delete({ name: site.name ?? '' })
  assert.equal((await webApps.list({ parent })).data.webApps, undefined)
  const frame = await webTokens.create({ parent, requestBody: { parentFrameUrl: 'https://mdm.example.org' } })
  assert.ok(frame.data.value)
  amapi.offer(amapi.enterprise(parent), 'a.b', { title: 'App' })
  assert.equal((await applications.get({ name: `${parent}/applications/a.b` })).data.title, 'App')
  await enrollmentTokens.delete({ name: token.name ?? '' })
  await devices.delete({ name: phone.name })
  await policies.delete({ name: policy })
  await assert.rejects(policies.get({ name: policy }), /Requested entity was not found/)
  await assert.rejects(
    policies.patch({ name: policy, requestBody: { nonsense: true } as object }),
    (error: unknown) => {
      assert.match(String(error), /Unknown name "nonsense": Cannot find field/)
      return true
    },
  )
  // Nothing of it went elsewhere, and nothing was answered by accident.
  assert.ok(amapi.heard.filter(h => h.path.startsWith('/v1/')).length >= 28)
})
