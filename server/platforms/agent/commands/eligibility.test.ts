import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agentModes } from '@muster/wire/agent/messages.ts'
import type { Subject } from '../../../areas/commands/index.ts'
import type { Id } from '../../../base/id.ts'
import { kinds } from './kinds.ts'

function subject(
  kind: string,
  facts: Subject['facts'] = {},
  of: { ownership?: string; platform?: string } = {},
): Subject {
  return {
    device: {
      id: 'dev_1' as Id<'device'>,
      name: 'One',
      serial: 'S1',
      platform: of.platform ?? 'android',
      osVersion: '16',
      supervised: null,
      ownership: of.ownership ?? (kind === 'work-profile' ? 'personal' : 'company'),
      state: 'active',
      unitPath: '/unt_1/',
    },
    enrollment: { id: 'enr_1' as Id<'enrollment'>, platform: 'agent', kind, accessRights: null },
    account: '',
    facts,
  }
}

const able = { 'os.apiLevel': 36, 'security.lostMode': true, 'agent.sought': true, 'security.resetToken': true }
const [mode, own, old, notLost] = [
  'command.mode',
  'command.personal-device',
  'command.os-too-old',
  'command.not-in-lost-mode',
]
/** Fully managed, dedicated, company profile, work profile; then what an old system and a device without such facts say. */
const table: Record<string, readonly [string, string, string, string, string, string]> = {
  lock: ['yes', 'yes', 'yes', 'yes', 'yes', 'yes'],
  restart: ['yes', 'yes', mode, own, old, 'yes'],
  'clear-passcode': ['yes', 'yes', 'yes', own, old, 'command.no-unlock-token'],
  'lost-mode.enable': ['yes', 'yes', mode, own, old, 'yes'],
  'lost-mode.disable': ['yes', 'yes', mode, own, old, 'yes'],
  'lost-mode.sound': ['yes', 'yes', mode, own, old, notLost],
  'location.query': ['yes', 'yes', mode, own, old, notLost],
  'inventory.query': ['yes', 'yes', 'yes', 'yes', 'yes', 'yes'],
  'app.uninstall': ['yes', 'yes', 'yes', own, old, 'yes'],
  'message.show': ['yes', 'yes', 'yes', 'yes', 'yes', 'yes'],
  wipe: ['yes', 'yes', 'yes', own, 'yes', 'yes'],
  'enrollment.leave': ['yes', 'yes', 'yes', 'yes', 'yes', 'yes'],
}

test('every kind of order has its line in the table of truth, for every way of holding a device', () => {
  assert.deepEqual(kinds.map(k => k.kind).toSorted(), Object.keys(table).toSorted())
  const said = (kind: (typeof kinds)[number], of: Subject): string => {
    const met = kind.eligible(of)
    return met === true ? 'yes' : met
  }
  for (const kind of kinds) {
    const lines = [
      ...agentModes.map(m => said(kind, subject(m, able))),
      said(kind, subject('fully-managed', { ...able, 'os.apiLevel': 21 })),
      said(kind, subject('fully-managed')),
    ]
    assert.deepEqual(lines, table[kind.kind], kind.kind)
    assert.equal(said(kind, subject('fully-managed', able, { platform: 'ios' })), 'command.platform')
    assert.equal(
      said(kind, { ...subject('fully-managed', able), account: 'acc_1' as Id<'account'> }),
      'command.channel',
    )
  }
})

test('whatever the mode says, a device of somebody’s own is not erased, opened, pinned or looked for', () => {
  for (const name of ['wipe', 'clear-passcode', 'restart', 'lost-mode.enable', 'location.query', 'app.uninstall']) {
    const kind = kinds.find(k => k.kind === name)
    for (const m of agentModes)
      assert.equal(kind?.eligible(subject(m, able, { ownership: 'personal' })), own, `${name} ${m}`)
  }
})

test('an order says what it was given, and nothing that was only for us', () => {
  const said = (name: string, args: object): unknown => {
    const kind = kinds.find(k => k.kind === name)
    return JSON.parse(Buffer.from(kind?.encode(kind.args.parse(args), 'x') ?? '').toString('utf8'))
  }
  assert.deepEqual(said('wipe', { confirm: 'S1', externalStorage: true }), {
    kind: 'wipe',
    args: { externalStorage: true },
  })
  assert.deepEqual(said('lost-mode.enable', { message: 'Call' }), {
    kind: 'lost-mode.enable',
    args: { message: 'Call' },
  })
  assert.deepEqual(said('app.uninstall', { package: 'org.example.app' }), {
    kind: 'app.uninstall',
    args: { package: 'org.example.app' },
  })
  assert.throws(() => said('app.uninstall', { package: 'no package' }))
  assert.throws(() => said('lost-mode.enable', {}))
})
