import type { Dict } from '@muster/wire/plist/plist.ts'
import type { Json } from '../../../areas/policies/index.ts'
import type { DeclarationSet } from './artifact.ts'
import { said } from './passcode.ts'
import { flagOf, given, isValues, type Pen, textOf, type Values, wholeOf, type Writer } from './pen.ts'
import { declares, older, sinceOn } from './target.ts'

const settingsType = 'com.apple.configuration.softwareupdate.settings'
const enforcementType = 'com.apple.configuration.softwareupdate.enforcement.specific'

/** When updates come, and by when they must be there. */
export const osUpdate: Writer = (value, pen) => {
  const beside = enforcement(value, pen)
  if (pen.on.enrollment === 'user-enrollment') return { refused: 'not-in-this-enrollment' }
  const rest = Object.keys(value).filter(key => key !== 'minimum' && key !== 'details')
  const native = rest.length > 0 ? settings(value, pen) : undefined
  if (rest.length > 0) addRestrictions(value, pen)
  if (rest.length > 0) addMacUpdates(value, pen)
  const refused = pen.on.platform === 'macos' ? 'needs-newer-os' : standing(pen)
  if (!beside && !native && !pen.wrote()) return { refused }
  return {
    displayName: 'System updates',
    native,
    beside,
    needsSupervision: pen.on.platform !== 'macos' && pen.on.supervised === true && rest.length > 0,
  }
}

function standing({ on }: Pen): string {
  return on.supervised === true ? 'needs-newer-os' : 'needs-supervision'
}

/** A version by a date; devices count by their own clock, wherever they are. */
function enforcement({ minimum, details }: Values, pen: Pen): DeclarationSet | undefined {
  const wanted = isValues(minimum) ? minimum[pen.on.platform] : undefined
  if (!isValues(wanted)) return undefined
  if (!declares(pen.on, enforcementType, { ios: '17', macos: '14', tvos: '18.4' })) {
    pen.leaveOut('minimum', 'needs-newer-os')
    return undefined
  }
  const by = textOf(wanted['by']) ?? ''
  const payload = said({
    TargetOSVersion: textOf(wanted['version']),
    TargetBuildVersion: textOf(wanted['build']),
    TargetLocalDateTime: by.length === 16 ? `${by}:00` : by,
    DetailsURL: textOf(details),
  })
  return { configuration: [{ name: 'enforcement', type: enforcementType, payload }], assets: [] }
}

const actions: Readonly<Record<string, string>> = { user: 'Allowed', always: 'AlwaysOn', never: 'AlwaysOff' }

/** Everything but the deadline, as one declaration; devices that are not supervised take only the notices of it. */
function settings(value: Values, { on }: Pen): DeclarationSet | undefined {
  if (!declares(on, settingsType, { ios: '18', macos: '15' })) return undefined
  const mac = on.platform === 'macos'
  const supervised = on.supervised === true
  if (mac && !supervised) return undefined
  const days = wholeOf(value['deferDays'])
  const major = wholeOf(value['deferMajorDays'])
  const deferrals = mac
    ? said({ MajorPeriodInDays: major ?? days, MinorPeriodInDays: days, SystemPeriodInDays: days })
    : said({ CombinedPeriodInDays: days })
  const automatic = said({
    Download: actions[String(value['downloads'])],
    InstallOSUpdates: actions[String(value['installs'])],
    InstallSecurityUpdate: mac ? actions[String(value['installs'])] : undefined,
  })
  const rapid = said({
    Enable: flagOf(value['securityResponses']),
    EnableRollback: flagOf(value['removingSecurityResponses']),
  })
  const beta = flagOf(value['beta'])
  const payload = said({
    Notifications: flagOf(value['allNotices']),
    Deferrals: supervised ? filled(deferrals) : undefined,
    AutomaticActions: supervised ? filled(automatic) : undefined,
    RapidSecurityResponse: supervised ? filled(rapid) : undefined,
    AllowStandardUserOSUpdates: mac ? flagOf(value['standardUsers']) : undefined,
    Beta: beta === undefined || mac || !supervised ? undefined : { ProgramEnrollment: beta ? 'Allowed' : 'AlwaysOff' },
  })
  return Object.keys(payload).length === 0
    ? undefined
    : { configuration: [{ name: 'updates', type: settingsType, payload }], assets: [] }
}

function filled(value: Values): Json | undefined {
  return Object.keys(value).length > 0 ? value : undefined
}

/** Deferral for systems that know it as a restriction; gone from 27 (Apple: Restrictions). */
function addRestrictions(value: Values, pen: Pen): void {
  const { on } = pen
  const mac = on.platform === 'macos'
  if ((!mac && on.supervised !== true) || !older(on, '27')) return
  const days = sinceOn(on, { ios: '11.3', macos: '10.13.4', tvos: '12.2' }) ? wholeOf(value['deferDays']) : undefined
  const parted = mac && sinceOn(on, { macos: '11.3' })
  const major = parted ? (wholeOf(value['deferMajorDays']) ?? days) : undefined
  const rapid = sinceOn(on, { ios: '16', macos: '13' })
  const content: Dict = given({
    forceDelayedSoftwareUpdates: days === undefined ? undefined : true,
    enforcedSoftwareUpdateDelay: days,
    forceDelayedMajorSoftwareUpdates: major === undefined ? undefined : true,
    enforcedSoftwareUpdateMajorOSDeferredInstallDelay: major,
    enforcedSoftwareUpdateMinorOSDeferredInstallDelay: parted ? days : undefined,
    allowRapidSecurityResponseInstallation: rapid ? flagOf(value['securityResponses']) : undefined,
    allowRapidSecurityResponseRemoval: rapid ? flagOf(value['removingSecurityResponses']) : undefined,
  })
  if (Object.keys(content).length > 0) pen.add('com.apple.applicationaccess', 'deferral', content, 'Update deferral')
}

/** A Mac's own updater took its orders from here until 27. */
function addMacUpdates(value: Values, pen: Pen): void {
  if (pen.on.platform !== 'macos' || !sinceOn(pen.on, { macos: '10.15' }) || !older(pen.on, '27')) return
  const downloads = value['downloads']
  const installs = value['installs']
  const chosen = (word: Json | undefined): boolean | undefined =>
    word === 'always' ? true : word === 'never' ? false : undefined
  const content = given({
    AutomaticCheckEnabled: chosen(downloads),
    AutomaticDownload: chosen(downloads),
    AutomaticallyInstallMacOSUpdates: chosen(installs),
    CriticalUpdateInstall: chosen(installs),
    ConfigDataInstall: chosen(installs),
  })
  if (Object.keys(content).length > 0) pen.add('com.apple.SoftwareUpdate', 'updater', content, 'Automatic updates')
}
