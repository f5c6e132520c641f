import type { Artifact, Family, Field, SystemFacts, SystemTable } from './catalog.ts'

/*
 * What changed after the published table of 18.1 (October 2024) up to the releases of OS 27.
 * Where we know that something exists but not what it is made of, it is `open`: a form and a validator that pretended to know would be wrong.
 */

/** Things that are removed: whole artifacts, or keys of one. They stay in the catalog, as older systems still need them. */
export const gone: readonly {
  readonly family: Family
  readonly ids: readonly string[]
  readonly keys?: readonly string[]
  readonly on: Readonly<Record<string, string>>
}[] = [
  {
    family: 'command',
    ids: ['AvailableOSUpdates', 'ScheduleOSUpdateScan', 'ScheduleOSUpdate', 'OSUpdateStatus'],
    on: { ios: '27.0', macos: '27.0', tvos: '27.0' },
  },
  { family: 'payload', ids: ['com.apple.SoftwareUpdate'], on: { macos: '27.0' } },
  {
    family: 'payload',
    ids: ['com.apple.applicationaccess'],
    keys: [
      'enforcedSoftwareUpdateDelay',
      'enforcedSoftwareUpdateMajorOSDeferredInstallDelay',
      'enforcedSoftwareUpdateMinorOSDeferredInstallDelay',
      'enforcedSoftwareUpdateNonOSDeferredInstallDelay',
      'forceDelayedAppSoftwareUpdates',
      'forceDelayedMajorSoftwareUpdates',
      'forceDelayedSoftwareUpdates',
    ],
    on: { ios: '27.0', macos: '27.0', tvos: '27.0' },
  },
  { family: 'setting', ids: ['SoftwareUpdateSettings'], on: { ios: '27.0' } },
  {
    family: 'query',
    ids: ['OSUpdateSettings', 'SoftwareUpdateDeviceID', 'SoftwareUpdateSettings'],
    on: { ios: '27.0', macos: '27.0', tvos: '27.0' },
  },
]

const any = (name: string): Field => ({ name, type: 'any' })
const text = (name: string, more: Partial<Field> = {}): Field => ({ name, type: 'string', ...more })
const from = (introduced: string, more: SystemFacts = {}): SystemFacts => ({ introduced, ...more })

/** Keys and systems that were added to artifacts of the table. `at` names the dictionary, from the outside in. */
export const amendments: readonly {
  readonly family: Family
  readonly id: string
  readonly os?: SystemTable
  readonly at?: readonly string[]
  readonly fields?: readonly Field[]
  readonly optional?: readonly string[]
}[] = [
  {
    family: 'declaration',
    id: 'com.apple.configuration.app.managed',
    os: {
      macos: from('26.0'),
      visionos: from('2.4'),
    },
    fields: [
      text('AppComposedIdentifier', { os: { ios: null, macos: from('26.0'), visionos: null } }),
      {
        name: 'UpdateBehavior',
        type: 'dictionary',
        fields: [text('AutomaticAppUpdates', { allowed: ['AlwaysOn', 'AlwaysOff', 'StoreSettings'] })],
        rest: any(''),
      },
      {
        name: 'AppConfig',
        type: 'dictionary',
        fields: [
          text('DataAssetReference', { assets: ['com.apple.asset.data'] }),
          ...['Passwords', 'Identities', 'Certificates'].map(
            (name): Field => ({ name, type: 'array', item: { name: '', type: 'any' } }),
          ),
        ],
        rest: any(''),
      },
      { name: 'ExtensionConfigs', type: 'dictionary', rest: any('') },
      text('LegacyAppConfigAssetReference', {
        assets: ['com.apple.asset.data'],
        os: { ios: null, macos: from('27.0'), visionos: null },
      }),
    ],
  },
  {
    family: 'declaration',
    id: 'com.apple.configuration.app.managed',
    at: ['InstallBehavior'],
    fields: [any('Version'), { name: 'AllowDownloadsOverCellular', type: 'any' }],
  },
  ...[
    'com.apple.configuration.softwareupdate.settings',
    'com.apple.configuration.softwareupdate.enforcement.specific',
  ].map(id => ({
    family: 'declaration' as const,
    id,
    os: {
      tvos: from('18.4'),
      visionos: from('26.0'),
    },
  })),
  ...['com.apple.configuration.legacy', 'com.apple.configuration.legacy.interactive'].map(id => ({
    family: 'declaration' as const,
    id,
    fields: [
      text('ProfileAssetReference', {
        assets: ['com.apple.asset.data'],
        os: {
          ios: from('27.0'),
          macos: from('27.0'),
          tvos: from('27.0'),
          visionos: from('27.0'),
          watchos: from('27.0'),
        },
      }),
    ],
    optional: ['ProfileURL'],
  })),
  {
    family: 'checkin',
    id: 'SetBootstrapToken',
    os: {
      ios: from('26.0', { supervised: true, automated: true, userEnrollment: 'forbidden' }),
      visionos: from('26.0', { supervised: true, automated: true, userEnrollment: 'forbidden' }),
    },
  },
]

const everywhere = (ios: string, macos: string, tvos: string, visionos: string, watchos: string): SystemTable => ({
  ios: from(ios),
  macos: from(macos),
  tvos: from(tvos),
  visionos: from(visionos),
  watchos: from(watchos),
})

/*
 * Which systems of a release have a new declaration or status item is not known to us one by one: an absent system is unknown, not denied.
 * Only what is said of one system alone is denied elsewhere.
 */
const macOnly = (version: string): SystemTable => ({
  ios: null,
  macos: from(version),
  tvos: null,
  visionos: null,
  watchos: null,
})

const open = (family: Family, os: SystemTable, ids: readonly string[]): Artifact[] =>
  ids.map(id => ({ family, id, os, open: true as const }))

const configuration = (names: readonly string[]): string[] => names.map(n => `com.apple.configuration.${n}`)

const organizationOwned: SystemTable = {
  ios: from('27.0', { userEnrollment: 'forbidden' }),
  macos: from('27.0', { userEnrollment: 'forbidden' }),
  tvos: from('27.0'),
  visionos: null,
  watchos: null,
}

const setupAlone: SystemTable = {
  ios: from('26.0', { supervised: true, automated: true, userEnrollment: 'forbidden' }),
  macos: null,
  tvos: null,
  visionos: from('26.0', { supervised: true, automated: true, userEnrollment: 'forbidden' }),
  watchos: null,
}

/** Artifacts that the table did not have yet. */
export const additions: readonly Artifact[] = [
  ...open('command', organizationOwned, ['TriggerEnhancedLogCollection', 'CancelEnhancedLogCollection']),
  ...open('setting', { ios: from('18.2') }, ['DefaultApplications']),
  ...open('declaration', { ios: from('26.0'), macos: from('26.0') }, [
    ...configuration(['audio-accessory.settings', 'safari.settings', 'safari.bookmarks', 'siri.settings']),
    ...configuration(['intelligence.settings', 'external-intelligence.settings', 'keyboard.settings']),
  ]),
  ...open('declaration', macOnly('26.4'), configuration(['migration-assistant.settings'])),
  {
    family: 'declaration',
    id: 'com.apple.configuration.package',
    os: macOnly('26.0'),
    apply: 'multiple',
    open: true,
    fields: [
      text('ManifestURL', { form: 'url' }),
      { name: 'InstallBehavior', type: 'dictionary', rest: any('') },
      { name: 'UninstallBehavior', type: 'dictionary', rest: any(''), os: { macos: from('27.0') } },
    ],
  },
  ...open('declaration', { ios: from('27.0'), macos: from('27.0') }, [
    ...configuration(['accessibility.settings', 'app.settings', 'extensible-sso', 'webcontent-filter.plugin']),
    ...configuration(['network.dns-proxy', 'network.dns-settings', 'network.relay', 'network.vpn.always-on']),
    ...configuration(['network.vpn.ikev2', 'network.vpn.ipsec', 'network.vpn.vpn-plugin']),
  ]),
  ...open('declaration', macOnly('27.0'), configuration(['content-cache.settings'])),
  ...open('status', macOnly('26.0'), ['package.list']),
  ...open('status', macOnly('26.4'), ['migration-assistant.report', 'migration-assistant.state']),
  ...open('status', macOnly('27.0'), [
    'content-cache.info',
    'content-cache.parents',
    'content-cache.peers',
    'content-cache.status',
  ]),
  ...open('status', { ios: from('27.0'), macos: from('27.0') }, [
    'device.system.health',
    'enhanced-logging.applecare-token',
    'enhanced-logging.status',
    'enhanced-logging.timestamp',
    'mdm.enrollment-type',
    'mdm.is-awaiting-configuration',
    'mdm.is-return-to-service',
    'mdm.is-shared-ipad',
    'mdm.push-magic',
    'mdm.push-token',
    'security.lockdown-mode',
  ]),
  {
    family: 'checkin',
    id: 'ReturnToService',
    os: setupAlone,
    fields: [text('MessageType', { required: true, allowed: ['ReturnToService'] }), text('UDID')],
    answer: {
      fields: [
        {
          name: 'ReturnToService',
          type: 'dictionary',
          required: true,
          fields: [
            { name: 'Enabled', type: 'boolean', required: true },
            { name: 'WiFiProfileData', type: 'data' },
            { name: 'MDMProfileData', type: 'data' },
            { name: 'BootstrapToken', type: 'data' },
            { name: 'ShouldRetryEnrollment', type: 'boolean', os: { ios: from('27.0'), visionos: from('27.0') } },
          ],
        },
      ],
    },
  },
  {
    family: 'error',
    id: 'com.apple.psso.required',
    os: macOnly('26.0'),
    fields: [
      text('code', { required: true, allowed: ['com.apple.psso.required'] }),
      text('description'),
      text('message'),
      {
        name: 'details',
        type: 'dictionary',
        required: true,
        fields: [
          text('ProfileURL', { form: 'url' }),
          {
            name: 'Package',
            type: 'dictionary',
            fields: [
              text('ManifestURL', { form: 'url' }),
              { name: 'PinningCerts', type: 'array', item: { name: '', type: 'any' } },
              { name: 'PinningRevocationCheckRequired', type: 'boolean' },
            ],
          },
          text('AuthURL', { form: 'url' }),
        ],
      },
    ],
  },
  {
    family: 'document',
    id: 'errorchain',
    os: everywhere('4.0', '10.7', '9.0', '1.1', '10.0'),
    fields: [
      text('ErrorDomain', { required: true }),
      { name: 'ErrorCode', type: 'integer', required: true },
      text('LocalizedDescription'),
      text('USEnglishDescription'),
    ],
  },
]
