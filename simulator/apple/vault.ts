import { randomBytes, randomUUID } from 'node:crypto'
import { envelop } from '@muster/wire/cms/enveloped.ts'
import { type Dict, str } from '@muster/wire/plist/plist.ts'
import { parseCertificate } from '@muster/wire/x509/certificate.ts'
import type { AppleDevice } from './device.ts'
import type { Interior } from './interior.ts'

/** Passwords and keys inside a device. Everything here goes with an erase but the bypass code. */
export interface Vault {
  /** The personal recovery key of the disk; undefined while it is not encrypted, or was encrypted before we knew it. */
  recoveryKey: string | undefined
  /** What the escrow payload of then encrypted, and for whom; a later payload does not encrypt it anew. */
  escrowed: Uint8Array | undefined
  recoveryLock: string
  firmware: string
  /** A firmware password that holds from the next start on. */
  firmwareNext: { password: string; restarts: number } | undefined
  admin: { guid: string; shortName: string; hash: Uint8Array | undefined } | undefined
  bypass: string
}

const letters = '0123456789ACDEFGHJKLMNPQRTUVWXYZ'

/** What a new device has. */
export function freshVault(): Vault {
  return {
    recoveryKey: undefined,
    escrowed: undefined,
    recoveryLock: '',
    firmware: '',
    firmwareNext: undefined,
    admin: undefined,
    bypass: freshBypass(),
  }
}

const vaults = new WeakMap<Interior, Vault>()

/** The vault of a device; another one after an erase. */
export function vaultOf(device: AppleDevice): Vault {
  const known = vaults.get(device.interior)
  if (known) return known
  const fresh = freshVault()
  const { automaticAdmin } = device.options
  if (automaticAdmin !== undefined && device.hardware.family === 'Mac')
    fresh.admin = { guid: randomUUID().toUpperCase(), shortName: automaticAdmin, hash: undefined }
  vaults.set(device.interior, fresh)
  return fresh
}

/** Whether FileVault is on: it came so, or a policy turned it on. */
export function isEncrypted(device: AppleDevice): boolean {
  return device.hardware.productName !== 'Mac16,10' || vaultOf(device).recoveryKey !== undefined
}

/**
 * What the Mac tells of its recovery key. The escrow payload encrypts a key when it is made, or, where the Mac has a bootstrap token, the one that is
 * there already (macOS 26); never one of before otherwise.
 */
export function escrowedKey(device: AppleDevice): Uint8Array | undefined {
  const vault = vaultOf(device)
  const recipient = escrowRecipient(device)
  if (recipient === undefined) return vault.escrowed
  if (vault.recoveryKey === undefined && wantsEncryption(device)) setRecoveryKey(device, freshRecoveryKey())
  const late = Number.parseInt(device.interior.system.version, 10) >= 26 && device.interior.bootstrapToken !== undefined
  if (vault.escrowed === undefined && vault.recoveryKey !== undefined && late)
    vault.escrowed = envelopFor(recipient, vault.recoveryKey)
  return vault.escrowed
}

/** The Mac has another recovery key, which is encrypted for whoever the escrow payload names now. Answers it. */
export function setRecoveryKey(device: AppleDevice, key: string = freshRecoveryKey()): string {
  const vault = vaultOf(device)
  const recipient = escrowRecipient(device)
  vault.recoveryKey = key
  vault.escrowed = recipient === undefined ? undefined : envelopFor(recipient, key)
  return key
}

/** A key as macOS makes them. */
export function freshRecoveryKey(): string {
  const group = (): string => [...randomBytes(4)].map(b => letters[b % 32]).join('')
  return Array.from({ length: 6 }, group).join('-')
}

/** Encrypts a key for a certificate in a CMS envelope. */
export function envelopFor(certificate: Uint8Array, key: string): Uint8Array {
  return envelop({ content: Buffer.from(key), recipient: parseCertificate(certificate), cipher: 'des-ede3-cbc' })
}

/** Find My was turned on: the device makes another bypass code by itself. */
export function regenerateBypass(device: AppleDevice): void {
  vaultOf(device).bypass = freshBypass()
}

/** The firmware password that the Mac asks for now. */
export function firmwareNow(device: AppleDevice): string {
  const vault = vaultOf(device)
  const next = vault.firmwareNext
  if (next && device.interior.restarts > next.restarts) {
    vault.firmware = next.password
    vault.firmwareNext = undefined
  }
  return vault.firmware
}

function wantsEncryption(device: AppleDevice): boolean {
  return payloadsOf(device, 'com.apple.MCX.FileVault2').some(p => str(p, 'Enable') === 'On')
}

function escrowRecipient(device: AppleDevice): Uint8Array | undefined {
  const [escrow] = payloadsOf(device, 'com.apple.security.FDERecoveryKeyEscrow')
  const uuid = escrow && str(escrow, 'EncryptCertPayloadUUID')
  const certificate = payloadsOf(device, 'com.apple.security.pkcs1').find(p => str(p, 'PayloadUUID') === uuid)
  const der = certificate?.PayloadContent
  return der instanceof Uint8Array ? der : undefined
}

function payloadsOf(device: AppleDevice, type: string): Dict[] {
  return [...device.interior.profiles.values()].flatMap(p => p.payloads.filter(one => str(one, 'PayloadType') === type))
}

function freshBypass(): string {
  const bits = [...randomBytes(16)].map(b => b.toString(2).padStart(8, '0')).join('')
  const text = (bits.padEnd(130, '0').match(/.{5}/g) ?? []).map(five => letters[Number.parseInt(five, 2)]).join('')
  return [text.slice(0, 5), text.slice(5, 10), ...(text.slice(10).match(/.{4}/g) ?? [])].join('-')
}
