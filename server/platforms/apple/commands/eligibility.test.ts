import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Subject } from '../../../areas/commands/index.ts'
import type { Id } from '../../../base/id.ts'
import { kinds } from './kinds.ts'

interface Case {
  platform?: string
  os?: string
  supervised?: boolean
  ownership?: string
  kind?: string
  rights?: number
  account?: boolean
  facts?: Subject['facts']
}

function subject(of: Case): Subject {
  return {
    device: {
      id: 'dev_1' as Id<'device'>,
      name: 'One',
      serial: 'S1',
      platform: of.platform ?? 'ios',
      osVersion: of.os ?? '18.1',
      supervised: of.supervised ?? true,
      ownership: of.ownership ?? 'company',
      state: 'active',
      unitPath: '/unt_1/',
    },
    enrollment: {
      id: 'enr_1' as Id<'enrollment'>,
      platform: 'apple',
      kind: of.kind ?? 'device',
      accessRights: of.rights ?? 8191,
    },
    account: of.account ? ('acc_1' as Id<'account'>) : '',
    facts: of.facts ?? {},
  }
}

const personal = { ownership: 'personal' }
const tv = { platform: 'tvos' }
const mac = { platform: 'macos', os: '15.1' }
const linux = { platform: 'linux' }
const loose = { supervised: false }
const work = { kind: 'user-enrollment', supervised: false }
const without = (...bits: number[]) => ({ rights: 8191 - bits.reduce((a, b) => a + b, 0) })
const lost = { facts: { 'security.lostMode': true } }
const able = { facts: { 'attestation.roots': 1, 'identity.model': 'iPhone17,1' } }
const token = { facts: { 'apple.unlockToken': true } }

const silicon = { ...mac, facts: { 'identity.appleSilicon': true } }
const intel = { ...mac, facts: { 'identity.appleSilicon': false } }
const startup = (right: Case, other: Case): [Case, string][] => [
  [right, 'yes'],
  [other, 'command.other-hardware'],
  [mac, 'command.other-hardware'],
  [{ ...right, ...personal }, 'command.personal-device'],
  [{ ...right, ...work }, 'command.user-enrollment'],
  [{ ...right, rights: 8191 - 4 }, 'command.access-right'],
  [{ ...right, account: true }, 'command.channel'],
  [{}, 'command.platform'],
  [tv, 'command.platform'],
]
const bypass: [Case, string][] = [
  [{}, 'yes'],
  [mac, 'yes'],
  [loose, 'command.not-supervised'],
  [personal, 'command.personal-device'],
  [tv, 'command.platform'],
]
const escrowTable: Record<string, [Case, string][]> = {
  'recovery-lock.set': startup(silicon, intel),
  'recovery-lock.verify': startup(silicon, intel),
  'firmware.set': startup(intel, silicon),
  'firmware.verify': startup(intel, silicon),
  'filevault.rotate': [
    [mac, 'yes'],
    [{ ...mac, ...personal }, 'command.personal-device'],
    [{ ...mac, ...without(4) }, 'command.access-right'],
    [{}, 'command.platform'],
  ],
  'local-admin.set': [
    [mac, 'yes'],
    [{ ...mac, ...personal }, 'command.personal-device'],
    [{}, 'command.platform'],
  ],
  'activation-lock.fetch': bypass,
  'activation-lock.clear': bypass,
}

/** Kind → what stands against it, case by case; `yes` when nothing does. */
const table: Record<string, [Case, string][]> = {
  ...escrowTable,
  lock: [
    [{}, 'yes'],
    [loose, 'yes'],
    [work, 'yes'],
    [{ ...mac, ...work }, 'command.user-enrollment'],
    [mac, 'yes'],
    [tv, 'command.platform'],
    [linux, 'command.platform'],
    [without(4), 'command.access-right'],
    [{ account: true }, 'command.channel'],
    [personal, 'command.personal-device'],
  ],
  wipe: [
    [{}, 'yes'],
    [loose, 'yes'],
    [mac, 'yes'],
    [tv, 'yes'],
    [{ ...tv, os: '10.1' }, 'command.os-too-old'],
    [work, 'command.user-enrollment'],
    [without(8), 'command.access-right'],
    [personal, 'command.personal-device'],
    [{ ...mac, ...personal }, 'command.personal-device'],
    [{ ...mac, account: true }, 'command.channel'],
  ],
  'clear-passcode': [
    [{}, 'command.no-unlock-token'],
    [token, 'yes'],
    [{ ...token, ...loose }, 'yes'],
    [{ ...token, ...mac }, 'command.platform'],
    [{ ...token, ...personal }, 'command.personal-device'],
    [{ ...token, kind: 'shared-ipad', platform: 'ipados' }, 'command.shared-ipad'],
    [{ ...token, ...work }, 'command.user-enrollment'],
    [{ ...token, ...without(4) }, 'command.access-right'],
  ],
  restart: [
    [{}, 'yes'],
    [loose, 'command.not-supervised'],
    [{ os: '10.2' }, 'command.os-too-old'],
    [{ ...mac, ...loose }, 'yes'],
    [{ ...mac, os: '10.12.6' }, 'command.os-too-old'],
    [{ ...tv, ...loose }, 'command.not-supervised'],
    [without(4), 'command.access-right'],
    [work, 'command.user-enrollment'],
  ],
  'update.query': [
    [{ os: '18.1' }, 'yes'],
    [{ os: '27.0' }, 'update.by-policy'],
    [{ ...mac, os: '15.1' }, 'yes'],
    [{ os: '18.1', ...loose }, 'command.not-supervised'],
    [{ os: '18.1', ...without(4096) }, 'command.access-right'],
    [{ os: '18.1', ...work }, 'command.user-enrollment'],
  ],
  'update.install': [
    [{ os: '16.7' }, 'yes'],
    [{ os: '11.2' }, 'command.os-too-old'],
    [{ os: '27.1' }, 'update.by-policy'],
    [{ ...mac, os: '12.1' }, 'yes'],
    [{ ...mac, os: '12.1', ...loose }, 'command.not-supervised'],
    [{ os: '16.7', ...loose }, 'command.not-supervised'],
  ],
  'update.status': [
    [{ os: '16.7' }, 'yes'],
    [{ os: '27.0' }, 'update.by-policy'],
    [{ ...mac, os: '15.1', ...loose }, 'command.not-supervised'],
  ],
  shutdown: [
    [{}, 'yes'],
    [tv, 'command.platform'],
    [loose, 'command.not-supervised'],
    [{ ...mac, ...loose }, 'yes'],
  ],
  'lost-mode.enable': [
    [{}, 'yes'],
    [loose, 'command.not-supervised'],
    [mac, 'command.platform'],
    [personal, 'command.personal-device'],
    [{ os: '9.2' }, 'command.os-too-old'],
    [without(4, 8), 'yes'],
  ],
  'lost-mode.disable': [
    [{}, 'yes'],
    [loose, 'command.not-supervised'],
  ],
  'lost-mode.sound': [
    [{}, 'command.not-in-lost-mode'],
    [lost, 'yes'],
    [{ ...lost, os: '10.2' }, 'command.os-too-old'],
    [{ facts: { 'security.lostMode': false } }, 'command.not-in-lost-mode'],
  ],
  'location.query': [
    [{}, 'command.not-in-lost-mode'],
    [lost, 'yes'],
    [{ ...lost, ...personal }, 'command.personal-device'],
    [{ ...lost, ...loose }, 'command.not-supervised'],
    [{ ...lost, ...mac }, 'command.platform'],
  ],
  'device.query': [
    [{}, 'yes'],
    [work, 'yes'],
    [personal, 'yes'],
    [without(16), 'yes'],
    [without(16, 32), 'command.access-right'],
    [{ ...work, ...without(16, 32) }, 'yes'],
    [{ ...mac, account: true }, 'yes'],
    [{ account: true }, 'command.channel'],
  ],
  'security.query': [
    [{}, 'yes'],
    [without(1024), 'command.access-right'],
  ],
  'attestation.query': [
    [able, 'yes'],
    [{ ...able, os: '15.7' }, 'command.os-too-old'],
    [{ ...able, ...mac, facts: { ...able.facts, 'identity.model': 'MacBookPro16,1' } }, 'attestation.hardware'],
    [{ facts: { 'attestation.roots': 1 } }, 'attestation.hardware'],
    [{ facts: { ...able.facts, 'attestation.roots': 0 } }, 'attestation.no-root'],
    [{ ...able, ...without(16) }, 'command.access-right'],
  ],
  'apps.query': [
    [{}, 'yes'],
    [without(256), 'command.access-right'],
    [{ ...tv, os: '10.1' }, 'command.os-too-old'],
  ],
  'managed-apps.query': [
    [{}, 'yes'],
    [work, 'yes'],
    [without(4096), 'command.access-right'],
    [{ ...tv, os: '10.1' }, 'command.os-too-old'],
  ],
  'managed-books.query': [
    [{}, 'yes'],
    [work, 'yes'],
    [without(4096), 'command.access-right'],
    [{ os: '7.1' }, 'command.os-too-old'],
    [tv, 'command.platform'],
  ],
  'app.order': [
    [{}, 'yes'],
    [work, 'yes'],
    [personal, 'yes'],
    [without(4096), 'command.access-right'],
    [{ account: true }, 'command.channel'],
  ],
  'app.remove': [
    [{}, 'yes'],
    [work, 'yes'],
    [without(4096), 'command.access-right'],
  ],
  'profiles.query': [
    [{}, 'yes'],
    [without(1), 'command.access-right'],
  ],
  'certificates.query': [
    [{}, 'yes'],
    [without(1), 'command.access-right'],
  ],
  'profile.install': [
    [{}, 'yes'],
    [work, 'yes'],
    [without(2), 'command.access-right'],
    [without(1), 'command.access-right'],
    [{ ...mac, account: true }, 'yes'],
    [{ account: true }, 'command.channel'],
  ],
  'profile.remove': [
    [{}, 'yes'],
    [without(2), 'command.access-right'],
  ],
  settings: [
    [{}, 'yes'],
    [without(2048), 'command.access-right'],
    [linux, 'command.platform'],
  ],
  'apple.raw': [
    [{}, 'yes'],
    [mac, 'yes'],
    [linux, 'command.platform'],
  ],
  'setup.account': [
    [mac, 'yes'],
    [{}, 'command.platform'],
    [{ ...mac, os: '10.10' }, 'command.os-too-old'],
    [{ ...mac, ...personal }, 'command.personal-device'],
    [{ ...mac, account: true }, 'command.channel'],
  ],
  'setup.shared': [
    [{ platform: 'ipados' }, 'command.shared-ipad-only'],
    [{ platform: 'ipados', os: '13.3' }, 'command.os-too-old'],
    [{ platform: 'ipados', kind: 'shared-ipad' }, 'yes'],
    [mac, 'command.platform'],
  ],
  'setup.release': [
    [{}, 'yes'],
    [work, 'command.user-enrollment'],
  ],
  'enrollment.renew': [[without(1, 2), 'yes']],
  'enrollment.leave': [
    [without(1, 2), 'yes'],
    [work, 'yes'],
  ],
  'declarations.sync': [
    [{}, 'yes'],
    [work, 'yes'],
    [without(1, 2), 'yes'],
    [{ os: '14.8' }, 'command.os-too-old'],
    [{ ...mac, account: true }, 'yes'],
    [{ account: true }, 'command.channel'],
    [linux, 'command.platform'],
  ],
  'item.install': [
    [{}, 'yes'],
    [work, 'yes'],
    [without(2), 'command.access-right'],
    [{ ...mac, account: true }, 'yes'],
  ],
  'item.remove': [
    [{}, 'yes'],
    [without(1), 'command.access-right'],
  ],
}

for (const kind of kinds)
  test(`${kind.kind} goes to whom it should`, () => {
    const cases = table[kind.kind]
    assert.ok(cases, 'every kind has a truth table')
    for (const [of, want] of cases) {
      const eligible = kind.eligible(subject(of))
      assert.equal(eligible === true ? 'yes' : eligible, want, JSON.stringify(of))
    }
  })

test('kinds that erase or open a device never expire, and no kind logs a secret', () => {
  assert.equal(new Set(kinds.map(k => k.kind)).size, kinds.length)
  for (const kind of kinds) {
    if (kind.destructive) assert.equal(kind.expiresInMs, null, kind.kind)
    for (const name of kind.secret) assert.ok(!kind.loggable.includes(name), `${kind.kind}.${String(name)}`)
  }
})
