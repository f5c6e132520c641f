import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import * as devices from './index.ts'
import { lookOn } from './tag-rule.ts'

const rule = (h: House, wish: Partial<devices.TagRuleWish> = {}) =>
  h.run(ctx => devices.addTagRule(ctx, { name: 'Old', tag: 'Old', filter: 'os<18', unit: h.root.id, ...wish }))

const tags = (h: House, id: string) => h.run(ctx => devices.tagsOf(ctx, id))

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'taken'
  } catch (problem) {
    return (problem as { code: string }).code
  }
}

test('a rule tags the devices it matches, and a device gains and loses the tag with what it says', async t => {
  const h = await house(t)
  const old = await h.given.device({ osVersion: '17.1' })
  const fresh = await h.given.device({ osVersion: '18.1' })
  await rule(h)
  await h.settle()
  assert.deepEqual([await tags(h, old.id), await tags(h, fresh.id)], [['Old'], []])
  await h.run(ctx => devices.learn(ctx, old.id, 'test', { 'os.version': '18.2' }))
  assert.deepEqual(await tags(h, old.id), [])
  await h.run(ctx => devices.learn(ctx, fresh.id, 'test', { 'os.version': '17.0' }))
  assert.deepEqual(await tags(h, fresh.id), ['Old'])
  assert.deepEqual(
    (await h.events()).filter(e => e.includes('tag')),
    ['tag-rule.added', 'device.tagged', 'device.tagged', 'device.tagged'],
  )
})

test('the timeline of a device names the rule that tagged it', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { id } = await h.given.device({ osVersion: '17.1' })
  await rule(h, { name: 'Old systems' })
  await h.settle()
  const { body } = await h.http('GET', `/api/v1/devices/${id}/timeline`, { as: key })
  const [tagged] = body.items
  assert.partialDeepStrictEqual(tagged, { type: 'device.tagged', data: { added: ['Old'], ruleNames: ['Old systems'] } })
})

test('a rule over a fact follows the fact, whatever the case of its key', async t => {
  const h = await house(t)
  const { id } = await h.given.device({ facts: { 'battery.isCharging': false } })
  await rule(h, { tag: 'Charging', filter: 'fact.battery.ischarging:yes' })
  await h.settle()
  assert.deepEqual(await tags(h, id), [])
  await h.run(ctx => devices.learn(ctx, id, 'test', { 'battery.isCharging': true }))
  assert.deepEqual(await tags(h, id), ['Charging'])
})

test('a tag given by hand and by a rule stays until both let go of it', async t => {
  const h = await house(t)
  const device = await h.given.device({ osVersion: '17.1', tags: ['old', 'Spare'] })
  const { id: one } = await rule(h)
  await h.settle()
  assert.deepEqual(await tags(h, device.id), ['old', 'Spare'])
  await h.run(ctx => devices.setTags(ctx, device, ['Spare']))
  assert.deepEqual(await tags(h, device.id), ['old', 'Spare'])
  await h.run(ctx => devices.setTags(ctx, device, []))
  assert.deepEqual(await tags(h, device.id), ['old'], 'what a rule gives is not taken by hand')
  await h.run(ctx => devices.removeTagRule(ctx, one))
  await h.settle()
  assert.deepEqual(await tags(h, device.id), [])
  assert.deepEqual(await h.run(ctx => devices.listTagRules(ctx)), [])
  const left = await h.run(ctx => ctx.tx.selectFrom('tag_rules').select('id').execute())
  assert.deepEqual(left, [])
})

test('two rules may give one tag; it goes with the last', async t => {
  const h = await house(t)
  const { id } = await h.given.device({ osVersion: '17.1' })
  const first = await rule(h)
  await rule(h, { name: 'Also', filter: 'model:iphone' })
  await h.settle()
  await h.run(ctx => devices.removeTagRule(ctx, first.id))
  await h.settle()
  assert.deepEqual(await tags(h, id), ['Old'])
})

test('a rule reaches no device outside its unit, and a device that moves out loses its tag', async t => {
  const h = await house(t)
  const [tokyo, lyon] = [await h.given.unit({ name: 'Tokyo' }), await h.given.unit({ name: 'Lyon' })]
  const inside = await h.given.device({ unit: tokyo.id })
  const outside = await h.given.device({ unit: lyon.id })
  await rule(h, { filter: '', tag: 'Here', unit: tokyo.id })
  await h.settle()
  assert.deepEqual([await tags(h, inside.id), await tags(h, outside.id)], [['Here'], []])
  await h.run(ctx => devices.change(ctx, inside.id, { unit: lyon.id }))
  assert.deepEqual(await tags(h, inside.id), [])
})

test('a changed rule is looked through again: another tag, another filter, another unit', async t => {
  const h = await house(t)
  const tokyo = await h.given.unit({ name: 'Tokyo' })
  const [a, b] = [await h.given.device({ osVersion: '17.1' }), await h.given.device({ unit: tokyo.id })]
  const { id } = await rule(h)
  await h.settle()
  const change = async (wish: Partial<devices.TagRuleWish>) => {
    await h.run(ctx => devices.changeTagRule(ctx, id, wish))
    await h.settle()
    return [await tags(h, a.id), await tags(h, b.id)]
  }
  assert.deepEqual(await change({ tag: 'Ancient' }), [['Ancient'], []])
  assert.deepEqual(await change({ filter: 'os>=17' }), [['Ancient'], ['Ancient']])
  assert.deepEqual(await change({ unit: tokyo.id }), [[], ['Ancient']])
  const [listed] = await h.run(ctx => devices.listTagRules(ctx))
  assert.deepEqual([listed?.looked, listed?.devices], [null, 1])
})

test('a unit named in a rule is meant even when it is renamed, and a unit that moves takes rules along', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const [tokyo, asia] = [await h.given.unit({ name: 'Tokyo' }), await h.given.unit({ name: 'Asia' })]
  const { id } = await h.given.device({ unit: tokyo.id })
  await rule(h, { filter: 'unit:tokyo', tag: 'T' })
  await rule(h, { filter: '', tag: 'U', unit: tokyo.id })
  await rule(h, { filter: 'unit:asia', tag: 'A' })
  await h.settle()
  await h.http('PATCH', `/api/v1/units/${tokyo.id}`, { as: key, body: { name: 'Edo' } })
  await h.http('PATCH', `/api/v1/units/${tokyo.id}`, { as: key, body: { parent: asia.id } })
  await h.settle()
  assert.deepEqual(await tags(h, id), ['A', 'T', 'U'])
  assert.deepEqual((await h.http('DELETE', `/api/v1/units/${tokyo.id}`, { as: key })).body.holds, [
    'devices',
    'tag-rules',
  ])
})

test('what time alone would change, tags, words and unknown units are refused', async t => {
  const h = await house(t)
  assert.equal(await refusal(rule(h, { filter: 'seen>14d' })), 'tag-rule.time-field')
  assert.equal(await refusal(rule(h, { filter: '-enrolled<1d' })), 'tag-rule.time-field')
  assert.equal(await refusal(rule(h, { filter: 'tag:x' })), 'tag-rule.tag-field')
  assert.equal(await refusal(rule(h, { filter: 'iphone' })), 'filter.malformed')
  assert.equal(await refusal(rule(h, { filter: 'platform:palm' })), 'filter.malformed')
  assert.equal(await refusal(rule(h, { filter: 'color:red' })), 'filter.field-unknown')
  assert.equal(await refusal(rule(h, { filter: 'unit:Nowhere' })), 'tag-rule.unit-unknown')
  assert.deepEqual(await h.events(), [])
})

test('looking through stops and goes on where it was', async t => {
  const h = await house(t)
  const ids: string[] = []
  for (let n = 0; n < 5; n += 1) ids.push((await h.given.device({ osVersion: '17.1' })).id)
  const tagged = await h.run(async ctx => {
    const { id } = await devices.addTagRule(ctx, { name: 'Old', tag: 'Old', filter: 'os<18', unit: h.root.id })
    assert.equal(await lookOn(ctx, id, 2), true)
    const [half] = await devices.listTagRules(ctx)
    return [half?.looked, half?.devices]
  })
  assert.deepEqual(tagged, [2, 2])
  await h.settle()
  for (const id of ids) assert.deepEqual(await tags(h, id), ['Old'])
})

test('a shared device belongs to nobody', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const hana = await h.given.user()
  const { id } = await h.given.device({ user: hana.id })
  const patch = (body: object) => h.http('PATCH', `/api/v1/devices/${id}`, { as: key, body })
  assert.equal((await patch({ shared: true })).status, 200)
  const page = async () => (await h.http('GET', `/api/v1/devices?filter=shared:yes`, { as: key })).body.items
  assert.deepEqual(
    (await page()).map((d: { id: string; user: unknown; shared: boolean }) => [d.id, d.user, d.shared]),
    [[id, null, true]],
  )
  assert.equal((await patch({ user: hana.id })).body.code, 'device.shared')
  assert.equal((await patch({ shared: false, user: hana.id })).status, 200)
  assert.deepEqual(await page(), [])
  assert.deepEqual(
    (await h.events()).filter(e => /assigned|changed/.test(e)),
    ['device.assigned', 'device.changed', 'device.assigned', 'device.changed'],
  )
})
