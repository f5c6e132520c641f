import { randomBytes } from 'node:crypto'
import { bytes, type Dict, decode, dict } from '@muster/wire/plist/plist.ts'
import { checkIn } from './checkin.ts'
import type { AppleDevice } from './device.ts'
import { noteTrouble } from './ledger.ts'

const capability = 'com.apple.mdm.bootstraptoken'

/** Escrows a new bootstrap token when the server offers to keep one; Macs do so after the first sign-in. */
export async function setBootstrapToken(device: AppleDevice): Promise<void> {
  const { enrollment, interior, hardware } = device
  if (enrollment === undefined || hardware.family !== 'Mac') return
  if (!enrollment.profile.mdm.capabilities.includes(capability)) return
  const token = interior.bootstrapToken ?? randomBytes(96)
  try {
    await checkIn(device, enrollment, {
      MessageType: 'SetBootstrapToken',
      BootstrapToken: token,
      AwaitingConfiguration: interior.awaitingConfiguration,
    })
    interior.bootstrapToken = token
  } catch (error) {
    // Not fatal: a Mac tries again at the next sign-in.
    noteTrouble(device.ledger, `SetBootstrapToken: ${String(error)}`)
  }
}

/** Asks the server for the bootstrap token; undefined when it keeps none. */
export async function getBootstrapToken(device: AppleDevice): Promise<Uint8Array | undefined> {
  const { enrollment } = device
  if (enrollment === undefined) throw new Error('the device is not enrolled')
  const reply = await checkIn(device, enrollment, { MessageType: 'GetBootstrapToken' })
  if (reply.body.length === 0) return undefined
  const token = bytes(dict(decode(reply.body)), 'BootstrapToken')
  return token === undefined || token.length === 0 ? undefined : token
}

/** Asks the server for a token of this service type, such as `com.apple.maid`; undefined when the answer is empty. */
export async function getToken(device: AppleDevice, serviceType: string): Promise<Uint8Array | undefined> {
  const { enrollment } = device
  if (enrollment === undefined) throw new Error('the device is not enrolled')
  const reply = await checkIn(device, enrollment, { MessageType: 'GetToken', TokenServiceType: serviceType })
  return reply.body.length === 0 ? undefined : bytes(dict(decode(reply.body)), 'TokenData')
}

/** Asks, just before erasing, whether to come back enrolled (OS 26); undefined when the server says nothing. */
export async function askReturnToService(device: AppleDevice): Promise<Dict | undefined> {
  const { enrollment } = device
  if (enrollment === undefined) throw new Error('the device is not enrolled')
  const reply = await checkIn(device, enrollment, { MessageType: 'ReturnToService' })
  return reply.body.length === 0 ? undefined : dict(dict(decode(reply.body)).ReturnToService)
}
