import { compareVersions, isVersion } from '@muster/wire/apple/catalog/version.ts'
import * as certificates from '../../areas/certificates/index.ts'
import type { Ctx } from '../../base/ctx.ts'

/** First hardware whose chip attests keys, by what product names begin with, and the system that does (Apple: Managed Device Attestation). */
const able: readonly { prefix: string; from: number; os: string }[] = [
  { prefix: 'iPhone', from: 10, os: '16.0' },
  { prefix: 'iPad', from: 8, os: '16.0' },
  { prefix: 'AppleTV', from: 11, os: '16.0' },
  { prefix: 'RealityDevice', from: 14, os: '1.0' },
  { prefix: 'MacBookAir', from: 10, os: '14.0' },
  { prefix: 'MacBookPro', from: 17, os: '14.0' },
  { prefix: 'Macmini', from: 9, os: '14.0' },
  { prefix: 'iMac', from: 21, os: '14.0' },
  { prefix: 'Mac', from: 13, os: '14.0' },
]

/** Whether the chip of this product vouches for keys under this system. What is unknown does not. */
export function attests(product: string | null | undefined, osVersion: string | null | undefined): boolean {
  const named = /^([A-Za-z]+)(\d+),\d+$/.exec(product ?? '')
  const found = able.find(one => one.prefix === named?.[1])
  if (!found || !osVersion || !isVersion(osVersion)) return false
  return Number(named?.[2]) >= found.from && compareVersions(osVersion, found.os) >= 0
}

/** Whether the identity of such a device is to be attested: its chip can, and an admin said whose word counts. */
export async function asksAttested(
  ctx: Ctx,
  product: string | undefined,
  osVersion: string | undefined,
): Promise<boolean> {
  return attests(product, osVersion) && (await certificates.attestationRoots(ctx)).length > 0
}
