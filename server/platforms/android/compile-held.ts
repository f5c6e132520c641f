import { type Fields, isFields, type Part } from './compiled.ts'
import type { Mode } from './modes.ts'

const none = (left: readonly string[]): Part => ({ fields: {}, apps: [], left })
const names = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : [])
const isWhole = (mode: Mode): boolean => mode === 'fully-managed' || mode === 'dedicated'

/** A device that does few things. The way out by a code is our agent's own. */
export function kiosk(value: Fields, mode: Mode): Part {
  if (!isWhole(mode)) return none(Object.keys(value))
  const all = names(value['apps'])
  const single = value['mode'] === 'single'
  const has = (button: string): boolean => names(value['features']).includes(button)
  return {
    fields: {
      ...(single ? {} : { kioskCustomLauncherEnabled: true }),
      kioskCustomization: {
        powerButtonActions: has('power') ? 'POWER_BUTTON_AVAILABLE' : 'POWER_BUTTON_BLOCKED',
        systemNavigation: !has('home')
          ? 'NAVIGATION_DISABLED'
          : has('overview')
            ? 'NAVIGATION_ENABLED'
            : 'HOME_BUTTON_ONLY',
        statusBar: has('notifications')
          ? 'NOTIFICATIONS_AND_SYSTEM_INFO_ENABLED'
          : has('system-info')
            ? 'SYSTEM_INFO_ONLY'
            : 'NOTIFICATIONS_AND_SYSTEM_INFO_DISABLED',
        deviceSettings: 'SETTINGS_ACCESS_BLOCKED',
      },
      ...(has('lock-screen') ? {} : { keyguardDisabled: true }),
      ...(value['awakeWhilePlugged'] === true ? { stayOnPluggedModes: ['AC', 'USB', 'WIRELESS'] } : {}),
    },
    apps: all.map(packageName => ({ packageName, installType: single ? 'KIOSK' : 'FORCE_INSTALLED' })),
    left: ['exitCode'].filter(key => key in value),
  }
}

/** Looking names up in secret. */
export function privateDns(value: Fields, mode: Mode): Part {
  if (!isWhole(mode)) return none(Object.keys(value))
  const privateDnsSettings =
    value['mode'] === 'resolver'
      ? { privateDnsMode: 'PRIVATE_DNS_SPECIFIED_HOST', privateDnsHost: value['resolver'] }
      : { privateDnsMode: 'PRIVATE_DNS_AUTOMATIC' }
  return { fields: { deviceConnectivityManagement: { privateDnsSettings } }, apps: [], left: [] }
}

const granting: Readonly<Record<string, string>> = { ask: 'PROMPT', grant: 'GRANT', deny: 'DENY' }

/** What apps may do without asking, or may never. */
export function appPermissions(value: Fields): Part {
  const by = new Map<string, Fields[]>()
  for (const one of Array.isArray(value['apps']) ? value['apps'] : [])
    if (isFields(one)) {
      const grant = { permission: one['permission'], policy: granting[String(one['state'])] ?? 'PROMPT' }
      by.set(String(one['app']), [...(by.get(String(one['app'])) ?? []), grant])
    }
  const fallback = granting[String(value['byDefault'])]
  return {
    fields: fallback === undefined ? {} : { defaultPermissionPolicy: fallback },
    apps: [...by].map(([packageName, permissionGrants]) => ({ packageName, permissionGrants })),
    left: [],
  }
}

/** That what is stored is encrypted; Android 10 and newer do nothing else. */
export function encryption(value: Fields): Part {
  const fields = value['required'] === true ? { encryptionPolicy: 'ENABLED_WITHOUT_PASSWORD' } : {}
  return { fields, apps: [], left: Object.keys(value).filter(k => k !== 'required') }
}

/** Outside working time; when that is the server knows, so that the windows themselves are said to nobody. */
export function workTime(value: Fields): Part {
  const kept = ['windows', 'zone', 'calendars', 'holidays']
  const said: Readonly<Record<string, Fields>> = {
    camera: { cameraAccess: 'CAMERA_ACCESS_DISABLED' },
    screenCapture: { screenCaptureDisabled: true },
    appInstallation: { installAppsDisabled: true },
  }
  const fields: Fields = {}
  for (const [key, is] of Object.entries(value)) if (is === false) Object.assign(fields, said[key] ?? {})
  return { fields, apps: [], left: Object.keys(value).filter(k => !kept.includes(k) && !(k in said)) }
}

const sharing: Readonly<Record<string, string>> = {
  none: 'CROSS_PROFILE_DATA_SHARING_DISALLOWED',
  'to-work': 'DATA_SHARING_FROM_WORK_TO_PERSONAL_DISALLOWED',
  both: 'CROSS_PROFILE_DATA_SHARING_ALLOWED',
}

/** The app that carries everything, and whether anything gets past it. */
export function vpn(value: Fields): Part | null {
  const { app, everything } = value
  if (typeof app !== 'string') return null
  const alwaysOnVpnPackage = { packageName: app, ...(everything === true ? { lockdownEnabled: true } : {}) }
  return {
    fields: { alwaysOnVpnPackage },
    apps: [],
    left: Object.keys(value).filter(k => !['name', 'mode', 'app', 'everything'].includes(k)),
  }
}

/** What passes between the two sides of a device; of somebody's own, nothing about the personal one. */
export function workAndPersonal(value: Fields, mode: Mode): Part {
  if (isWhole(mode)) return none(Object.keys(value))
  const { copyPaste, sharing: share, contacts } = value
  const cross: Fields = {
    ...(typeof copyPaste === 'boolean'
      ? {
          crossProfileCopyPaste: copyPaste
            ? 'CROSS_PROFILE_COPY_PASTE_ALLOWED'
            : 'COPY_FROM_WORK_TO_PERSONAL_DISALLOWED',
        }
      : {}),
    ...(typeof share === 'string' ? { crossProfileDataSharing: sharing[share] } : {}),
    ...(typeof contacts === 'boolean'
      ? {
          showWorkContactsInPersonalProfile: `SHOW_WORK_CONTACTS_IN_PERSONAL_PROFILE_${contacts ? 'ALLOWED' : 'DISALLOWED'}`,
        }
      : {}),
  }
  const personal = mode === 'company-profile' ? personalOf(value) : {}
  return {
    fields: {
      ...(Object.keys(cross).length > 0 ? { crossProfilePolicies: cross } : {}),
      ...(Object.keys(personal).length > 0 ? { personalUsagePolicies: personal } : {}),
    },
    apps: [],
    left: mode === 'company-profile' ? [] : Object.keys(value).filter(k => /^personal|^daysWorkOff$/.test(k)),
  }
}

function personalOf(value: Fields): Fields {
  const blocked = names(value['personalBlockedApps'])
  return {
    ...(value['personalCamera'] === false ? { cameraDisabled: true } : {}),
    ...(value['personalScreenCapture'] === false ? { screenCaptureDisabled: true } : {}),
    ...(typeof value['daysWorkOff'] === 'number' ? { maxDaysWithWorkOff: value['daysWorkOff'] } : {}),
    ...(blocked.length > 0
      ? {
          personalPlayStoreMode: 'BLOCKLIST',
          personalApplications: blocked.map(packageName => ({ packageName, installType: 'BLOCKED' })),
        }
      : {}),
  }
}

const locating: Readonly<Record<string, string>> = {
  user: 'LOCATION_USER_CHOICE',
  on: 'LOCATION_ENFORCED',
  off: 'LOCATION_DISABLED',
}

/** Whether the device knows where it is. */
export function location(value: Fields, mode: Mode): Part {
  if (!isWhole(mode)) return none(Object.keys(value))
  return { fields: { locationMode: locating[String(value['services'])] ?? 'LOCATION_USER_CHOICE' }, apps: [], left: [] }
}

/** Which kinds of accounts people may not add. */
export function accounts(value: Fields, mode: Mode): Part {
  const [blocked, personal] = [names(value['blockedTypes']), names(value['personalBlockedTypes'])]
  const company = mode === 'company-profile'
  return {
    fields: {
      ...(blocked.length > 0 ? { accountTypesWithManagementDisabled: blocked } : {}),
      ...(company && personal.length > 0
        ? { personalUsagePolicies: { accountTypesWithManagementDisabled: personal } }
        : {}),
    },
    apps: [],
    left: company ? [] : Object.keys(value).filter(k => k === 'personalBlockedTypes'),
  }
}

/** Who can set up a device again that was erased from outside. */
export function resetProtection(value: Fields, mode: Mode): Part {
  if (mode === 'work-profile') return none(Object.keys(value))
  const emails = names(value['emails'])
  return {
    fields: emails.length > 0 ? { frpAdminEmails: emails } : {},
    apps: [],
    left: Object.keys(value).filter(k => k !== 'emails'),
  }
}
