import { randomUUID } from 'node:crypto'
import { Malformed } from '@muster/wire/malformed.ts'
import { decode, type Dict, dict, encode, list, str } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import { Problem } from '../../../base/problem.ts'

/** A network by which erased devices come back: its name and password, or a profile that holds it, in base64. */
export const wifiWish = z.union([
  z.string().max(100_000),
  z.strictObject({
    network: z.string().min(1).max(32),
    /** Null: the network is open. */
    password: z.string().min(8).max(63).nullable(),
    hidden: z.boolean().default(false),
  }),
])

/** A network as somebody gives it. */
export type WifiWish = z.output<typeof wifiWish>

const type = 'com.apple.wifi.managed'

/** The network as a profile. Refuses what is not a profile with a network in it: an erased device would never come back. */
export function wifiProfile(wish: WifiWish): Uint8Array {
  if (typeof wish !== 'string') return encode(profileOf(wish))
  const bytes = new Uint8Array(Buffer.from(wish, 'base64'))
  if (payloadIn(bytes) === undefined) throw new Problem('setup.wifi-wrong')
  return bytes
}

/** The name of the network in such a profile; null where it does not say one. */
export function networkIn(profile: Uint8Array): string | null {
  return str(payloadIn(profile) ?? {}, 'SSID_STR') ?? null
}

function payloadIn(bytes: Uint8Array): Dict | undefined {
  try {
    const payloads = list(dict(decode(bytes, { maxBytes: 64 * 1024, maxDepth: 16, maxNodes: 2048 })), 'PayloadContent')
    return payloads?.map(one => dict(one)).find(one => str(one, 'PayloadType') === type)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return undefined
  }
}

function profileOf({ network, password, hidden }: Exclude<WifiWish, string>): Dict {
  const [whole, part] = [randomUUID(), randomUUID()]
  const named = { PayloadVersion: 1, PayloadDisplayName: network }
  const payload: Dict = {
    ...named,
    PayloadType: type,
    PayloadIdentifier: `muster.return.${part}`,
    PayloadUUID: part,
    SSID_STR: network,
    HIDDEN_NETWORK: hidden,
    AutoJoin: true,
    // Any: whatever of WPA the network speaks, because nobody is there to choose.
    EncryptionType: password === null ? 'None' : 'Any',
    ...(password === null ? {} : { Password: password }),
  }
  return {
    ...named,
    PayloadType: 'Configuration',
    PayloadIdentifier: `muster.return.${whole}`,
    PayloadUUID: whole,
    PayloadContent: [payload],
  }
}
