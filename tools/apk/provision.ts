import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  provisioningExtras,
  provisioningSize,
  provisioningText,
  type ProvisioningWifi,
} from '@muster/wire/android/provisioning.ts'
import { toBuffer, toString as draw } from 'qrcode'
import { must } from './package.ts'

/** The admin that a device is given to, as Android names components. */
export const admin = 'org.muster.agent/.app.Admin'

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
  wifi?: ProvisioningWifi | undefined
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

/** What the code holds. Throws for what no device would take. */
export function payload(sums: Checksums, invitation: Invitation): string {
  const { url, server, token, pin, mode, organization, wifi, locale, timeZone } = invitation
  const said: Record<string, string | undefined> = { u: server, t: token, p: pin, m: mode, o: organization }
  const extras = Object.fromEntries(
    Object.entries(said).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
  return provisioningText(
    provisioningExtras({
      component: admin,
      app: { url, check: { of: 'signer', sha256: sums.signature } },
      skipEducation: true,
      ...(wifi ? { wifi } : {}),
      ...(locale === undefined ? {} : { locale }),
      ...(timeZone === undefined ? {} : { timeZone }),
      extras,
    }),
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

/** Whether cheap cameras can still read the code. */
export function isEasy(text: string): boolean {
  return provisioningSize(text).easy
}

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
