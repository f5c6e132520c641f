import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventTypes } from '../../base/events.ts'
import '../../main.ts'
import { nothing, touchOf } from './touch.ts'

const id = (noun: string, n: number): string => `${noun}_${String(n).padStart(32, '0')}`
const touch = (type: string, about: string, data: Record<string, unknown> = {}, path = '/u/') =>
  touchOf({ type, about: { kind: 'x', id: about }, path, data })

test('an event touches those it names: devices, people, units, or what reaches devices', () => {
  const [dev, usr, pol, blu, asg, rol] = [
    id('dev', 1),
    id('usr', 1),
    id('pol', 1),
    id('blu', 1),
    id('asg', 1),
    id('rol', 1),
  ]
  assert.deepEqual(touch('device.moved', dev, { before: 'a', now: 'b' }), { ...nothing, devices: [dev] })
  assert.deepEqual(touch('device.described', dev, { fields: ['osVersion'] }), {
    ...nothing,
    devices: [dev],
    described: [dev],
  })
  assert.deepEqual(touch('user.changed', usr), { ...nothing, users: [usr] })
  assert.deepEqual(touch('group.membersChanged', id('grp', 1), { users: [usr] }), { ...nothing, users: [usr] })
  assert.deepEqual(touch('unit.moved', id('unt', 1), {}, '/a/b/'), { ...nothing, paths: ['/a/b/'] })
  assert.deepEqual(touch('policy.versioned', pol, { policy: pol }), { ...nothing, sources: [pol] })
  assert.deepEqual(touch('assignment.removed', id('unt', 1), { assignment: asg, blueprint: blu })?.sources, [
    id('unt', 1),
    asg,
    blu,
  ])
  assert.deepEqual(touch('rollout.advanced', pol, { rollout: rol }), { ...nothing, sources: [pol, rol] })
  // A trial is on one device, though it names a policy that thousands have.
  assert.deepEqual(touch('trial.begun', dev, { policy: pol }), { ...nothing, devices: [dev] })
})

test('what changes nothing on devices touches nobody', () => {
  for (const type of [
    'policy.changed',
    'policy.added',
    'rollout.paused',
    'command.done',
    'desired.changed',
    'item.failed',
  ])
    assert.equal(touch(type, id('pol', 1)), null, type)
  assert.equal(touch('blueprint.changed', id('blu', 1), { fields: ['name'] }), null)
  assert.notEqual(touch('blueprint.changed', id('blu', 1), { fields: ['name', 'items'] }), null)
})

test('every type of event that is listened to can happen', () => {
  const known = new Set(eventTypes())
  for (const type of [
    'account.joined',
    'account.left',
    'assignment.added',
    'assignment.changed',
    'assignment.removed',
    'blueprint.changed',
    'blueprint.removed',
    'device.assigned',
    'device.changed',
    'device.described',
    'device.merged',
    'device.moved',
    'device.renamed',
    'device.tagged',
    'enrollment.activated',
    'enrollment.ended',
    'group.membersChanged',
    'policy.versioned',
    'rollout.advanced',
    'rollout.stopped',
    'secret.rotated',
    'trial.begun',
    'trial.ended',
    'unit.moved',
    'unit.renamed',
    'user.changed',
    'user.removed',
  ]) {
    assert.ok(known.has(type), type)
    const said = { fields: ['items'], users: [] }
    assert.notEqual(touch(type, id('dev', 1), said), null, type)
  }
})
