import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as devices from '../devices/index.ts'
import { type House, house } from '../../testing/house.ts'
import { everythingStored } from '../../testing/planted.ts'
import { hold, free } from './hold.ts'
import { startPrivacy } from './daily.ts'
import { sweepOn } from './pass.ts'
import { putPass } from './pass-store.ts'

const day = 24 * 3_600_000
const phone = '+81-90-5555-0142'
const app = 'com.example.dating'

/** A device of the company that has told its number, its apps and who signs in. */
async function known(t: TestContext): Promise<{ h: House; id: string }> {
  const h = await house(t)
  const { device } = await h.given.enrolled()
  await h.run(async ctx => {
    const facts = {
      'cellular.phoneNumber': phone,
      'cellular.iccid': ['8981100022313'],
      'os.version': '27.0',
      'other.Note': 'private',
    }
    await devices.learn(ctx, device.id, 'DeviceInformation', facts)
    await devices.reportList(ctx, device.id, 'apps', [
      { identifier: app },
      { identifier: 'com.example.work', managed: true },
    ])
    await devices.report(ctx, device.id, 'DeviceInformation', { PhoneNumber: phone, OSVersion: '27.0' })
    await devices.sightedAccount(ctx, device.id, { kind: 'mac', key: 'u1', shortName: 'hana.private' })
  })
  await h.settle()
  return { h, id: device.id }
}

const planted = [phone, app, 'hana.private', '8981100022313', 'private'] as const

async function found(h: House): Promise<string[]> {
  const rows = (await everythingStored(h)).filter(r => r.table !== 'events')
  return planted.filter(text => rows.some(r => r.text.includes(text)))
}

/** Lets the log be followed, and what follows from it be done. */
async function quiet(h: House): Promise<void> {
  for (let i = 0; i < 3; i += 1) await h.settle()
}

test('a device that becomes somebody’s own forgets what was known of the person, and the log says how much', async t => {
  const { h, id } = await known(t)
  assert.deepEqual(await found(h), [...planted], 'it was known before')
  await h.run(ctx => devices.change(ctx, id, { ownership: 'personal' }))
  await quiet(h)
  assert.deepEqual(await found(h), [])
  const apps = await h.run(ctx => devices.listOf(ctx, id, 'apps'))
  assert.deepEqual(apps?.value, [{ identifier: 'com.example.work', managed: true }], 'what the org put there stays')
  assert.equal((await h.run(ctx => devices.factRecord(ctx, id)))['os.version'], '27.0')
  const told = await h.run(({ tx }) =>
    tx.selectFrom('events').select(['data', 'about_id']).where('type', '=', 'privacy.deleted').execute(),
  )
  const all = told.map(e => ({
    ...(JSON.parse(String(e.data)) as { type: string; count: number; hash: string; why: string }),
    about: e.about_id,
  }))
  for (const type of ['phone-number', 'apps', 'accounts', 'cellular', 'usage'])
    assert.ok(
      all.some(
        e => e.type === type && e.count > 0 && /^[0-9a-f]{64}$/.test(e.hash) && e.why === 'charter' && e.about === id,
      ),
      type,
    )
})

test('what was not told anew is deleted when its days are over, unless a hold says otherwise', async t => {
  const { h, id } = await known(t)
  const device = await h.run(ctx => devices.get(ctx, id))
  await h.run(ctx => hold(ctx, device, { reason: 'a case at court' }))
  h.pass(200 * day)
  await startPrivacy(h.base)
  await quiet(h)
  assert.ok((await found(h)).includes(phone), 'held')
  await h.run(ctx => free(ctx, device))
  await startPrivacy(h.base)
  await quiet(h)
  const left = await found(h)
  assert.ok(!left.includes(phone) && !left.includes(app), left.join())
  assert.equal((await h.run(ctx => devices.factRecord(ctx, id)))['os.version'], '27.0')
  const types = await h.events()
  assert.deepEqual(
    types.filter(e => e === 'privacy.held' || e === 'privacy.freed'),
    ['privacy.held', 'privacy.freed'],
  )
  assert.ok(types.includes('privacy.deleted'))
})

test('a pass that is cut off goes on where it was, and nothing is deleted twice', async t => {
  const { h } = await known(t)
  for (let i = 0; i < 55; i += 1) {
    const device = await h.given.device()
    await h.run(ctx => devices.learn(ctx, device.id, 'x', { 'cellular.phoneNumber': phone }))
  }
  h.pass(200 * day)
  await h.run(ctx => putPass(ctx, 'age'))
  assert.equal(await h.run(sweepOn), true)
  const place = await h.run(({ tx }) => tx.selectFrom('privacy_passes').select('after').executeTakeFirstOrThrow())
  assert.notEqual(place.after, '', 'the first page is done and known to be')
  // The transaction of the next page is lost: nothing of it happened.
  await assert.rejects(
    h.run(async ctx => {
      await sweepOn(ctx)
      throw new Error('killed')
    }),
  )
  const again = await h.run(({ tx }) => tx.selectFrom('privacy_passes').select('after').executeTakeFirstOrThrow())
  assert.equal(again.after, place.after)
  while (await h.run(sweepOn));
  assert.ok(!(await found(h)).includes(phone))
  const told = await h.run(({ tx }) =>
    tx.selectFrom('events').select('data').where('type', '=', 'privacy.deleted').execute(),
  )
  const count = told
    .map(e => JSON.parse(String(e.data)) as { type: string; count: number })
    .filter(e => e.type === 'phone-number')
    .reduce((sum, e) => sum + e.count, 0)
  assert.equal(count, 2 * 56, 'each number once, and once what it had been')
})
