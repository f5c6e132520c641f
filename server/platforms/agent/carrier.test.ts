import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agentModes } from '@muster/wire/agent/messages.ts'
import {
  againstSetting,
  matrixKeys,
  matrixKinds,
  matrixOrders,
  orderAbility,
  settingAbility,
} from '@muster/wire/android/matrix.ts'
import type { Subject } from '../../areas/commands/index.ts'
import { ours } from '../../areas/policies/index.ts'
import { kinds } from './commands/kinds.ts'

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
    for (const road of ['agent', 'google'] as const)
      for (const key of ['', ...keys]) {
        const ability = settingAbility(road, kind.kind, key)
        assert.ok(ability, `${kind.kind} ${key}`)
        if (!('not' in ability)) assert.ok(ability.modes.length > 0 && ability.api >= 21, `${kind.kind} ${key}`)
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
      const facts = { 'os.apiLevel': 36, 'security.lostMode': true, 'security.resetToken': true }
      const device = { platform: 'android', ownership: mode === 'work-profile' ? 'personal' : 'company' }
      const on = { device, enrollment: { kind: mode, platform: 'agent' }, account: '', facts } as unknown as Subject
      assert.equal(kind.eligible(on) === true, ability.modes.includes(mode), `${kind.kind} ${mode}`)
    }
})

test('what a device cannot take is known by its mode and level, with the code the agent would say', () => {
  const on = (mode: string, api: number | null = 36) => ({ mode, api })
  const against = (kind: string, keys: string[], mode: string, api?: number | null) =>
    againstSetting('agent', { kind, keys }, on(mode, api))
  assert.equal(against('kiosk', ['apps'], 'dedicated'), null)
  assert.equal(against('kiosk', ['apps'], 'work-profile'), 'management-mode')
  assert.equal(against('private-dns', ['mode'], 'fully-managed', 28), 'api-level')
  assert.equal(against('private-dns', ['mode'], 'fully-managed', null), null)
  assert.equal(against('managed-domains', ['web'], 'fully-managed'), 'no-such-setting')
  assert.equal(against('restrictions', ['camera', 'eraseByUser'], 'work-profile'), null, 'some of it can')
  assert.equal(against('restrictions', ['eraseByUser'], 'work-profile'), 'management-mode')
  assert.equal(against('android.something', [], 'work-profile'), null, 'none of ours')
})
