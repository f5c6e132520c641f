import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { openCatalog } from './open.ts'
import { faultsOf, inClear, type Recipient, refusalOf, targetsOf } from './order.ts'

const catalog = openCatalog(family =>
  JSON.parse(readFileSync(new URL(`./data/${family}.json`, import.meta.url), 'utf8')),
)
const command = (id: string) => catalog.find('command', id) ?? assert.fail(id)
const phone: Recipient = {
  platform: 'ios',
  osVersion: '18.1',
  supervised: true,
  enrollment: 'device',
  shared: undefined,
  rights: null,
  account: false,
}
const why = (id: string, more: Partial<Recipient> = {}) =>
  refusalOf(command(id), { ...phone, ...more })?.reason ?? 'can'

test('a refusal needs something that is known against the device', () => {
  assert.equal(why('DeviceLock'), 'can')
  assert.equal(why('DeviceLock', { rights: 4 }), 'can')
  assert.equal(why('DeviceLock', { rights: 8191 & ~4 }), 'access-right')
  assert.equal(why('DeviceLock', { rights: 0, enrollment: 'user-enrollment' }), 'can')
  assert.equal(why('EraseDevice', { enrollment: 'user-enrollment' }), 'user-enrollment')
  assert.equal(why('DeviceLock', { platform: 'macos', account: true }), 'device-channel-only')
  assert.equal(why('RestartDevice', { supervised: null }), 'can')
  assert.equal(why('RestartDevice', { supervised: false }), 'not-supervised')
  assert.equal(why('RefreshCellularPlans', { osVersion: null }), 'can')
  assert.equal(why('ScheduleOSUpdate', { osVersion: '27.0' }), 'removed')
  assert.equal(why('DeviceLock', { platform: 'linux' }), 'can')
  assert.deepEqual(targetsOf({ ...phone, platform: 'linux' }), [])
})

test('an iPad that has not said whether it is shared is taken for either', () => {
  const pad = { platform: 'ipados' } as const
  assert.equal(why('UserList', pad), 'can')
  assert.equal(why('ClearPasscode', pad), 'can')
  assert.equal(why('UserList', { ...pad, shared: false }), 'needs-shared-ipad')
  assert.equal(why('ClearPasscode', { ...pad, shared: true }), 'shared-ipad')
  assert.equal(why('ClearPasscode', { ...pad, enrollment: 'shared-ipad' }), 'shared-ipad')
})

test('secrets that were typed are written out; what is filled in later is a fault', () => {
  const lock = { PIN: { $newSecret: '123456' } }
  assert.deepEqual(inClear(command('DeviceLock'), lock), { PIN: '123456' })
  assert.deepEqual(faultsOf(command('DeviceLock'), { PIN: '123456' }), [])
  const clear = inClear(command('ClearPasscode'), { UnlockToken: { $newSecret: 'AQI=' } })
  assert.deepEqual(clear, { UnlockToken: { $data: 'AQI=' } })
  for (const later of [{ $newSecret: 'x' }, { $secret: 'sec_1' }, { $var: 'user.email' }, { $text: ['a'] }]) {
    const [fault] = faultsOf(command('DeviceLock'), { PIN: later })
    assert.deepEqual([fault?.severity, fault?.code, fault?.path], ['error', 'form-misplaced', '/PIN'])
  }
})
