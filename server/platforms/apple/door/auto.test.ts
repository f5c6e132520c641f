import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as apple from '@muster/simulator/apple/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { createOrg } from '../../../areas/identity/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import { everything } from '../../../base/authority.ts'
import { doorsFor } from '../../../testing/given-doors.ts'

const failsWith = (status: number) => (error: unknown) =>
  error instanceof apple.EnrollmentFailed && error.step === 'profile' && error.status === status

test('a promised device enrolls out of its box, waits, and goes on when everything is there', async t => {
  const { h, authority, promise, rest } = await doorsFor(t)
  const unit = await h.given.unit({ name: 'School' })
  const { machine, promised, setup, entry } = await promise({ unit: unit.id })
  assert.equal(entry.state, 'promised')
  await apple.boot(machine, { promised, authority })
  assert.equal(machine.interior.awaitingConfiguration, true)
  assert.equal(machine.interior.supervised, true)
  const [claimed] = await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))
  const id = claimed?.enrollment.device ?? ''
  assert.partialDeepStrictEqual(await h.run(ctx => devices.get(ctx, id)), { unit: unit.id, ownership: 'company' })
  const begun = await h.run(ctx => enrollment.runOf(ctx, id))
  assert.partialDeepStrictEqual(begun, { state: 'running', until: h.now() + setup.awaitMinutes * 60_000 })
  await rest([machine])
  assert.equal(machine.interior.awaitingConfiguration, false)
  assert.partialDeepStrictEqual(await h.run(ctx => enrollment.runOf(ctx, id)), { state: 'ready' })
  const known = await h.run(ctx => roster.expected(ctx, machine.hardware.serial))
  assert.partialDeepStrictEqual(known, { state: 'enrolled', device: id })
  const told = (await h.events()).filter(e => /^(enrollment|setup)\.(started|activated|began|ended)/.test(e))
  assert.deepEqual(told, ['enrollment.started', 'enrollment.activated', 'setup.began', 'setup.ended'])
})

test('what a device says of itself counts only when Apple vouches for who signed it', async t => {
  const { h, authority, promise } = await doorsFor(t)
  const { machine, promised } = await promise()
  const before = (await h.events()).length
  const forger = apple.birthAuthority('Simulated Device CA')
  await assert.rejects(apple.boot(machine, { promised, authority: forger }), failsWith(403))
  const refusals = (await h.events()).slice(before).filter(e => e.startsWith('enrollment.'))
  assert.deepEqual(refusals, ['enrollment.refused'])
  const signed = await apple.signedMachine(machine, { authority })
  const altered = Buffer.from(signed)
  const at = altered.indexOf(machine.hardware.serial)
  assert.ok(at > 0)
  altered[at] = altered[at] === 65 ? 66 : 65
  assert.equal((await apple.postBefore(machine, promised.url, altered)).status, 400)
  assert.equal((await apple.postBefore(machine, promised.url, Buffer.from('no signature'))).status, 400)
  assert.equal((await apple.postBefore(machine, promised.url, new Uint8Array())).status, 403)
  // The same bytes, as they were signed, are let in.
  assert.equal((await apple.postBefore(machine, promised.url, signed)).status, 200)
})

test('a device that nobody promised is not let in, nor one promised to another org', async t => {
  const { h, authority, promise, unpack } = await doorsFor(t)
  const { promised } = await promise()
  const stranger = unpack()
  await assert.rejects(apple.boot(stranger, { promised, authority }), failsWith(403))
  const { org, root } = await createOrg(h.base, { name: 'Elsewhere' })
  const actor = { kind: 'system', id: null, what: 'test' } as const
  const secret = await h.as({ org, actor, authority: everything }, async ctx => {
    const wish = { name: 'Theirs', platform: 'apple', unit: root.id, body: roster.setupBody.parse({}) }
    return roster.setupSecret(ctx, await roster.addSetup(ctx, wish))
  })
  const theirs = { ...promised, url: promised.url.replace(/[^/]+$/, secret) }
  const { machine } = await promise()
  await assert.rejects(apple.boot(machine, { promised: theirs, authority }), failsWith(403))
  const unknown = { ...promised, url: promised.url.replace(/[^/]+$/, 'x'.repeat(32)) }
  await assert.rejects(apple.boot(machine, { promised: unknown, authority }), failsWith(400))
})

test('a profile that was given to one device enrolls no other', async t => {
  const { h, authority, promise, unpack } = await doorsFor(t)
  const { machine, promised } = await promise()
  const file = await apple.postBefore(machine, promised.url, await apple.signedMachine(machine, { authority }))
  assert.equal(file.status, 200)
  const thief = unpack()
  await assert.rejects(apple.installEnrollment(thief, file.body, {}), /authenticate.*403/)
  // Not even one that says the serial of the first.
  thief.disguise = { SerialNumber: machine.hardware.serial }
  const again = await apple.postBefore(machine, promised.url, await apple.signedMachine(machine, { authority }))
  await assert.rejects(apple.installEnrollment(thief, again.body, {}), /authenticate.*403/)
  assert.equal((await h.run(ctx => enrollment.claimed(ctx, thief.hardware.udid))).length, 0)
  assert.equal((await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))).length, 0)
})

test('the same signed message enrolls once; asking again because the answer was lost is no theft', async t => {
  const { h, authority, promise } = await doorsFor(t)
  const { machine, promised } = await promise()
  const signed = await apple.signedMachine(machine, { authority })
  assert.equal((await apple.postBefore(machine, promised.url, signed)).status, 200)
  const file = await apple.postBefore(machine, promised.url, signed)
  await apple.installEnrollment(machine, file.body, {})
  assert.equal((await apple.postBefore(machine, promised.url, signed)).status, 403)
  // The device itself signs anew, as after an erase.
  await sleep(1100)
  await apple.boot(machine, { promised, authority })
  const lived = await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))
  assert.deepEqual(
    lived.map(l => l.enrollment.state),
    ['active', 'ended'],
  )
})

test('an old system is updated before it enrolls, where the device can; one that cannot is let in only where that was decided', async t => {
  const { h, authority, promise } = await doorsFor(t)
  const body = { minimumOs: { version: '27.0.1', mode: 'always' } } as const
  const old = await promise({ osVersion: '26.6', body })
  const refusal = await apple.postBefore(
    old.machine,
    old.promised.url,
    await apple.signedMachine(old.machine, { authority }),
  )
  assert.equal(refusal.status, 403)
  assert.partialDeepStrictEqual(JSON.parse(Buffer.from(refusal.body).toString()), {
    code: 'com.apple.softwareupdate.required',
    details: { OSVersion: '27.0.1' },
  })
  await apple.boot(old.machine, { promised: old.promised, authority })
  assert.equal(old.machine.interior.system.version, '27.0.1')
  const wish = { canUpdate: false }
  const stubborn = await promise({ osVersion: '26.6', body })
  await assert.rejects(apple.boot(stubborn.machine, { promised: stubborn.promised, authority, wish }))
  const lenient = await promise({
    osVersion: '26.6',
    body: { minimumOs: { version: '27.0.1', mode: 'when-possible' } },
  })
  await apple.boot(lenient.machine, { promised: lenient.promised, authority, wish })
  const fresh = await promise({ osVersion: '27.0.1', body })
  await apple.boot(fresh.machine, { promised: fresh.promised, authority })
  assert.equal(fresh.machine.interior.restarts, 0)
  assert.equal((await h.run(ctx => enrollment.claimed(ctx, stubborn.machine.hardware.udid))).length, 0)
})

test('whoever sets up a device signs in by a mailed code first, and the device is theirs', async t => {
  const { h, authority, promise, code } = await doorsFor(t)
  const user = await h.given.user({ email: 'ada@havsten.example' })
  const { machine, promised } = await promise({ body: { signIn: 'web' } })
  const person = { address: 'ada@havsten.example', code }
  // The page cannot be passed by.
  await assert.rejects(apple.boot(machine, { promised: { url: promised.url }, authority }), failsWith(403))
  const wrong = { ...person, code: async () => ((await code()) === '111111' ? '222222' : '111111') }
  await assert.rejects(apple.boot(machine, { promised, authority, person: wrong }))
  h.pass(60_000)
  const nobody = { address: 'eve@elsewhere.example', code: async () => '123456' }
  await assert.rejects(apple.boot(machine, { promised, authority, person: nobody }))
  h.pass(60_000)
  await apple.boot(machine, { promised, authority, person })
  const [claimed] = await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))
  assert.equal((await h.run(ctx => devices.get(ctx, claimed?.enrollment.device ?? ''))).user, user.id)
  // A browser cannot open it: it is no device.
  assert.equal((await apple.openBefore(machine, promised.configuration_web_url ?? '')).status, 403)
})

test('Apple Configurator finds a promised device by its serial alone, and no secret is published', async t => {
  const { h, authority, promise, unpack } = await doorsFor(t)
  const { machine } = await promise()
  const { body } = await h.http('GET', '/MDMServiceConfig')
  assert.equal(body.dep_enrollment_url, `${h.url}/enroll/apple/auto`)
  assert.equal(body.trust_profile_url, `${h.url}/trust.mobileconfig`)
  const anchors = await h.http('GET', '/enroll/apple/anchors')
  assert.equal(Buffer.from(anchors.body[0], 'base64')[0], 0x30)
  await apple.boot(machine, { promised: { url: body.dep_enrollment_url }, authority })
  await assert.rejects(apple.boot(unpack(), { promised: { url: body.dep_enrollment_url }, authority }), failsWith(403))
})
