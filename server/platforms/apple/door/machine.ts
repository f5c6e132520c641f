import { decodeMachineInfo, type MachineInfo } from '@muster/wire/apple/machine-info.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import type { Config } from '../../../base/config.ts'
import { Problem } from '../../../base/problem.ts'
import { isAppleDevice, openSigned } from './device-ca.ts'

/** What a device says of itself, and what proves it. */
export interface Machine {
  readonly info: MachineInfo
  /** SHA-256 of what it signed, hex. */
  readonly digest: string
  readonly signedAt: number | null
  /** Apple vouches that a device of theirs signed it. */
  readonly vouched: boolean
}

const longest = 64 * 1024

/** Reads what a device signed about itself, from whoever signed it: `vouched` says whether Apple knows the signer. */
export function readMachine(config: Config, body: Uint8Array): Machine {
  if (body.length === 0) throw new Problem('device.proof-missing')
  if (body.length > longest) throw new Problem('request.too-large')
  const { content, signer, signedAt, digest } = openSigned(body)
  return { info: understood(content), digest, signedAt, vouched: isAppleDevice(config, signer) }
}

/** The same of a device that Apple vouches for; refuses every other with `device.not-apple`. */
export function provenMachine(config: Config, body: Uint8Array): Machine {
  const machine = readMachine(config, body)
  if (!machine.vouched) throw new Problem('device.not-apple')
  return machine
}

/** The signed bytes in a header, as the web view of Setup Assistant sends them (Apple: x-apple-aspen-deviceinfo). */
export function headerBytes(header: string | readonly string[] | undefined): Uint8Array {
  const text = String(header ?? '').replaceAll(/\s/g, '')
  if (text === '') throw new Problem('device.proof-missing')
  if (text.length > 2 * longest || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    throw new Problem('device.signature-wrong', { reason: 'base64' })
  return Buffer.from(text, 'base64')
}

function understood(content: Uint8Array): MachineInfo {
  try {
    return decodeMachineInfo(content)
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('device.message-malformed', { reason: cause.code }, { cause })
  }
}
