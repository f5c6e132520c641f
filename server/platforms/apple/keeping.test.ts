import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { typeOf } from '../../areas/privacy/index.ts'
import { queriesFor } from './commands/queries.ts'
import { askable, stripAnswer, stripStatus, typeOfKey, typeOfStatus } from './keeping.ts'

// What people do rather than what devices are, said so on purpose; everything else must have been thought about.
const habits = ['identity.timeZone', 'security.lastCloudBackup', 'other.doNotDisturb']
const habitQueries = ['TimeZone', 'LastCloudBackupDate', 'IsDoNotDisturbInEffect', 'AccessibilitySettings']

test('every fact the platform knows by name has a kind of its own', () => {
  const files = ['facts.ts', 'ddm/status-items.ts', 'commands/lost-mode.ts', 'ddm/stall.ts']
  const text = files.map(f => readFileSync(join(import.meta.dirname, f), 'utf8')).join('\n')
  const groups = 'identity|os|storage|battery|network|cellular|security|other|ddm'
  const keys = new Set([...text.matchAll(new RegExp(`'((?:${groups})\\.[A-Za-z]+)'`, 'g'))].map(m => m[1] ?? ''))
  assert.ok(keys.size > 80, `${keys.size} found`)
  const unclassed = [...keys].filter(k => typeOf(k) === 'usage' && !habits.includes(k))
  assert.deepEqual(unclassed, [])
})

test('every question of an inventory has a kind, and only what may be kept is asked', () => {
  const all = [...new Set(['ios', 'macos', 'tvos'].flatMap(queriesFor))]
  assert.deepEqual(
    all.filter(q => typeOfKey(q) === 'usage').filter(q => !habitQueries.includes(q)),
    [],
  )
  const asked = askable(all, type => type === 'system')
  assert.ok(asked.includes('OSVersion') && !asked.includes('PhoneNumber') && !asked.includes('WiFiMAC'))
})

test('an answer keeps what its keys may tell, at any depth', () => {
  const said = {
    QueryResponses: {
      OSVersion: '27',
      PhoneNumber: '1',
      Strange: 'x',
      ServiceSubscriptions: [{ PhoneNumber: '1', ICCID: '2' }],
    },
    Latitude: 35,
  }
  assert.deepEqual(
    stripAnswer('', said, type => type === 'system'),
    { QueryResponses: { OSVersion: '27' } },
  )
  assert.deepEqual(
    stripAnswer('', said, type => type === 'system' || type === 'cellular'),
    {
      QueryResponses: { OSVersion: '27', ServiceSubscriptions: [{ ICCID: '2' }] },
    },
  )
  assert.equal(
    stripAnswer('InstalledApplicationList', [{ Name: 'x' }], type => type === 'apps'),
    null,
  )
  assert.deepEqual(
    stripAnswer('InstalledApplicationList', [{ Name: 'x' }], () => true),
    [{ Name: 'x' }],
  )
})

test('status items are kept by kind; of a device of somebody only those that were asked for, and only plain ones', () => {
  const tree = {
    device: { 'operating-system': { version: '27' }, location: { latitude: 1 } },
    account: { list: { google: [{ username: 'h' }] } },
    softwareupdate: { 'pending-version': { note: 'x' } },
  }
  assert.equal(typeOfStatus('account.list.google'), 'accounts')
  assert.equal(typeOfStatus('device.location.latitude'), 'usage')
  assert.deepEqual(
    stripStatus(tree, type => type === 'system', null),
    {
      device: { 'operating-system': { version: '27' }, location: {} },
      softwareupdate: { 'pending-version': { note: 'x' } },
    },
  )
  const asked = ['device.operating-system.version', 'softwareupdate.pending-version']
  assert.deepEqual(
    stripStatus(tree, () => true, asked),
    { device: { 'operating-system': { version: '27' } } },
  )
})
