import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { VirtualAgent } from '@muster/simulator/agent/agent.ts'
import { appOf, type Phone } from '@muster/simulator/agent/phone.ts'
import { type AndroidClaim, mintAndroidMaker } from '@muster/simulator/outside/attestation/android.ts'
import * as devices from '../../areas/devices/index.ts'
import { givenAgents } from '../../testing/given-agents.ts'
import { house } from '../../testing/house.ts'

const maker = mintAndroidMaker()
const attest =
  (of: Partial<AndroidClaim> = {}, by = maker): NonNullable<Phone['attest']> =>
  (key, challenge) =>
    by.attest({ key, challenge, ...of })

test('what a chip says of the agent’s key is a fact; an unlocked boot loader breaks a rule and raises an alert; nobody’s own word counts', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-status-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const list = join(folder, 'status.json')
  writeFileSync(list, JSON.stringify({ entries: { c8: { status: 'REVOKED', reason: 'KEY_COMPROMISE' } } }))
  const h = await house(t, { MUSTER_ATTESTATION_STATUS: list })
  const given = givenAgents(h)
  const { key } = await h.given.admin({ role: 'owner' })
  const said = async ({ state }: VirtualAgent) => {
    const facts = await h.run(ctx => devices.factRecord(ctx, state.enrolled?.device ?? ''))
    return [facts['security.attested'] ?? null, facts['security.attestedWhy'] ?? null]
  }
  // Nobody has said yet whose word counts.
  const early = await given.enrolledAgent({ phone: { attest: attest() } })
  assert.deepEqual(await said(early), ['none', 'no-root'])
  const added = await h.http('POST', '/api/v1/attestation-roots', { as: key, body: { pem: maker.root.pem } })
  assert.equal(added.status, 201)
  const rule = { name: 'Whole', kind: 'integrity', params: {}, unit: h.root.id }
  assert.equal((await h.http('POST', '/api/v1/rules', { as: key, body: rule })).status, 201)

  const honest = await given.enrolledAgent({ phone: { attest: attest() } })
  assert.deepEqual(await said(honest), ['passed', null])
  const facts = await h.run(ctx => devices.factRecord(ctx, honest.state.enrolled?.device ?? ''))
  assert.partialDeepStrictEqual(facts, {
    'security.attestedOs': '16.0.0',
    'security.attestation.level': 'tee',
    'security.attestation.boot': 'verified',
    'security.attestation.locked': true,
    'security.attestation.patch': '2026-11',
  })
  const root = { state: 'unverified', locked: false } as const
  const rooted = await given.enrolledAgent({ phone: { attest: attest({ root }) } })
  const replayed = await given.enrolledAgent({ phone: { attest: attest({ challenge: 'of yesterday' }) } })
  const silent = await given.enrolledAgent()
  assert.deepEqual(await said(rooted), ['failed', 'boot-unverified'])
  assert.deepEqual(await said(replayed), ['failed', 'stale'])
  assert.deepEqual(await said(silent), ['none', 'absent'])

  // The device says otherwise, and is not asked.
  rooted.phone.facts = { 'security.attested': 'passed', 'Security.Attestation.boot': 'verified', 'os.locale': 'sv' }
  await rooted.contact()
  assert.deepEqual(await said(rooted), ['failed', 'boot-unverified'])
  await h.settle()
  const deviceOf = (one: VirtualAgent): string => one.state.enrolled?.device ?? ''
  const all = await h.http('GET', '/api/v1/alerts', { as: key })
  const broken = all.body.items.filter((a: { type: string }) => a.type === 'integrity')
  assert.deepEqual(
    broken.map((a: { device: { id: string } }) => a.device.id).toSorted(),
    [deviceOf(rooted), deviceOf(replayed)].toSorted(),
  )
  const verdict = async (one: VirtualAgent) =>
    (await h.http('GET', `/api/v1/devices/${deviceOf(one)}/compliance`, { as: key })).body.state
  assert.deepEqual(
    [await verdict(honest), await verdict(rooted), await verdict(silent)],
    ['compliant', 'violating', 'unknown'],
  )

  // A new key is judged anew: a repaired phone passes, one that no longer attests is not believed, and a batch that was taken back neither.
  rooted.phone.attest = attest()
  assert.equal((await rooted.renew()).action, 'none')
  assert.deepEqual(await said(rooted), ['passed', null])
  rooted.phone.attest = null
  assert.equal((await rooted.renew()).action, 'none')
  assert.deepEqual(await said(rooted), ['failed', 'dropped'])
  writeFileSync(list, JSON.stringify({ entries: { [`0${maker.batch.toUpperCase()}`]: { status: 'SUSPENDED' } } }))
  assert.equal((await honest.renew()).action, 'none')
  assert.deepEqual(await said(honest), ['failed', 'revoked'])
  // A list that cannot be read lets nothing pass, and accuses nobody.
  writeFileSync(list, 'not a list')
  const late = await given.enrolledAgent({ phone: { attest: attest() } })
  assert.deepEqual(await said(late), ['none', 'no-status'])
  assert.deepEqual(
    (await h.events()).filter(type => type === 'agent.attested').length,
    // honest, rooted, replayed; rooted twice more; honest once more
    6,
  )
})

test('an app that a rule knows as malware raises an alert as soon as the list names it, and it ends when the app is gone', async t => {
  const h = await house(t)
  const given = givenAgents(h)
  const { key } = await h.given.admin({ role: 'owner' })
  const bad = { ...appOf('com.example.torch', 'Torch'), installer: null, permissions: ['android.permission.READ_SMS'] }
  const test = { name: 'Reads texts, from a file', installers: ['com.android.vending'], permissions: bad.permissions }
  const rule = { name: 'Malware', kind: 'malware', params: { any: [test] }, severity: 'critical', unit: h.root.id }
  assert.equal((await h.http('POST', '/api/v1/rules', { as: key, body: rule })).status, 201)
  const agent = await given.enrolledAgent()
  const alerts = async () => {
    await h.settle()
    await h.settle()
    const { body } = await h.http('GET', '/api/v1/alerts?filter=type:malware%20state:open', { as: key })
    return body.items.map((a: { facts: object }) => a.facts)
  }
  assert.deepEqual(await alerts(), [])
  agent.phone.apps = [...agent.phone.apps, bad]
  await agent.contact()
  assert.partialDeepStrictEqual(await alerts(), [{ apps: 'Torch' }])
  const id = agent.state.enrolled?.device ?? ''
  const shown = await h.http('GET', `/api/v1/devices/${id}/compliance`, { as: key })
  assert.deepEqual(shown.body.rules[0].evidence.found, [
    { id: 'com.example.torch', name: 'Torch', detail: 'Reads texts, from a file' },
  ])
  // The same app with less is another app to the rule: what was granted counts, and a change of it is enough.
  agent.phone.apps = agent.phone.apps.map(a => (a.package === bad.package ? { ...a, permissions: [] } : a))
  await agent.contact()
  assert.deepEqual(await alerts(), [])
  const nothing = { ...rule, params: { any: [{ name: 'Anything' }] } }
  assert.equal((await h.http('POST', '/api/v1/rules', { as: key, body: nothing })).status, 400)
})
