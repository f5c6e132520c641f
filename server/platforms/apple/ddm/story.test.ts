import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import * as blueprints from '../../../areas/blueprints/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import { listening } from '../../../testing/listening.ts'

const keys = await keysForTests(12)

const camera = { kind: 'restrictions', value: { camera: false } }
const passcode = { kind: 'passcode', value: { required: true, minLength: 6 } }

async function town(t: TestContext) {
  const h = await listening(t, {})
  await h.given.pushCertificate()
  let seed = 900
  const enrolled = async (options: apple.DeviceOptions = {}) => {
    seed += 1
    const one = apple.device({ seed, keys, careless: true, ...options })
    t.after(() => apple.putAway(one))
    const { path } = await h.given.invitation({ uses: null })
    await apple.enroll(one, { profileUrl: `${h.url}${path}/profile` })
    const [held] = await h.run(ctx => enrollment.claimed(ctx, one.hardware.udid))
    const id = held?.enrollment.id ?? ''
    const states = async () =>
      Object.fromEntries((await h.run(ctx => reconcile.statusOf(ctx, id))).map(s => [s.item, `${s.state} ${s.via}`]))
    /** It calls until it has nothing more to do. */
    const call = async (): Promise<void> => {
      await apple.connect(one)
      await apple.settled(one)
      await apple.connect(one)
      await apple.settled(one)
    }
    await h.settle()
    return { one, call, states }
  }
  return { h, enrolled }
}

test('a phone takes native and legacy declarations for real, loses them when they are taken away, and keeps nothing', async t => {
  const { h, enrolled } = await town(t)
  const { one, call, states } = await enrolled({ model: 'iPhone 17', osVersion: '27.0' })
  const { blueprint } = await h.given.assigned({ policies: [camera, passcode] })
  await h.settle()
  await call()
  assert.deepEqual(await states(), { passcode: 'installed declarations', restrictions: 'installed legacy' })
  assert.deepEqual(one.ledger.troubles, [])
  await h.run(ctx => blueprints.changeBlueprint(ctx, blueprint, { items: [] }))
  await h.settle()
  await call()
  assert.deepEqual(await states(), {})
  assert.deepEqual(one.ledger.troubles, [])
})

test('an old iPad takes the same as profiles', async t => {
  const { h, enrolled } = await town(t)
  const { one, call, states } = await enrolled({ model: 'iPad15,7', osVersion: '15.8' })
  await h.given.assigned({ policies: [camera, passcode] })
  await h.settle()
  await call()
  assert.deepEqual(await states(), { passcode: 'installed profile', restrictions: 'installed profile' })
  assert.deepEqual(one.ledger.troubles, [])
})

test('a declaration that the device refuses fails its item and no other', async t => {
  const { h, enrolled } = await town(t)
  const { one, call, states } = await enrolled({ model: 'iPhone 17', osVersion: '27.0' })
  apple.misbehave(one, { does: 'refuse-declaration', on: 'com.apple.configuration.passcode.settings', times: Infinity })
  await h.given.assigned({ policies: [camera, passcode] })
  await h.settle()
  await call()
  assert.deepEqual(await states(), { passcode: 'failed declarations', restrictions: 'installed legacy' })
})

test('what someone deletes by hand is noticed and put back', async t => {
  const { h, enrolled } = await town(t)
  const { one, call, states } = await enrolled({ model: 'iPad15,7', osVersion: '15.8' })
  await h.given.assigned({ policies: [camera] })
  await h.settle()
  await call()
  const identifier = [...one.interior.profiles.keys()].find(id => id.startsWith('muster.item.'))
  assert.ok(identifier)
  apple.removeByHand(one, identifier)
  h.pass(36 * 3_600_000)
  await h.settle()
  await call()
  assert.equal((await states()).restrictions, 'installed profile')
  assert.ok([...one.interior.profiles.keys()].includes(identifier), 'it is back')
  const events = await h.events()
  assert.ok(events.includes('item.drifted') && events.includes('item.repaired'))
})
