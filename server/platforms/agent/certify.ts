import { jwkOf, p256KeyOf } from '@muster/wire/agent/compact.ts'
import type { Certified } from '@muster/wire/agent/messages.ts'
import { newProofHeader } from '@muster/wire/agent/proof.ts'
import { parseCertificate } from '@muster/wire/x509/certificate.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as devices from '../../areas/devices/index.ts'
import type { Json } from '../../areas/policies/index.ts'
import { Problem } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { itemNow } from './document.ts'
import { anyone, renewAt } from './enroll.ts'
import { demandTimely, newcomerKey, proofIn, shownIn, speakerOf } from './proof.ts'
import type { Certifying } from './shapes.ts'
import * as store from './store.ts'

type Values = Readonly<Record<string, Json>>

/**
 * Certifies a key of the device for an item of its document that wants a certificate of the device's own. The agent's key signed which key it is, and that
 * one proved itself too; whom it names, the policy says. Asked again for the same key it answers the same.
 */
export async function certify(base: Base, read: () => Certifying, call: Call): Promise<Certified> {
  const shown = shownIn(call)
  const proof = proofIn(call, newProofHeader)
  const key = newcomerKey(proof)
  demandTimely(proof, base.clock.now())
  const said = read()
  if (JSON.stringify(jwkOf(p256KeyOf(said.jwk))) !== JSON.stringify(jwkOf(key)))
    throw new Problem('device.signature-wrong', { reason: 'key' })
  const { org } = (await base.read(anyone(call), ctx => speakerOf(ctx, shown))).ctx
  const issuer = await certificates.itemIssuer(base, org)
  return base.transact(anyone(call), async anyCtx => {
    const { ctx, enrollment: held } = await speakerOf(anyCtx, shown)
    if (held.state === 'ended') throw new Problem('enrollment.ended')
    const standing = await store.findStanding(ctx, held.id)
    const item = standing && (await itemNow(ctx, standing, said.item))
    if (!item || item.version !== said.version) throw new Problem('agent.item-other')
    const source = sourceIn(item)
    if (!source) throw new Problem('agent.item-own')
    const { unitPath } = await devices.get(ctx, held.device)
    const der = await certificates.certifyItem(ctx, issuer, {
      spki: key.export({ format: 'der', type: 'spki' }),
      device: held.device,
      unitPath,
      names: namesOf(source, held.device),
    })
    const { notBefore, notAfter } = parseCertificate(der)
    return {
      action: 'none',
      certificate: Buffer.from(der).toString('base64'),
      authorities: [Buffer.from(issuer.certificate.der).toString('base64')],
      renewAt: renewAt(notBefore, notAfter),
    }
  })
}

/** What an item says of a certificate of the device's own, where it wants one of ours; else null. */
function sourceIn({ kind, value }: { kind: string; value: unknown }): Values | null {
  const eap = kind === 'wifi' ? valuesIn(valuesIn(value)?.['eap']) : null
  const source = kind === 'identity' ? valuesIn(value) : eap?.['method'] === 'tls' ? valuesIn(eap['identity']) : null
  return source?.['source'] === 'scep' ? null : source
}

const valuesIn = (value: unknown): Values | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : null

/** Whom the policy says that it names: where it says nothing, the device by its id. A common name has at most 64 characters (RFC 5280, ub-common-name). */
function namesOf(source: Values, device: string): certificates.ItemNames {
  const text = (key: string): string[] => {
    const is = source[key]
    return typeof is === 'string' && is !== '' ? [is] : []
  }
  const [commonName = device] = text('commonName')
  const part = (type: string, list: string[]) => list.map(is => [type, is.slice(0, 64)] as const)
  return {
    subject: [
      ...part('O', text('organization')),
      ...part('OU', text('organizationalUnit')),
      ...part('CN', [commonName]),
    ],
    emails: text('email'),
    dnsNames: text('dnsName'),
    uris: text('uri'),
    principalNames: text('principalName'),
  }
}
