import { createHash } from 'node:crypto'
import { Malformed } from '../malformed.ts'

/*
 * What a factory-new Android device reads from a QR code on its welcome screen: one JSON object whose keys are extras of the
 * system's provisioning. The device joins the network named there, loads the app named there, checks it and makes it its owner.
 */

const prefix = 'android.app.extra.PROVISIONING_'

/** What extras for the app itself may hold: what a bundle of the system can carry. */
export type Extra = string | number | boolean | { readonly [key: string]: Extra }

/** The network a device joins before it knows anything else. */
export interface ProvisioningWifi {
  readonly ssid: string
  readonly hidden?: boolean
  readonly security?: 'NONE' | 'WPA' | 'WEP' | 'EAP'
  readonly password?: string
  readonly proxy?: { readonly host: string; readonly port: number; readonly bypass?: readonly string[] }
  readonly pacUrl?: string
  readonly eap?: {
    readonly method: 'PEAP' | 'TLS' | 'TTLS' | 'PWD' | 'SIM' | 'AKA' | 'AKA_PRIME'
    readonly phase2?: 'NONE' | 'PAP' | 'MSCHAP' | 'MSCHAPV2' | 'GTC' | 'SIM' | 'AKA' | 'AKA_PRIME'
    /** Certificates in base64 of DER; the user's with its key as PKCS#12. */
    readonly caCertificate?: string
    readonly userCertificate?: string
    readonly identity?: string
    readonly anonymousIdentity?: string
    readonly domain?: string
  }
}

/** How the device sees that the app it loaded is the one that was meant. */
export interface ProvisioningCheck {
  /** `signer`: the certificate that signed it, so newer versions are good too. `package`: this very file. */
  readonly of: 'signer' | 'package'
  /** SHA-256 as bytes, hex (with or without colons) or base64 of any kind. */
  readonly sha256: Uint8Array | string
}

/** What does not say which app is loaded, but how the device goes on with it. */
export interface ProvisioningWishes {
  readonly wifi?: ProvisioningWifi
  /** Milliseconds since 1970, for devices whose clock stands so wrong that no certificate is valid. */
  readonly localTime?: number
  readonly timeZone?: string
  /** `ja_JP` or `ja-JP`. */
  readonly locale?: string
  readonly keepSystemApps?: boolean
  readonly skipEncryption?: boolean
  readonly useMobileData?: boolean
  readonly allowOffline?: boolean
  readonly sensorsOptOut?: boolean
  readonly keepScreenOn?: boolean
  readonly skipEducation?: boolean
}

/** Everything a QR code for an app of one's own says. */
export interface Provisioning extends ProvisioningWishes {
  /** `package/class`, the class short (`.Admin`) or whole. */
  readonly component: string
  /** Left out where the app is on the device already. */
  readonly app?: {
    readonly url: string
    readonly check: ProvisioningCheck
    readonly minimumVersion?: number
    /** Sent as `Cookie` with the download. */
    readonly cookie?: string
  }
  /** For the app itself: where its server is, and its token. */
  readonly extras?: { readonly [key: string]: Extra }
}

/** The extras of a QR code, under their full names. Throws `Malformed` for what no device would take. */
export function provisioningExtras(wish: Provisioning): Record<string, Extra> {
  const component = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+\/\.?[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/
  if (!component.test(wish.component)) throw new Malformed('provisioning.component', wish.component)
  return {
    [`${prefix}DEVICE_ADMIN_COMPONENT_NAME`]: wish.component,
    ...(wish.app ? named(appExtras(wish.app)) : {}),
    ...named(wishExtras(wish)),
    ...(wish.extras ? { [`${prefix}ADMIN_EXTRAS_BUNDLE`]: wish.extras } : {}),
  }
}

/** A payload someone else made (Google's, for its own app) with more wishes in it; what it says of the app stays as it is. */
export function provisioningWith(payload: string, wishes: ProvisioningWishes): string {
  let value: unknown
  try {
    value = JSON.parse(payload)
  } catch {
    throw new Malformed('provisioning.payload', 'not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Malformed('provisioning.payload', 'not an object')
  return provisioningText({ ...(value as Record<string, Extra>), ...named(wishExtras(wishes)) })
}

/** The text that is drawn: ASCII alone, because readers guess the charset of a code and guess wrong. */
export function provisioningText(extras: { readonly [key: string]: Extra }): string {
  return JSON.stringify(extras).replaceAll(
    /[\u007f-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A SHA-256 as the device wants it: base64url without padding, 43 characters. Throws `Malformed` unless it has 32 bytes. */
export function provisioningChecksum(sha256: Uint8Array | string): string {
  const bytes = typeof sha256 === 'string' ? bytesIn(sha256.trim()) : Buffer.from(sha256)
  if (bytes.length !== 32) throw new Malformed('provisioning.checksum', `${bytes.length} bytes`)
  return bytes.toString('base64url')
}

/** The checksum of a file or of a certificate's DER. */
export function provisioningChecksumOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url')
}

/** Bytes a QR code of each version holds with medium correction (ISO/IEC 18004 table 7). */
const capacities = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
  997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
]

/** How large a code the text makes at medium correction; `version` is null when no code holds it. Phones at arm's length begin to fail above version 25. */
export function provisioningSize(text: string): {
  readonly bytes: number
  readonly version: number | null
  /** Squares on a side, without the quiet zone. */
  readonly modules: number | null
  readonly easy: boolean
} {
  const bytes = Buffer.byteLength(text)
  const at = capacities.findIndex(most => most >= bytes)
  if (at < 0) return { bytes, version: null, modules: null, easy: false }
  return { bytes, version: at + 1, modules: 17 + 4 * (at + 1), easy: at + 1 <= 25 }
}

function bytesIn(text: string): Buffer {
  const hex = text.replaceAll(':', '')
  if (/^[0-9a-f]{64}$/i.test(hex)) return Buffer.from(hex, 'hex')
  if (!/^[\w+/-]{43}=?$/.test(text)) throw new Malformed('provisioning.checksum', 'neither hex nor base64')
  return Buffer.from(text, 'base64')
}

function named(extras: Record<string, Extra | undefined>): Record<string, Extra> {
  return Object.fromEntries(
    Object.entries(extras).flatMap(([key, value]) => (value === undefined ? [] : [[prefix + key, value]])),
  )
}

function appExtras({ url, check, minimumVersion, cookie }: NonNullable<Provisioning['app']>) {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
    throw new Malformed('provisioning.url', 'https is needed')
  if (cookie !== undefined && !/^[\u0020-\u007e]+$/.test(cookie)) throw new Malformed('provisioning.cookie')
  return {
    DEVICE_ADMIN_PACKAGE_DOWNLOAD_LOCATION: url,
    [check.of === 'signer' ? 'DEVICE_ADMIN_SIGNATURE_CHECKSUM' : 'DEVICE_ADMIN_PACKAGE_CHECKSUM']: provisioningChecksum(
      check.sha256,
    ),
    DEVICE_ADMIN_MINIMUM_VERSION_CODE: minimumVersion,
    DEVICE_ADMIN_PACKAGE_DOWNLOAD_COOKIE_HEADER: cookie,
  }
}

function wishExtras(wish: ProvisioningWishes): Record<string, Extra | undefined> {
  if (wish.timeZone !== undefined && !/^[A-Za-z]+(?:[/_+-]\w+)*$/.test(wish.timeZone))
    throw new Malformed('provisioning.time-zone', wish.timeZone)
  if (wish.locale !== undefined && !/^[a-z]{2,3}(?:[_-][A-Za-z\d]{2,8})*$/.test(wish.locale))
    throw new Malformed('provisioning.locale', wish.locale)
  return {
    ...(wish.wifi ? wifiExtras(wish.wifi) : {}),
    LOCAL_TIME: wish.localTime,
    TIME_ZONE: wish.timeZone,
    LOCALE: wish.locale?.replaceAll('-', '_'),
    LEAVE_ALL_SYSTEM_APPS_ENABLED: wish.keepSystemApps,
    SKIP_ENCRYPTION: wish.skipEncryption,
    USE_MOBILE_DATA: wish.useMobileData,
    ALLOW_OFFLINE: wish.allowOffline,
    SENSORS_PERMISSION_GRANT_OPT_OUT: wish.sensorsOptOut,
    KEEP_SCREEN_ON: wish.keepScreenOn,
    SKIP_EDUCATION_SCREENS: wish.skipEducation,
  }
}

function wifiExtras(wifi: ProvisioningWifi): Record<string, Extra | undefined> {
  const { ssid, password, proxy, eap } = wifi
  if (ssid === '' || Buffer.byteLength(ssid) > 32) throw new Malformed('provisioning.ssid', '1 to 32 bytes')
  const security = wifi.security ?? (eap ? 'EAP' : password === undefined ? 'NONE' : 'WPA')
  if (security === 'NONE' && password !== undefined) throw new Malformed('provisioning.password', 'open network')
  if ((security === 'WPA' || security === 'WEP') && !password) throw new Malformed('provisioning.password', 'missing')
  if ((security === 'EAP') !== (eap !== undefined)) throw new Malformed('provisioning.eap')
  if (proxy && wifi.pacUrl !== undefined) throw new Malformed('provisioning.proxy', 'host or script, not both')
  return {
    WIFI_SSID: ssid,
    WIFI_HIDDEN: wifi.hidden,
    WIFI_SECURITY_TYPE: security,
    WIFI_PASSWORD: password,
    WIFI_PROXY_HOST: proxy?.host,
    WIFI_PROXY_PORT: proxy?.port,
    WIFI_PROXY_BYPASS: proxy?.bypass?.join(','),
    WIFI_PAC_URL: wifi.pacUrl,
    WIFI_EAP_METHOD: eap?.method,
    WIFI_PHASE2_AUTH: eap?.phase2,
    WIFI_CA_CERTIFICATE: eap?.caCertificate,
    WIFI_USER_CERTIFICATE: eap?.userCertificate,
    WIFI_IDENTITY: eap?.identity,
    WIFI_ANONYMOUS_IDENTITY: eap?.anonymousIdentity,
    WIFI_DOMAIN: eap?.domain,
  }
}
