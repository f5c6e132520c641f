import assert from 'node:assert/strict'
import { test } from 'node:test'
import { availability, type CatalogTarget, factsOn } from './available.ts'
import type { Artifact, Family, Json } from './catalog.ts'
import { labelOf } from './label.ts'
import { nameOf } from './names.ts'
import { readCatalog } from './testing/open.ts'
import { compareVersions } from './version.ts'

const catalog = readCatalog()

function get(family: Family, id: string): Artifact {
  const found = catalog.find(family, id)
  assert.ok(found, `${family} ${id}`)
  return found
}

const phone: CatalogTarget = {
  system: 'ios',
  version: '18.1',
  supervised: true,
  enrollment: 'device',
  automated: true,
  approved: null,
  channel: 'device',
  sharedIpad: false,
  rights: 8191,
  capabilities: null,
}
const mac: CatalogTarget = { ...phone, system: 'macos', version: '15.1', approved: true }
const restrictions = get('payload', 'com.apple.applicationaccess')

/** Answers in short: yes, or why not. */
function said(artifact: Artifact, target: CatalogTarget, path = '', value?: Json): string {
  const answer = availability(artifact, target, path, value)
  return 'reason' in answer ? `${answer.can} ${answer.reason}` : answer.can
}

test('versions are compared as numbers: 18.10 comes after 18.2 and 9.3 before 10', () => {
  assert.ok(compareVersions('18.10', '18.2') > 0)
  assert.ok(compareVersions('18.1', '18.10') < 0)
  assert.ok(compareVersions('9.3', '10') < 0)
  assert.equal(compareVersions('18', '18.0.0'), 0)
  assert.ok(compareVersions('26.0.1 (a)', '26.0.1') > 0)
})

const truth: readonly [string, Artifact, Partial<CatalogTarget>, string, string][] = [
  ['camera on a supervised phone', restrictions, {}, '/allowCamera', 'yes'],
  ['screen time of a key that only a Mac has', restrictions, {}, '/allowDeviceSleep', 'no system'],
  ['supervised key, not supervised', restrictions, { supervised: false }, '/allowAirDrop', 'no not-supervised'],
  ['supervised key, not known', restrictions, { supervised: null }, '/allowAirDrop', 'unknown supervision-unknown'],
  ['key of 18.0 on 17.7', restrictions, { version: '17.7' }, '/allowRCSMessaging', 'no too-old'],
  ['no version known', restrictions, { version: null }, '/allowRCSMessaging', 'unknown version-unknown'],
  ['deferral on 26', restrictions, { version: '26.4' }, '/enforcedSoftwareUpdateDelay', 'yes'],
  ['deferral on 27', restrictions, { version: '27.0' }, '/enforcedSoftwareUpdateDelay', 'no removed'],
  ['home screen on a Mac', get('payload', 'com.apple.homescreenlayout'), mac, '', 'no system'],
  [
    'home screen, unsupervised',
    get('payload', 'com.apple.homescreenlayout'),
    { supervised: false },
    '',
    'no not-supervised',
  ],
  [
    'a payload that lists no system',
    get('payload', 'com.apple.security.wapi-identity'),
    {},
    '',
    'unknown system-unknown',
  ],
  [
    'erase in user enrollment',
    get('command', 'EraseDevice'),
    { enrollment: 'user', supervised: false },
    '',
    'no user-enrollment',
  ],
  ['erase, enrollment unknown', get('command', 'EraseDevice'), { enrollment: null }, '', 'unknown enrollment-unknown'],
  ['erase without the right', get('command', 'EraseDevice'), { rights: 8191 & ~8 }, '', 'no access-right'],
  ['updates on 18', get('command', 'ScheduleOSUpdate'), {}, '', 'yes'],
  ['updates on 27', get('command', 'ScheduleOSUpdate'), { version: '27.0' }, '', 'no removed'],
  ['new log command on 26', get('command', 'TriggerEnhancedLogCollection'), { version: '26.5' }, '', 'no too-old'],
  ['new log command on 27', get('command', 'TriggerEnhancedLogCollection'), { version: '27.1' }, '', 'yes'],
  [
    'account set-up without automated enrollment',
    get('command', 'AccountConfiguration'),
    { ...mac, automated: false },
    '',
    'no not-automated',
  ],
  [
    'FileVault, not approved',
    get('payload', 'com.apple.MCX.FileVault2'),
    { ...mac, approved: false },
    '',
    'no not-approved',
  ],
  ['FileVault, approved', get('payload', 'com.apple.MCX.FileVault2'), mac, '', 'yes'],
  [
    'firewall on the user channel',
    get('payload', 'com.apple.security.firewall'),
    { ...mac, channel: 'user' },
    '',
    'no device-channel-only',
  ],
  ['calendar on the Mac device channel', get('payload', 'com.apple.caldav.account'), mac, '', 'no user-channel-only'],
  [
    'calendar on the Mac user channel',
    get('payload', 'com.apple.caldav.account'),
    { ...mac, channel: 'user' },
    '',
    'yes',
  ],
  ['maximum residents, not a Shared iPad', get('command', 'LogOutUser'), {}, '', 'no needs-shared-ipad'],
  [
    'passcode declaration in user enrollment',
    get('declaration', 'com.apple.configuration.passcode.settings'),
    { enrollment: 'user', supervised: false },
    '',
    'yes',
  ],
  [
    'update enforcement in user enrollment',
    get('declaration', 'com.apple.configuration.softwareupdate.enforcement.specific'),
    { enrollment: 'user', supervised: false },
    '',
    'no enrollment',
  ],
  [
    'math settings, unsupervised',
    get('declaration', 'com.apple.configuration.math.settings'),
    { supervised: false },
    '',
    'no not-supervised',
  ],
  [
    'declaration the device does not name',
    get('declaration', 'com.apple.configuration.passcode.settings'),
    { capabilities: { declarations: [], statusItems: [] } },
    '',
    'no capability',
  ],
  ['managed app on a Mac before 26', get('declaration', 'com.apple.configuration.app.managed'), mac, '', 'no too-old'],
  [
    'query of a phone number without network rights',
    get('query', 'PhoneNumber'),
    { rights: 16 },
    '',
    'no access-right',
  ],
  ['query removed in 27, in the command', get('command', 'DeviceInformation'), { version: '27.0' }, '/Queries', 'yes'],
]

for (const [name, artifact, target, path, expected] of truth)
  test(`${name}: ${expected}`, () => assert.equal(said(artifact, { ...phone, ...target }, path), expected))

test('settings are told apart by their Item, each with facts of its own', () => {
  const settings = get('command', 'Settings')
  const value = { Settings: [{ Item: 'Wallpaper' }, { Item: 'HostName' }] }
  assert.equal(said(settings, phone, '/Settings/0/Item', value), 'yes')
  assert.equal(said(settings, { ...phone, supervised: false }, '/Settings/0/Item', value), 'no not-supervised')
  assert.equal(said(settings, phone, '/Settings/1/Item', value), 'no system')
})

test('queries have facts of their own, each where it is asked', () => {
  const query = get('command', 'DeviceInformation')
  const value = { Queries: ['OSVersion', 'SoftwareUpdateDeviceID', 'PhoneNumber'] }
  const on27 = { ...phone, version: '27.0' }
  assert.equal(said(query, on27, '/Queries/0', value), 'yes')
  assert.equal(said(query, phone, '/Queries/1', value), 'yes')
  assert.equal(said(query, on27, '/Queries/1', value), 'no removed')
  assert.equal(said(query, { ...phone, rights: 16 }, '/Queries/2', value), 'no access-right')
})

test('a key is no older than what it is in', () => {
  const facts = factsOn([{ ios: { introduced: '17.0' } }, { ios: { introduced: '14.0', supervised: true } }], 'ios')
  assert.deepEqual(facts, { introduced: '17.0', supervised: true })
  assert.equal(factsOn([{ ios: null }, { ios: { introduced: '14.0' } }], 'ios'), null)
})

test('every artifact answers for every kind of target without a fault', () => {
  for (const artifact of catalog.all())
    for (const system of ['ios', 'macos', 'tvos', 'visionos', 'watchos'] as const)
      for (const version of [null, '9.0', '18.1', '27.0'])
        for (const enrollment of ['device', 'user', 'local', null] as const)
          for (const channel of ['device', 'user'] as const)
            assert.ok(said(artifact, { ...phone, system, version, enrollment, channel }).length > 1)
})

test('names of keys become labels that keep the spelling of what they name', () => {
  const labels: Record<string, string> = {
    allowScreenShot: 'Allow screen shot',
    allowESIMModification: 'Allow eSIM modification',
    allowiTunesFileSharing: 'Allow iTunes file sharing',
    ServerURLPinningCertificateUUIDs: 'Server URL pinning certificate UUIDs',
    allowOTAPKIUpdates: 'Allow OTA PKI updates',
    VPNUUID: 'VPN UUID',
    EAPClientConfiguration: 'EAP client configuration',
    forceWiFiPowerOn: 'Force Wi-Fi power on',
    'static-others': 'Static others',
    SSID_STR: 'SSID',
    allowAirPrintiBeaconDiscovery: 'Allow AirPrint iBeacon discovery',
  }
  for (const [name, label] of Object.entries(labels)) assert.equal(labelOf(name), label)
  assert.equal(nameOf(restrictions), 'Restrictions')
  assert.equal(nameOf(get('payload', 'com.apple.systempolicy.managed')), 'Gatekeeper overrides')
  assert.equal(nameOf(get('payload', 'com.apple.vpn.managed.applayer')), 'VPN per app')
  assert.equal(nameOf(get('declaration', 'com.apple.configuration.passcode.settings')), 'Passcode')
})
