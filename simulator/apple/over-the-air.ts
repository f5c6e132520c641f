import { sign, verify } from '@muster/wire/cms/signed.ts'
import { decode, dict, list, str } from '@muster/wire/plist/plist.ts'
import { get, post, refused } from './assistant.ts'
import type { BirthAuthority } from './birth.ts'
import { type AppleDevice, clockOf, type Enrollment } from './device.ts'
import { type EnrollOptions, installEnrollment } from './enroll.ts'
import { requestIdentity } from './identity.ts'
import { encodeMachineInfo, machineInfo, type MachineWish, signedMachine } from './machine.ts'
import { readProfile, readServiceProfile } from './profile.ts'

/** Enrolls by the profile service: the device says who it is, gets a certificate, and then its profile (Apple: over-the-air profile delivery). */
export async function enrollOverTheAir(
  device: AppleDevice,
  options: EnrollOptions & { authority: BirthAuthority; wish?: MachineWish },
): Promise<Enrollment> {
  const asked = await get(device, options.profileUrl)
  if (asked.status !== 200) throw refused(asked)
  const service = dict(decode(verify(asked.body).content))
  if (str(service, 'PayloadType') !== 'Profile Service') throw new Error('it asks nothing')
  const content = dict(service.PayloadContent)
  const [url, challenge] = [str(content, 'URL') ?? '', str(content, 'Challenge')]
  if (!(list(content, 'DeviceAttributes') ?? []).includes('SERIAL')) throw new Error('it does not ask for the serial')
  const wish = { ...options.wish, ...(challenge === undefined ? {} : { challenge }) }
  const second = await post(device, url, await signedMachine(device, { authority: options.authority, wish }))
  if (second.status !== 200) throw refused(second)
  const identity = await requestIdentity(device, readServiceProfile(readProfile(second.body)))
  const third = await post(
    device,
    url,
    sign({
      content: encodeMachineInfo(machineInfo(device, options.wish)),
      certificate: identity.certificate,
      key: identity.key,
      signingTime: clockOf(device),
    }),
  )
  if (third.status !== 200) throw refused(third)
  return installEnrollment(device, third.body, options)
}
