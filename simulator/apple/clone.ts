import { type AppleDevice, device, openChannel } from './device.ts'
import { build } from './hardware.ts'
import { random } from './random.ts'

/**
 * Copies an enrolled device's identity onto another machine. With `sameUdid` it is a cloned virtual machine, which
 * claims to be the original; without, a new machine with a migrated keychain, which uses a certificate that is not its own.
 */
export function clone(original: AppleDevice, { sameUdid }: { sameUdid: boolean }): AppleDevice {
  const { enrollment, hardware, interior } = original
  if (enrollment === undefined) throw new Error('only an enrolled device has an identity to clone')
  const copy = device({ ...original.options, model: hardware.productName, owner: original.owner, name: interior.name })
  const seed = original.chance.below(2 ** 32)
  copy.hardware = sameUdid ? hardware : build(hardware, random(seed))
  copy.enrollment = {
    ...enrollment,
    ...openChannel(),
    token: enrollment.token,
    magic: enrollment.magic,
    confirmed: true,
    accounts: new Map(),
  }
  return copy
}
