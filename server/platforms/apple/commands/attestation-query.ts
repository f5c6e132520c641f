import { createHash } from 'node:crypto'
import { readChain, verifyAttested } from '@muster/wire/acme/attestation.ts'
import { encodeCommand } from '@muster/wire/apple/command.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { dict } from '@muster/wire/plist/plist.ts'
import { parseCertificate } from '@muster/wire/x509/certificate.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as certificates from '../../../areas/certificates/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { attests } from '../attest.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { inventory } from './inventory.ts'

const args = z.strictObject({})

const terms: Terms = {
  on: { ...mobile('16.0'), macos: { since: '14.0' }, tvos: { since: '16.0' } },
  rights: ['queryDevice'],
}

/** How many makers' authorities the org believes; asked for beside what the device reported. */
const rootsFact = 'attestation.roots'
/** A device makes a new attestation once in seven days at most, and answers the last one until then. */
const periodMs = 7 * 24 * 3_600_000

/** Has the device's chip say what the device is, and judges it (Apple: Managed Device Attestation). What a device cannot say changes nothing. */
export const attestationQuery: CommandKind<{ nonce?: string | undefined }, readonly Uint8Array[]> = {
  ...inventory,
  kind: 'attestation.query',
  args: args.extend({ nonce: z.string().max(64).optional() }),
  loggable: [],
  platforms: platformsOf(terms),
  looksAtFacts: true,
  looks: async ctx => ({ [rootsFact]: (await certificates.attestationRoots(ctx)).length }),
  eligible: subject => {
    const fits = meets(terms, subject)
    if (fits !== true) return fits
    if (subject.facts[rootsFact] === 0) return 'attestation.no-root'
    const product = subject.facts['identity.model']
    return attests(typeof product === 'string' ? product : null, subject.device.osVersion)
      ? true
      : 'attestation.hardware'
  },
  prepare: (ctx, { enrollment }) => ({ nonce: nonceOf(enrollment.id, ctx.now).toString('base64') }),
  encode: ({ nonce = '' }, uuid) =>
    encodeCommand(uuid, {
      RequestType: 'DeviceInformation',
      Queries: ['DevicePropertiesAttestation'],
      DeviceAttestationNonce: new Uint8Array(Buffer.from(nonce, 'base64')),
    }),
  read: result => {
    const chain = dict(dict(result as never).QueryResponses).DevicePropertiesAttestation
    return Array.isArray(chain) ? chain.filter(one => one instanceof Uint8Array) : []
  },
  onDone: async (ctx, { device, enrollment }, chain) => {
    if (chain.length === 0) return
    const { serial } = await devices.get(ctx, device)
    const nonces = [0, periodMs].map(ago => nonceOf(enrollment, ctx.now - ago))
    const said = await judged(ctx, chain, { serial, nonces })
    await devices.learn(ctx, device, 'Attestation', said)
  },
}

/** The same within a period, so that an attestation the device still keeps answers it too. */
function nonceOf(enrollment: string, now: number): Buffer {
  return createHash('sha256')
    .update(`muster attestation ${enrollment} ${Math.floor(now / periodMs)}`)
    .digest()
}

/** The facts that an attestation makes: `passed` with what it says of the system, or `failed` with why. */
export async function judged(
  ctx: Ctx,
  chain: readonly Uint8Array[],
  wanted: { serial: string | null; nonces: readonly Uint8Array[] },
): Promise<Record<string, devices.JsonValue>> {
  const failed = (why: string) => ({ 'security.attested': 'failed', 'security.attestedWhy': why })
  try {
    const roots = (await certificates.attestationRoots(ctx)).map(der => parseCertificate(der))
    const said = verifyAttested(readChain(chain), roots, ctx.now)
    const { freshness } = said
    const fresh = wanted.nonces.flatMap(nonce => [nonce, createHash('sha256').update(nonce).digest()])
    if (!freshness || !fresh.some(one => Buffer.compare(one, freshness) === 0)) return failed('stale')
    if (wanted.serial !== null && said.serial !== wanted.serial) return failed('other-device')
    return {
      'security.attested': 'passed',
      'security.attestedWhy': null,
      ...(said.osVersion === null ? {} : { 'security.attestedOs': said.osVersion }),
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return failed('untrusted')
  }
}
