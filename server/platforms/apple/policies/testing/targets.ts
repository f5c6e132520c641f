import type { Resources } from '../artifact.ts'
import type { AppleTarget } from '../target.ts'

/** A supervised phone of the org's own. */
export const phone: AppleTarget = {
  platform: 'ios',
  osVersion: '18.1',
  supervised: true,
  enrollment: 'device',
  channels: { user: false },
  capabilities: null,
}

/** A Mac on which somebody is signed in. */
export const mac: AppleTarget = { ...phone, platform: 'macos', osVersion: '15.1', channels: { user: true } }

/** Devices of all sorts, by a name for messages. */
export const targets: Readonly<Record<string, AppleTarget>> = {
  'iPhone 18': phone,
  'iPhone 18, not supervised': { ...phone, supervised: false },
  'iPhone 18, a person’s own': { ...phone, supervised: false, enrollment: 'user-enrollment' },
  'iPhone 17': { ...phone, osVersion: '17.4' },
  'iPhone 16': { ...phone, osVersion: '16.1' },
  'iPhone 14': { ...phone, osVersion: '14.8' },
  'iPhone 27': { ...phone, osVersion: '27.0' },
  'shared iPad': { ...phone, platform: 'ipados', enrollment: 'shared-ipad' },
  'Mac 15': mac,
  'Mac 14': { ...mac, osVersion: '14.6' },
  'Mac 12, nobody signed in': { ...mac, osVersion: '12.7', channels: { user: false } },
  'Mac 27': { ...mac, osVersion: '27.0' },
  'Apple TV 18': { ...phone, platform: 'tvos' },
}

/** What delivery would have prepared. */
export const resources: Resources = {
  secrets: new Map([['sec_1', { value: 'correct horse', version: 1 }]]),
  identity: {
    scepUrl: 'https://mdm.example/scep/1',
    challenge: 'once',
    authorityName: 'Havsten',
    subject: 'TYO-1',
    caCertificate: new Uint8Array([1, 2, 3]),
  },
  recipient: new Uint8Array([4, 5, 6]),
}
