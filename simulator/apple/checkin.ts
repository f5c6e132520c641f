import type { Dict } from '@muster/wire/plist/plist.ts'
import { type Account, type AppleDevice, type Channel, channelOf, clockOf, type Enrollment } from './device.ts'
import { spacedImei } from './hardware.ts'
import type { Reply } from './http.ts'
import { noteTrouble } from './ledger.ts'
import { pack, transmit } from './line.ts'

/** The server turned a check-in down. */
export class CheckinRefused extends Error {
  override readonly name = 'CheckinRefused'
  readonly status: number

  constructor(message: string, status: number) {
    super(`${message} was answered with ${status}`)
    this.status = status
  }
}

/** Introduces the device: who it is, not yet how to wake it. */
export async function authenticate(device: AppleDevice, enrollment: Enrollment): Promise<void> {
  const { hardware, interior } = device
  const shown: Dict =
    enrollment.enrollmentId === undefined
      ? {
          SerialNumber: hardware.serial,
          ...(hardware.imei === undefined ? {} : { IMEI: spacedImei(hardware.imei) }),
          ...(hardware.meid === undefined ? {} : { MEID: hardware.meid }),
        }
      : {}
  await checkIn(device, enrollment, {
    MessageType: 'Authenticate',
    Topic: enrollment.profile.mdm.topic,
    OSVersion: interior.system.version,
    BuildVersion: interior.system.build,
    ProductName: hardware.productName,
    // Only Macs say their names this early; of the others a server learns them from DeviceInformation.
    ...(hardware.family === 'Mac'
      ? { DeviceName: interior.name, Model: hardware.model, ModelName: hardware.modelName }
      : {}),
    ...shown,
  })
}

/** Tells how to wake the device, or one account of it, and registers that address with the push service. */
export async function updateToken(device: AppleDevice, enrollment: Enrollment, account?: Account): Promise<void> {
  const channel = channelOf(enrollment, account)
  await checkIn(
    device,
    enrollment,
    {
      MessageType: 'TokenUpdate',
      Topic: enrollment.profile.mdm.topic,
      Token: channel.token,
      PushMagic: channel.magic,
      ...(account === undefined && enrollment.unlockToken !== undefined ? { UnlockToken: enrollment.unlockToken } : {}),
      ...(account === undefined && device.interior.awaitingConfiguration ? { AwaitingConfiguration: true } : {}),
      ...(account !== undefined && device.hardware.family === 'Mac' ? { NotOnConsole: false } : {}),
    },
    account,
  )
  channel.confirmed = true
  if (!channel.again || channel.talking !== undefined) return
  channel.again = false
  channel.call?.()
}

/** Says good-bye, once and without insisting, as devices do. */
export async function sendCheckOut(device: AppleDevice, enrollment: Enrollment, account?: Account): Promise<boolean> {
  const { topic } = enrollment.profile.mdm
  try {
    await checkIn(device, enrollment, { MessageType: 'CheckOut', Topic: topic }, account)
    return true
  } catch (error) {
    noteTrouble(device.ledger, `CheckOut: ${String(error)}`)
    return false
  }
}

/** Sends a check-in of the device or an account and returns the 2xx reply; throws `CheckinRefused` or `Unreachable`. */
export async function checkIn(
  device: AppleDevice,
  enrollment: Enrollment,
  keys: Dict & { MessageType: string },
  account?: Account,
): Promise<Reply> {
  const packet = pack(device, enrollment, keys, { message: keys.MessageType, account })
  const reply = await transmit(device, packet)
  if (reply.status < 200 || reply.status > 299) throw new CheckinRefused(keys.MessageType, reply.status)
  return reply
}

/** Listens for pushes on a channel: the right magic makes the device call, a wrong one is noted. */
export function listenForWakes(
  device: AppleDevice,
  channel: Channel,
  { topic, account, call }: { topic: string; account: string | undefined; call: () => void },
): void {
  channel.registration?.remove()
  channel.call = call
  channel.registration = device.options.apns?.register(
    channel.token,
    magic => {
      const valid = magic === channel.magic
      device.ledger.wakes.push({ at: clockOf(device), account, valid })
      if (!valid) return noteTrouble(device.ledger, 'a push with a wrong PushMagic')
      // A push may overtake the reply to the TokenUpdate that made it possible: it is answered right after that.
      if (channel.confirmed) call()
      else channel.again = true
    },
    { topic },
  )
  if (!device.online) channel.registration?.offline()
}
