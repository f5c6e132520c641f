import { type JsonValue, versionNumber } from '../../../areas/devices/index.ts'
import type { FactRecord, Trying, Updating } from '../../../areas/updates/index.ts'
import { failureOf } from './failure.ts'

/** Since when a version can be demanded by a date (Apple: SoftwareUpdateEnforcementSpecific), and whether only of supervised devices. */
const demandedSince: Readonly<Record<string, { version: string; supervised: boolean }>> = {
  ios: { version: '17.0', supervised: false },
  ipados: { version: '17.0', supervised: false },
  macos: { version: '14.0', supervised: true },
  tvos: { version: '18.4', supervised: true },
}

/** Since when a version can be ordered by name (Apple: ScheduleOSUpdate, ProductVersion); of supervised devices, until 27. */
const orderedSince: Readonly<Record<string, string>> = { ios: '11.3', ipados: '11.3', macos: '12.0', tvos: '12.2' }

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value.trim() : '')

/** How Apple devices take versions. */
export const appleUpdating: Updating = {
  platforms: ['ios', 'ipados', 'macos', 'tvos'],
  facts: ['os.updateid', 'identity.model', 'os.supplementalversion', 'os.updatestate', 'os.updatefailure'],
  hardwareOf: facts =>
    [...new Set([text(facts.get('os.updateid')), text(facts.get('identity.model'))])].filter(n => n !== ''),
  versionOf: (version, facts) => {
    const letter = /\(?([a-z])\)?/i.exec(text(facts.get('os.supplementalversion')))?.[1]
    return version === '' || letter === undefined ? version : `${version} (${letter.toLowerCase()})`
  },
  meansFor: ({ platform, osVersion, supervised, mode }) => {
    if (mode === null) return { why: 'unreachable' }
    if (mode === 'user-enrollment') return { why: 'enrollment' }
    const demanded = demandedSince[platform]
    if (demanded && osVersion !== '' && versionNumber(osVersion) >= versionNumber(demanded.version))
      return demanded.supervised && supervised !== true ? { why: 'supervision' } : { by: 'demand' }
    if (supervised !== true) return { why: 'supervision' }
    const ordered = orderedSince[platform]
    const able = ordered !== undefined && osVersion !== '' && versionNumber(osVersion) >= versionNumber(ordered)
    return able ? { by: 'order' } : { why: 'system-too-old' }
  },
  tryingOf,
  order: (version, platform) => ({
    kind: 'update.install',
    args: { version, action: platform === 'macos' ? 'InstallForceRestart' : 'InstallASAP' },
  }),
}

const steps = ['waiting', 'downloading', 'prepared', 'installing', 'failed']

/** What a device says of an installation (Apple: softwareupdate.install-state and .failure-reason). */
function tryingOf(facts: FactRecord): Trying {
  const state = text(facts.get('os.updatestate'))
  const failure = facts.get('os.updatefailure')
  const said = typeof failure === 'object' && failure !== null && !Array.isArray(failure) ? failure : {}
  const tries = typeof said['count'] === 'number' && said['count'] > 0 ? said['count'] : 0
  const at = Date.parse(text(said['timestamp']))
  const reason = text(said['reason'])
  const read = tries > 0 || reason !== '' || state === 'failed' ? failureOf(reason) : null
  return {
    step: steps.includes(state) ? state : null,
    tries,
    failedAt: Number.isNaN(at) ? null : at,
    failure: read?.code ?? null,
    speaksAgainst: read?.speaksAgainst ?? false,
  }
}
