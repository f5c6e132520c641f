import { createPublicKey } from 'node:crypto'
import { toPem } from '@muster/wire/x509/pem.ts'
import { fingerprint, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { type Csr, parseRequest } from '@muster/wire/x509/request.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { digest, type Id, newId, newSecret } from '../../../base/id.ts'
import type { Base } from '../../../base/transact.ts'
import { revokeIssued } from '../certificate.ts'
import { hostsOf, type Issuer, issuerOf } from '../issuer.ts'
import * as certificateStore from '../store.ts'
import { allows } from './account.ts'
import { named, namedPlace } from './challenge.ts'
import { AcmeFault } from './fault.ts'
import { type Found, issueDevice, issueServer } from './issue.ts'
import { acmeUrl, type Asked, reading, scopeOf, standing } from './request.ts'
import * as store from './store.ts'

/** One thing a certificate is asked for. */
interface Identifier {
  type: 'dns' | 'permanent-identifier'
  value: string
}

const day = 86_400_000
const orderMs = day
const namesAtMost = 50
const openAtMost = 300

/** Takes an order (RFC 8555 §7.4): names that the account may ask for, or one identity of a device (draft-acme-device-attest §3). */
export async function openOrder(base: Base, asked: Asked): Promise<Found> {
  const identifiers = identifiersOf(asked.payload)
  return base.transact(scopeOf(asked.org), async ctx => {
    const account = await standing(ctx, asked)
    if ((await store.countOpen(ctx, account.id)) >= openAtMost)
      throw new AcmeFault('rateLimited', 'Finish your open orders first.')
    await mayAsk(ctx, account, identifiers)
    const order: store.OrderRow = {
      org: ctx.org,
      id: newId('acmeOrder'),
      account: account.id,
      state: 'pending',
      error: null,
      certificate: null,
      created_at: ctx.now,
      expires_at: ctx.now + orderMs,
    }
    const proofs: store.AuthorizationRow[] = []
    for (const identifier of identifiers) proofs.push(await proofFor(ctx, order, identifier))
    await store.addOrder(ctx, order, proofs)
    return { order, proofs: await named(ctx, proofs) }
  })
}

/** The secret that names a device is found by its hash alone. */
async function proofFor(ctx: Ctx, order: store.OrderRow, { type, value }: Identifier): Promise<store.AuthorizationRow> {
  const id = newId('authorization')
  return {
    org: ctx.org,
    id,
    order_id: order.id,
    account: order.account,
    type,
    value: type === 'dns' ? value : digest(value),
    named: type === 'dns' ? null : await ctx.secrets.seal(ctx, namedPlace(id), value),
    token: newSecret(),
    state: 'pending',
    tries: 0,
    error: null,
    attested: null,
    validated_at: null,
    expires_at: order.expires_at,
  }
}

function identifiersOf(payload: Asked['payload']): Identifier[] {
  const all = payload?.identifiers
  if (!Array.isArray(all) || all.length === 0 || all.length > namesAtMost)
    throw new AcmeFault('malformed', `Ask for 1 to ${namesAtMost} identifiers.`)
  if (payload?.notBefore !== undefined || payload?.notAfter !== undefined)
    throw new AcmeFault('malformed', 'How long certificates last is not for clients to say.')
  const found = all.map((one: unknown): Identifier => {
    const from = new Map<string, unknown>(typeof one === 'object' && one !== null ? Object.entries(one) : [])
    const value = from.get('value')
    if (typeof value !== 'string' || value.length === 0 || value.length > 253)
      throw new AcmeFault('malformed', 'An identifier has no value.')
    if (from.get('type') === 'dns') return { type: 'dns', value: value.toLowerCase() }
    if (from.get('type') === 'permanent-identifier') return { type: 'permanent-identifier', value }
    throw new AcmeFault('unsupportedIdentifier', 'Identifiers are dns or permanent-identifier.')
  })
  const distinct = new Map(found.map(one => [`${one.type} ${one.value}`, one]))
  const devices = found.filter(one => one.type === 'permanent-identifier').length
  if (devices > 0 && distinct.size > 1) throw new AcmeFault('malformed', 'A device is asked for alone.')
  return [...distinct.values()]
}

async function mayAsk(ctx: Ctx, account: store.AccountRow, identifiers: readonly Identifier[]): Promise<void> {
  const [device] = identifiers.filter(one => one.type === 'permanent-identifier')
  if (device) {
    const proof = await certificateStore.findChallenge(ctx, digest(device.value))
    if (!proof || proof.expires_at <= ctx.now) throw new AcmeFault('rejectedIdentifier', 'Nobody expects this device.')
    return
  }
  const binding = account.binding === null ? undefined : await store.findBinding(ctx, account.binding)
  if (!binding || binding.revoked_at !== null)
    throw new AcmeFault('externalAccountRequired', 'Names are given to accounts that an admin invited.')
  const patterns = JSON.parse(binding.names) as string[]
  const ours = hostsOf(ctx.config).dns
  for (const { value } of identifiers)
    if (
      value.startsWith('*.') ||
      !patterns.some(pattern => allows(pattern, value)) ||
      ours.filter(h => h !== 'localhost').includes(value)
    )
      throw new AcmeFault('rejectedIdentifier', `This account may not ask for ${value}.`)
}

/** The order with its proofs, to the account that made it; its state follows from theirs. */
export async function orderOf(ctx: Ctx, asked: Asked, id: string): Promise<Found> {
  const account = await standing(ctx, asked)
  const order = await store.findOrder(ctx, id)
  if (order?.account !== account.id) throw new AcmeFault('malformed', 'There is no such order.', 404)
  const proofs = await named(ctx, await store.proofsOf(ctx, order.id))
  return { order: { ...order, state: stateOf(ctx, order, proofs) }, proofs }
}

function stateOf(ctx: Ctx, order: store.OrderRow, proofs: readonly store.AuthorizationRow[]): store.OrderRow['state'] {
  if (order.state === 'valid' || order.state === 'invalid') return order.state
  if (order.expires_at <= ctx.now || proofs.some(proof => proof.state === 'invalid')) return 'invalid'
  return proofs.length > 0 && proofs.every(proof => proof.state === 'valid') ? 'ready' : 'pending'
}

/** Issues what was ordered, for exactly what was proved (RFC 8555 §7.4). Asking again answers what was issued. */
export async function finalize(base: Base, asked: Asked, id: string): Promise<Found> {
  const text = asked.payload?.csr
  const bytes = typeof text === 'string' && text.length < 20_000 ? Buffer.from(text, 'base64url') : null
  if (!bytes) throw new AcmeFault('badCSR', 'Send csr: the request in base64url.')
  const csr = requestOf(bytes)
  const { device, issuer } = await issuerFor(base, asked, id)
  return base.transact(scopeOf(asked.org), async ctx => {
    const found = await orderOf(ctx, asked, id)
    if (found.order.state === 'valid') return found
    if (found.order.state !== 'ready') throw new AcmeFault('orderNotReady', `The order is ${found.order.state}.`)
    const certificate = device ? await issueDevice(ctx, found, csr, issuer) : await issueServer(ctx, found, csr, issuer)
    await store.changeOrder(ctx, id, { state: 'valid', certificate })
    return { ...found, order: { ...found.order, state: 'valid', certificate } }
  })
}

async function issuerFor(base: Base, asked: Asked, id: string): Promise<{ device: boolean; issuer: Issuer }> {
  const { proofs } = await base.read(scopeOf(asked.org), ctx => orderOf(ctx, asked, id))
  const device = proofs.some(proof => proof.type === 'permanent-identifier')
  return { device, issuer: await issuerOf(base, asked.org, device ? 'ca-device' : 'ca-acme') }
}

function requestOf(bytes: Uint8Array): Csr {
  try {
    const csr = reading(() => parseRequest(new Uint8Array(bytes)))
    if (!csr.verified) throw new AcmeFault('badCSR', 'The request is not signed by its key.')
    return csr
  } catch (error) {
    throw new AcmeFault('badCSR', error instanceof Error ? error.message : 'unreadable')
  }
}

/** The certificate of an order with the authority above it, in PEM (RFC 8555 §7.4.2). */
export async function chainOf(base: Base, asked: Asked, id: string): Promise<string> {
  return base.read(scopeOf(asked.org), async ctx => {
    const { order } = await orderOf(ctx, asked, id)
    const row = order.certificate === null ? undefined : await certificateStore.findCertificate(ctx, order.certificate)
    if (!row?.der) throw new AcmeFault('malformed', 'There is no certificate, or it is no longer kept.', 404)
    const above = row.issuer === null ? undefined : await certificateStore.findCertificate(ctx, row.issuer)
    return [row.der, ...(above?.der ? [above.der] : [])].map(der => toPem('CERTIFICATE', der)).join('')
  })
}

/** Takes a certificate back, for the account it was issued to or whoever holds its key (RFC 8555 §7.6). */
export async function revoke(base: Base, asked: Asked): Promise<void> {
  const text = asked.payload?.certificate
  const der = typeof text === 'string' && text.length < 20_000 ? Buffer.from(text, 'base64url') : null
  const certificate = reading(() => parseCertificate(new Uint8Array(der ?? [])))
  const byKey = asked.account === null
  if (byKey) {
    const own = createPublicKey({ key: { ...asked.jwk }, format: 'jwk' }).export({ format: 'der', type: 'spki' })
    if (!own.equals(Buffer.from(certificate.spki)))
      throw new AcmeFault('unauthorized', 'That is not the key of the certificate.')
  }
  await base.transact(scopeOf(asked.org), async ctx => {
    const found = await store.orderOfCertificate(ctx, fingerprint(certificate.der))
    if (!found?.certificate) throw new AcmeFault('unauthorized', 'This certificate is not one of ours.')
    if (!byKey && found.account !== (await standing(ctx, asked)).id)
      throw new AcmeFault('unauthorized', 'This is the certificate of another account.')
    if (found.state === 'revoked') throw new AcmeFault('alreadyRevoked', 'It was taken back before.')
    await revokeIssued(ctx, found.certificate as Id<'certificate'>, 'asked for by its owner')
  })
}

/** An order as clients see it. */
export function orderDocument(base: Base, { order, proofs }: Found): Record<string, unknown> {
  const url = acmeUrl(base, order.org as Id<'org'>)
  return {
    status: order.state,
    expires: new Date(order.expires_at).toISOString(),
    identifiers: proofs.map(({ type, shown }) => ({ type, value: shown })),
    authorizations: proofs.map(proof => `${url}/authorizations/${proof.id}`),
    finalize: `${url}/orders/${order.id}/finalize`,
    ...(order.error === null ? {} : { error: JSON.parse(order.error) }),
    ...(order.certificate === null ? {} : { certificate: `${url}/orders/${order.id}/certificate` }),
  }
}
