import type { Artifact } from '@muster/wire/apple/catalog/catalog.ts'
import { type Recipient, refusalOf } from '@muster/wire/apple/catalog/order.ts'
import type { Device } from '../../../contract.ts'
import type { Voice } from '../../../i18n/index.tsx'
import { sayAvailability } from '../../../kit/catalog-form/words.ts'

/** The device as the catalog asks about it; what only the server knows, such as the access rights, it says when the command is sent. */
export function recipientOf(device: Device): Recipient {
  const live = device.enrollments.find(enrollment => enrollment.state === 'active')
  const shared = device.facts.find(fact => fact.key === 'identity.shared')?.value
  return {
    platform: device.platform,
    osVersion: device.osVersion,
    supervised: device.supervised,
    enrollment: live?.kind ?? 'device',
    shared: typeof shared === 'boolean' ? shared : undefined,
    rights: null,
    account: false,
  }
}

/** Why the device cannot take a command, in words; null when nothing is known against it. */
export function sayRefusal(voice: Voice, artifact: Pick<Artifact, 'id' | 'os'>, to: Recipient): string | null {
  const refusal = refusalOf({ family: 'command', id: artifact.id, os: artifact.os }, to)
  return refusal && sayAvailability(voice, { can: 'no', ...refusal })
}
