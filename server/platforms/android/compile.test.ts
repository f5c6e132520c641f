import assert from 'node:assert/strict'
import { test } from 'node:test'
import { managementCatalog } from '@muster/wire/android/catalog/open.ts'
import { validate } from '@muster/wire/android/catalog/validate.ts'
import { settingAbility } from '@muster/wire/android/matrix.ts'
import { type Json, ours } from '../../areas/policies/index.ts'
import { compile } from './compile.ts'
import { restrictions } from './compile-ours.ts'
import * as held from './compile-held.ts'
import type { Fields } from './compiled.ts'
import { type Mode, modes } from './modes.ts'

const on = (mode: Mode) => ({ mode, packages: new Map<string, string>() })
const policyOf = (kind: string, value: Json, mode: Mode = 'fully-managed'): Fields =>
  compile([{ item: kind, kind, value }], on(mode)).policy

/** A value of each kind that says all of it, as its own check takes it. */
const samples: Readonly<Record<string, Fields>> = {
  kiosk: {
    apps: ['org.example.a', 'org.example.b'],
    features: ['home', 'power', 'system-info'],
    awakeWhilePlugged: true,
  },
  'private-dns': { mode: 'resolver', resolver: 'dns.example' },
  'app-permissions': {
    byDefault: 'deny',
    apps: [
      { app: 'org.example.a', permission: 'android.permission.CAMERA', state: 'grant' },
      { app: 'org.example.a', permission: 'android.permission.READ_SMS', state: 'deny' },
    ],
  },
  encryption: { required: true },
  'work-time': { camera: false, screenCapture: false, appInstallation: false },
  'work-and-personal': {
    copyPaste: false,
    sharing: 'none',
    contacts: false,
    personalCamera: false,
    personalScreenCapture: false,
    personalBlockedApps: ['org.example.game'],
    daysWorkOff: 7,
  },
  location: { services: 'on' },
  accounts: { blockedTypes: ['com.example'], personalBlockedTypes: ['com.example.b'] },
  'reset-protection': { emails: ['admin@example.com'] },
  'os-update': {
    installs: 'always',
    window: { from: '22:00', to: '04:30' },
    freezes: [{ from: '12-01', to: '01-10' }],
  },
  vpn: { name: 'Office', mode: 'always-on', app: 'org.example.vpn', everything: true },
  'lock-screen': { message: 'Found? Call us.' },
}

test('what our kinds become is a policy that Google’s catalog takes, in every mode', () => {
  for (const [kind, value] of Object.entries(samples))
    for (const mode of modes) {
      const errors = validate(managementCatalog(), 'Policy', policyOf(kind, value as Json, mode)).filter(
        f => f.severity === 'error',
      )
      assert.deepEqual(errors, [], `${kind} ${mode}`)
    }
})

test('a key is left out exactly where the matrix says that it cannot be said', () => {
  const kind = ours.find('restrictions')
  for (const mode of modes) {
    for (const key of kind?.settings?.() ?? []) {
      if (key === 'blockedApps' || key === 'allowedApps') continue
      const ability = settingAbility('google', 'restrictions', key)
      const can = ability !== null && !('not' in ability) && ability.modes.includes(mode)
      const part = restrictions({ [key]: key.startsWith('require') }, mode)
      assert.deepEqual(part.left, can ? [] : [key], `${key} ${mode}`)
      assert.equal(Object.keys(part.fields).length > 0, can, `${key} ${mode}`)
    }
    for (const [name, value] of Object.entries(samples)) {
      if (name === 'os-update' || name === 'lock-screen') continue
      const make = held[name.replaceAll(/-(\w)/g, (_, c: string) => c.toUpperCase()) as keyof typeof held]
      for (const key of Object.keys(value)) {
        const ability = settingAbility('google', name, key)
        const can = ability !== null && !('not' in ability) && ability.modes.includes(mode)
        assert.equal(make(value, mode)?.left.includes(key), !can, `${name} ${key} ${mode}`)
      }
    }
  }
})

test('nothing about the personal side is said of somebody’s own device, and only little of the company’s', () => {
  const value = samples['work-and-personal'] as Json
  assert.equal(policyOf('work-and-personal', value, 'work-profile')['personalUsagePolicies'], undefined)
  assert.deepEqual(policyOf('work-and-personal', value, 'company-profile')['personalUsagePolicies'], {
    cameraDisabled: true,
    screenCaptureDisabled: true,
    maxDaysWithWorkOff: 7,
    personalPlayStoreMode: 'BLOCKLIST',
    personalApplications: [{ packageName: 'org.example.game', installType: 'BLOCKED' }],
  })
  const whole = policyOf('work-and-personal', value)
  assert.ok(!('crossProfilePolicies' in whole) && !('personalUsagePolicies' in whole))
})

test('restrictions, a kiosk and updates are said in Google’s words', () => {
  const value = { camera: false, debugging: false, sideloading: false, biometricUnlock: false, autoUnlock: false }
  const made = policyOf('restrictions', value)
  assert.equal(made['cameraAccess'], 'CAMERA_ACCESS_DISABLED')
  assert.deepEqual(made['advancedSecurityOverrides'], {
    developerSettings: 'DEVELOPER_SETTINGS_DISABLED',
    untrustedAppsPolicy: 'DISALLOW_INSTALL',
  })
  assert.deepEqual(made['keyguardDisabledFeatures'], ['BIOMETRICS', 'TRUST_AGENTS'])
  const kiosk = policyOf('kiosk', samples['kiosk'] as Json)
  assert.deepEqual(kiosk['kioskCustomization'], {
    powerButtonActions: 'POWER_BUTTON_AVAILABLE',
    systemNavigation: 'HOME_BUTTON_ONLY',
    statusBar: 'SYSTEM_INFO_ONLY',
    deviceSettings: 'SETTINGS_ACCESS_BLOCKED',
  })
  assert.equal(kiosk['kioskCustomLauncherEnabled'], true)
  assert.deepEqual(policyOf('kiosk', { apps: ['a.b'], mode: 'single' })['applications'], [
    { packageName: 'a.b', installType: 'KIOSK' },
  ])
  assert.deepEqual(policyOf('os-update', samples['os-update'] as Json)['systemUpdate'], {
    type: 'WINDOWED',
    startMinutes: 1320,
    endMinutes: 270,
    freezePeriods: [{ startDate: { month: 12, day: 1 }, endDate: { month: 1, day: 10 } }],
  })
})
