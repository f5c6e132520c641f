import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agentModes } from '@muster/wire/agent/messages.ts'
import { matrixKeys, matrixKinds, matrixOrders, orderAbility, settingAbility } from '@muster/wire/android/matrix.ts'
import type { Subject } from '../../areas/commands/index.ts'
import { offerKinds, offerRoad, ours } from '../../areas/policies/index.ts'
import type { Carrier } from '../../areas/reconcile/index.ts'
import { carrier } from './carrier.ts'
import { kinds } from './commands/kinds.ts'
import { road } from './road.ts'

offerKinds(ours)
offerRoad(road)

test('the matrix speaks of every key of every kind of ours on both roads, and of no others', () => {
  assert.deepEqual(
    [...matrixKinds].toSorted(),
    ours
      .list()
      .map(k => k.kind)
      .toSorted(),
  )
  for (const kind of ours.list()) {
    const keys = kind.settings?.() ?? []
    for (const column of ['agent', 'google'] as const)
      for (const key of ['', ...keys]) {
        const ability = settingAbility(column, kind.kind, key)
        assert.ok(ability, `${kind.kind} ${key}`)
        if ('not' in ability) continue
        if (key !== '' && !matrixKeys(kind.kind).includes(key)) continue
        assert.ok(ability.modes.length > 0 && ability.api >= 21, `${kind.kind} ${key}`)
        // What some road can do, the system is said to know.
        assert.notEqual(kind.honors('android', key)?.reason, 'no-such-setting', `${column} ${kind.kind} ${key}`)
      }
    assert.deepEqual(
      matrixKeys(kind.kind).filter(key => !keys.includes(key)),
      [],
      kind.kind,
    )
  }
})

test('an order is offered exactly where the matrix says that an agent can carry it out', () => {
  assert.deepEqual([...matrixOrders].toSorted(), kinds.map(k => k.kind).toSorted())
  for (const kind of kinds)
    for (const mode of agentModes) {
      const ability = orderAbility('agent', kind.kind)
      assert.ok(ability && !('not' in ability))
      const facts = { 'os.apiLevel': 36, 'security.lostMode': true, 'security.resetToken': true, 'agent.sought': true }
      const device = { platform: 'android', ownership: mode === 'work-profile' ? 'personal' : 'company' }
      const on = { device, enrollment: { kind: mode, platform: 'agent' }, account: '', facts } as unknown as Subject
      assert.equal(kind.eligible(on) === true, ability.modes.includes(mode), `${kind.kind} ${mode}`)
    }
})

test('what a device cannot take is known by its mode and version, with the code the agent would say', () => {
  const against = (kind: string, value: object, mode: string, osVersion: string | null = '16') => {
    const target = { platform: 'android', osVersion, supervised: null, ownership: 'company' }
    const asked = [
      { kind, value },
      { target, enrollmentKind: mode },
    ] as unknown as Parameters<Carrier['place']>
    const placed = carrier.place(...asked)
    return typeof placed === 'string' ? placed : placed.unsupported.code
  }
  assert.equal(against('kiosk', { apps: ['a.b'] }, 'dedicated'), 'device')
  assert.equal(against('kiosk', { apps: ['a.b'] }, 'work-profile'), 'agent.management-mode')
  assert.equal(against('private-dns', { mode: 'automatic' }, 'fully-managed', '9'), 'agent.api-level')
  assert.equal(against('private-dns', { mode: 'automatic' }, 'fully-managed', null), 'device')
  assert.equal(against('managed-domains', { web: ['a.b'] }, 'fully-managed'), 'honor.no-such-setting')
  assert.equal(against('restrictions', { camera: false, eraseByUser: false }, 'work-profile'), 'device', 'some can')
  assert.equal(against('restrictions', { eraseByUser: false }, 'work-profile'), 'agent.management-mode')
  assert.equal(against('restrictions', { externalStorage: false }, 'company-profile', '10'), 'agent.api-level')
  assert.equal(against('restrictions', { externalStorage: false }, 'fully-managed', '10'), 'device')
  assert.equal(against('work-and-personal', { daysWorkOff: 5 }, 'company-profile'), 'device')
  assert.equal(against('work-and-personal', { daysWorkOff: 5 }, 'work-profile'), 'agent.management-mode')
  assert.equal(against('accounts', { personalBlockedTypes: ['a.b'] }, 'company-profile', '10'), 'agent.api-level')
  assert.equal(against('web-filter', { blocked: ['a.b'] }, 'fully-managed'), 'agent.not-built')
  assert.equal(against('vpn', { server: 'a' }, 'fully-managed'), 'agent.no-such-setting')
})
