import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { toBuffer, toString as draw } from 'qrcode'
import { must } from './package.ts'

/** The admin that a device is given to, as Android names components. */
export const admin = 'org.muster.agent/.app.Admin'

const prefix = 'android.app.extra.PROVISIONING_'

/** Both sums by which a device being set up knows the package: base64url without padding, 43 characters. */
export interface Checksums {
  /** Of the file: changes with every build. */
  package: string
  /** Of the certificate that signed it: stays as long as the key. */
  signature: string
}

/** What the code says besides the package. */
export interface Invitation {
  /** Where the package can be had, by https. */
  url: string
  server: string
  token: string
  pin?: string | undefined
  mode?: string | undefined
  organization?: string | undefined
  wifi?: { ssid: string; password?: string | undefined; security?: string | undefined } | undefined
  locale?: string | undefined
  timeZone?: string | undefined
}

/** Computes both sums; the signer is asked of apksigner, so an unsigned or broken package has none. */
export async function checksums(apk: string): Promise<Checksums> {
  const said = await must('apksigner', ['verify', '--print-certs', '--min-sdk-version', '26', apk])
  const hex = /certificate SHA-256 digest: ([0-9a-f]{64})/.exec(said)?.[1]
  if (hex === undefined) throw new Error(`apksigner names no signer of ${apk}.`)
  return {
    package: createHash('sha256').update(readFileSync(apk)).digest('base64url'),
    signature: Buffer.from(hex, 'hex').toString('base64url'),
  }
}

/** What the code holds: JSON in ASCII, because readers guess the encoding of anything else. */
export function payload(sums: Checksums, invitation: Invitation): string {
  const { wifi } = invitation
  const said: Record<string, unknown> = {
    DEVICE_ADMIN_COMPONENT_NAME: admin,
    DEVICE_ADMIN_PACKAGE_DOWNLOAD_LOCATION: invitation.url,
    DEVICE_ADMIN_SIGNATURE_CHECKSUM: sums.signature,
    SKIP_EDUCATION_SCREENS: true,
    WIFI_SSID: wifi?.ssid,
    WIFI_SECURITY_TYPE: wifi && (wifi.security ?? (wifi.password === undefined ? 'NONE' : 'WPA')),
    WIFI_PASSWORD: wifi?.password,
    LOCALE: invitation.locale,
    TIME_ZONE: invitation.timeZone,
    ADMIN_EXTRAS_BUNDLE: {
      u: invitation.server,
      t: invitation.token,
      p: invitation.pin,
      m: invitation.mode,
      o: invitation.organization,
    },
  }
  const named = Object.fromEntries(Object.entries(said).map(([key, value]) => [prefix + key, value]))
  return JSON.stringify(named).replaceAll(
    /[\u007f-\uffff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The link that offers the same on a device that already has the package: a personal one, or one given to the agent over a cable. */
export function link(invitation: Invitation): string {
  const query = new URLSearchParams({ u: invitation.server, t: invitation.token })
  if (invitation.pin !== undefined) query.set('p', invitation.pin)
  if (invitation.mode !== undefined) query.set('m', invitation.mode)
  if (invitation.organization !== undefined) query.set('o', invitation.organization)
  return `muster://enroll?${query.toString()}`
}

/** More than this cheap cameras cannot read any more. */
export const longestPayload = 1200

const looks = { errorCorrectionLevel: 'M', margin: 4 } as const

/** The code as a picture: a PNG with edges a camera can tell apart. */
export function png(text: string): Promise<Buffer> {
  return toBuffer(text, { ...looks, scale: 6 })
}

export function svg(text: string): Promise<string> {
  return draw(text, { ...looks, type: 'svg' })
}

/** The code in characters, for a terminal. */
export function terminal(text: string): Promise<string> {
  return draw(text, { ...looks, type: 'terminal', small: true })
}
