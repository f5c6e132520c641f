import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { bytes, type Dict, decode, dict, str } from '@muster/wire/plist/plist.ts'
import { type Desiring, desiring } from '../../../testing/desiring.ts'
import { house, type House } from '../../../testing/house.ts'
import * as commands from '../../../areas/commands/index.ts'

const camera = (allowed: boolean) => ({ kind: 'restrictions', value: { camera: allowed } })
const passcode = { kind: 'passcode', value: { required: true, minLength: 6 } }

/** An old iPad, which knows no declarations. */
async function scene(t: TestContext, more: Dict = {}): Promise<{ h: House; d: Desiring }> {
  const h = await house(t)
  const talker = await h.given.talker()
  await talker.authenticate({ ProductName: 'iPad7,5', OSVersion: '15.8', ...more })
  await talker.tokenUpdate()
  const d = await desiring(h, talker)
  await d.call()
  return { h, d }
}

const types = (all: Dict[]): (string | undefined)[] => all.map(c => str(c, 'RequestType'))
const profileIn = (command: Dict | undefined): Dict => dict(decode(bytes(command ?? {}, 'Payload') ?? new Uint8Array()))
const listing = (profiles: Dict[]): Dict => ({
  ProfileList: profiles.map(p => ({
    PayloadIdentifier: String(p.PayloadIdentifier),
    PayloadUUID: String(p.PayloadUUID),
    PayloadVersion: 1,
    PayloadContent: [],
  })),
})

test('what declarations cannot say goes as a profile while the device is calling, and nothing more when it is there', async t => {
  const { h, d } = await scene(t)
  await d.desire([camera(false), passcode])
  const seen = await d.call()
  assert.deepEqual(types(seen), ['InstallProfile', 'InstallProfile'])
  const states = Object.values(await d.items()).map(i => [i.state, i.via])
  assert.deepEqual(states, [
    ['installed', 'profile'],
    ['installed', 'profile'],
  ])
  assert.deepEqual(await d.call(), [])
  assert.ok(!(await h.events()).some(e => e.startsWith('command.')), 'told by the items, not as commands')
})

test('an error fails the item with its explanation, and it is tried again when its wait is over', async t => {
  const { h, d } = await scene(t)
  await d.desire([camera(false)])
  const error = { ErrorDomain: 'MCInstallationErrorDomain', ErrorCode: 4001, USEnglishDescription: 'No.' }
  assert.equal((await d.call(() => ({ Status: 'Error', ErrorChain: [error] }))).length, 1)
  assert.partialDeepStrictEqual((await d.items()).restrictions, {
    state: 'failed',
    error: { code: 'apple.profile-not-installed', facts: { domain: 'MCInstallationErrorDomain', code: 4001 } },
  })
  assert.deepEqual(await d.call(), [])
  h.pass(61_000)
  assert.deepEqual(types(await d.call()), ['InstallProfile'])
  assert.equal((await d.items()).restrictions?.state, 'installed')
})

test('a locked device defers, the same command comes again, and never two of it', async t => {
  const { h, d } = await scene(t)
  await d.desire([camera(false)])
  assert.deepEqual(types(await d.call(() => ({ Status: 'NotNow' }))), ['InstallProfile'])
  assert.equal((await d.items()).restrictions?.state, 'sent')
  h.pass(3 * 3_600_000)
  assert.deepEqual(types(await d.call()), ['InstallProfile'])
  assert.equal((await d.items()).restrictions?.state, 'installed')
  assert.deepEqual(await d.call(), [])
})

test('an answer that was lost: the same command again, with the same profile', async t => {
  const { d } = await scene(t)
  await d.desire([camera(false)])
  const first = await d.phone.report({ Status: 'Idle' })
  const again = await d.phone.report({ Status: 'Idle' })
  assert.deepEqual(again.bytes, first.bytes)
})

test('what changed before it was handed out again is not handed out', async t => {
  const { h, d } = await scene(t)
  await d.desire([camera(false)])
  const [old] = await d.call(() => ({ Status: 'NotNow' }))
  await d.desire([camera(true), passcode])
  h.pass(120_000)
  const seen = await d.call()
  assert.ok(seen.every(c => profileIn(c).PayloadUUID !== profileIn(old).PayloadUUID))
  assert.equal((await d.items()).passcode?.state, 'installed')
  assert.notEqual((await d.items()).restrictions?.state, 'failed')
})

test('what is wanted no more is removed; one that is not there any more counts as removed', async t => {
  const { h, d } = await scene(t)
  await d.desire([camera(false), passcode])
  const [install] = await d.call()
  await d.desire([passcode])
  const [removal] = await d.call()
  assert.equal(str(removal ?? {}, 'RequestType'), 'RemoveProfile')
  assert.ok([profileIn(install).PayloadIdentifier].includes(removal?.Identifier as string) || removal?.Identifier)
  assert.deepEqual(Object.keys(await d.items()), ['passcode'])
  await d.desire([])
  for (const error of [{ ErrorDomain: 'MDMClientError', ErrorCode: 89 }]) {
    await d.call(() => ({ Status: 'Error', ErrorChain: [error] }))
    assert.deepEqual(await d.items(), {})
  }
  await d.desire([camera(false)])
  await d.call()
  await d.desire([])
  await d.call(() => ({ Status: 'Error', ErrorChain: [{ ErrorDomain: 'MCMDMErrorDomain', ErrorCode: 12013 }] }))
  assert.deepEqual(await d.items(), {})
  assert.ok(!(await h.events()).includes('item.failed'))
})

test('the list of profiles shows drift, which is repaired, and leftovers of ours, which go; nothing else is touched', async t => {
  const { h, d } = await scene(t)
  await d.desire([camera(false), passcode])
  const [one, two] = (await d.call()).map(profileIn)
  const foreign = { PayloadIdentifier: 'com.example.mine', PayloadUUID: 'F' }
  const management = { PayloadIdentifier: `muster.${h.org}.management`, PayloadUUID: 'M' }
  const left = { PayloadIdentifier: `muster.item.${'0'.repeat(24)}`, PayloadUUID: 'L' }
  const query = async (list: Dict[]): Promise<Dict[]> => {
    await h.run(ctx => commands.send(ctx, { device: d.device, kind: 'profiles.query', args: {} }))
    return d.call(c => (c.RequestType === 'ProfileList' ? listing(list) : undefined))
  }
  const all = [one ?? {}, two ?? {}, foreign, management]
  assert.deepEqual(types(await query(all)), ['ProfileList'], 'as it should be')
  const after = await query([{ ...one, PayloadUUID: 'CHANGED' }, ...all.slice(2), left])
  const others = after.filter(c => c.RequestType !== 'ProfileList')
  assert.deepEqual(types(others).sort(), ['InstallProfile', 'InstallProfile', 'RemoveProfile'])
  assert.deepEqual(
    others.flatMap(c => c.Identifier ?? []),
    [left.PayloadIdentifier],
  )
  assert.equal((await h.events()).filter(e => e === 'item.drifted').length, 2)
  assert.deepEqual(types(await query(all)), ['ProfileList'])
})

test('when the system is updated, a declaration takes the profile over without removing it first', async t => {
  const { h, d } = await scene(t)
  await d.desire([camera(false)])
  const [install] = await d.call()
  await h.run(async ctx => {
    const devices = await import('../../../areas/devices/index.ts')
    await devices.learn(ctx, d.device, 'test', { 'os.version': '17.7' })
  })
  const legacy = (await d.fetchAll()).find(x => x.Type === 'com.apple.configuration.legacy')
  const profile = dict(decode((await d.get(String(legacy?.Payload.ProfileURL))).bytes))
  assert.equal(profile.PayloadIdentifier, profileIn(install).PayloadIdentifier)
  const seen = await d.call()
  assert.ok(!types(seen).includes('RemoveProfile'))
  await d.reportAll()
  assert.partialDeepStrictEqual((await d.items()).restrictions, { state: 'installed' })
})

test('a device that does not take the command for declarations gets profiles instead', async t => {
  const { h, d } = await scene(t, { OSVersion: '16.4' })
  await d.desire([camera(false)])
  const unsupported = { Status: 'Error', ErrorChain: [{ ErrorDomain: 'MCMDMErrorDomain', ErrorCode: 12021 }] }
  const seen = await d.call(c => (c.RequestType === 'DeclarativeManagement' ? unsupported : undefined))
  assert.equal(types(seen)[0], 'DeclarativeManagement')
  h.pass(61_000)
  assert.deepEqual(types(await d.call()), ['InstallProfile'])
  assert.partialDeepStrictEqual((await d.items()).restrictions, { state: 'installed', via: 'profile' })
})

test('a device that was asked to leave is given nothing more', async t => {
  const { h, d } = await scene(t)
  const admin = await h.given.admin({ role: 'owner' })
  await h.http('DELETE', `/api/v1/enrollments/${d.enrollment}`, { as: admin.key })
  await d.desire([camera(false)])
  const first = dict(decode((await d.phone.report({ Status: 'Idle' })).bytes))
  assert.equal(str(dict(first.Command), 'RequestType'), 'RemoveProfile')
  const next = await d.phone.report({ Status: 'Acknowledged', CommandUUID: String(first.CommandUUID) })
  assert.equal(next.bytes.length, 0)
})

test('a certificate of the device comes with a proof that is kept, and is replaced in time', async t => {
  const { h, d } = await scene(t, { OSVersion: '17.0' })
  await d.desire([{ kind: 'identity', instance: 'VPN', value: { name: 'VPN', source: 'built-in' } }])
  const legacy = async () => (await d.fetchAll()).find(x => x.Type === 'com.apple.configuration.legacy')
  const before = await legacy()
  const first = await d.get(String(before?.Payload.ProfileURL))
  const scep = (file: Uint8Array): Dict => dict((dict(decode(file)).PayloadContent as Dict[])[0])
  const challenge = str(dict(scep(first.bytes).PayloadContent), 'Challenge')
  assert.ok(challenge && challenge.length > 20)
  assert.deepEqual((await d.get(String(before?.Payload.ProfileURL))).bytes, first.bytes, 'the same proof again')
  const signer = h.given.scepIdentity()
  const { certificates } = await h.given.scep({ signer, challenge })
  assert.equal(certificates?.length, 1)
  // It proves who the device is to others; it is not the identity it is managed by.
  const forged = await d.phone.report(
    { Status: 'Idle' },
    { by: { key: signer.key, der: certificates?.[0] ?? new Uint8Array() } },
  )
  assert.equal(forged.status, 403)
  h.pass(91 * 24 * 3_600_000)
  await h.settle()
  assert.equal((await legacy())?.ServerToken, before?.ServerToken, 'not yet')
  h.pass(160 * 24 * 3_600_000)
  await h.settle()
  const after = await legacy()
  assert.notEqual(after?.ServerToken, before?.ServerToken)
  const renewed = await d.get(String(after?.Payload.ProfileURL))
  assert.notEqual(str(dict(scep(renewed.bytes).PayloadContent), 'Challenge'), challenge)
  assert.notEqual(scep(renewed.bytes).PayloadUUID, scep(first.bytes).PayloadUUID)
})
