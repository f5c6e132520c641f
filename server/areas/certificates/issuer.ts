import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { promisify } from 'node:util'
import {
  type Certificate,
  issueCertificate,
  type Name,
  parseCertificate,
  spkiOf,
} from '@muster/wire/x509/certificate.ts'
import { everything } from '../../base/authority.ts'
import type { Config } from '../../base/config.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { insertOf, recordIssued } from './certificate.ts'
import { renewServer, watchExpiry } from './later.ts'
import { inherit } from './custody-store.ts'
import * as store from './store.ts'

/** What our own keys are for: four authorities, and two leaves that the TLS authority signs. */
export type IssuerPurpose = 'ca-tls' | 'ca-device' | 'ca-scep' | 'ca-acme' | 'tls' | 'profile-signing'

/** A key of our own with its certificate, opened for use in this process. */
export interface Issuer {
  org: Id<'org'>
  id: Id<'issuer'>
  purpose: IssuerPurpose
  /** Id of the certificate's row. */
  certificateId: Id<'certificate'>
  certificate: Certificate
  key: KeyObject
}

const day = 86_400_000
const skewMs = 60 * 60_000

/** The server's TLS must stand before the first org does, so these belong to no org. */
const serverWide: readonly IssuerPurpose[] = ['ca-tls', 'tls']

interface Shape {
  name: string
  key: 'P-256' | 'RSA-2048'
  validDays: number
  parent: IssuerPurpose | null
  keyUsage: readonly string[]
  extendedKeyUsage: readonly string[]
}

const authority = { parent: null, keyUsage: ['keyCertSign', 'cRLSign'], extendedKeyUsage: [], validDays: 3650 }
const shapes: Record<IssuerPurpose, Shape> = {
  'ca-tls': { ...authority, name: 'Muster Server CA', key: 'P-256' },
  'ca-device': { ...authority, name: 'Muster Device CA', key: 'P-256' },
  // Of its own: devices trust the one above for our server, and an admin who may ask for names must not be able to stand in for it.
  'ca-acme': { ...authority, name: 'Muster Internal CA', key: 'P-256' },
  // RFC 8894 §3.1: clients encrypt to this certificate, hence RSA and the two usages beside signing.
  'ca-scep': {
    ...authority,
    name: 'Muster SCEP CA',
    key: 'RSA-2048',
    keyUsage: ['digitalSignature', 'keyEncipherment', 'keyCertSign', 'cRLSign'],
  },
  // Apple: TLS server certificates may last 398 days at most.
  tls: {
    name: '',
    key: 'P-256',
    validDays: 397,
    parent: 'ca-tls',
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  },
  'profile-signing': {
    name: 'Muster',
    key: 'RSA-2048',
    validDays: 397,
    parent: 'ca-tls',
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.4'],
  },
}

const generate = promisify(generateKeyPair)
const opened = new WeakMap<object, Map<string, Promise<Issuer>>>()

/**
 * The org's issuer of this purpose, opened once per process; made on first need, and leaves made anew at two thirds of their life.
 * Key generation happens outside transactions; of several processes one wins.
 */
export async function issuerOf(base: Base, org: Id<'org'>, purpose: IssuerPurpose): Promise<Issuer> {
  const home = serverWide.includes(purpose) ? store.serverOrg : org
  const known = opened.get(base.secrets) ?? new Map<string, Promise<Issuer>>()
  opened.set(base.secrets, known)
  const name = `${home}|${purpose}`
  const cached = await known.get(name)?.catch(() => null)
  if (cached && !isDue(base, cached)) return cached
  const opening = open(base, home, purpose)
  known.set(name, opening)
  return opening
}

/** Whether a leaf has lived two thirds of its life, or no longer names the hosts it is served for. */
export function isDue(base: Base, issuer: Issuer): boolean {
  if (shapes[issuer.purpose].parent === null) return false
  const { notBefore, notAfter, dnsNames, ipAddresses } = issuer.certificate
  if (base.clock.now() >= notBefore + ((notAfter - notBefore) * 2) / 3) return true
  const { dns, ip } = hostsOf(base.config)
  return issuer.purpose === 'tls' && ![...dns, ...ip].every(h => dnsNames.includes(h) || ipAddresses.includes(h))
}

interface Hosts {
  dns: string[]
  ip: string[]
}

/** The names a server certificate carries: the public host, the address listened on, and this machine itself. */
export function hostsOf(config: Config): Hosts {
  const host = new URL(config.url).hostname.replace(/^\[|\]$/g, '')
  const listen = ['0.0.0.0', '::'].includes(config.listen.host) ? [] : [config.listen.host]
  const all = [...new Set([host, ...listen, 'localhost', '127.0.0.1', '::1'])]
  return { dns: all.filter(h => isIP(h) === 0), ip: all.filter(h => isIP(h) !== 0) }
}

async function open(base: Base, org: Id<'org'>, purpose: IssuerPurpose): Promise<Issuer> {
  const scope: Scope = { org, actor: { kind: 'system', id: null, what: 'issuer' }, authority: everything }
  const found = await base.read(scope, ctx => load(ctx, purpose))
  if (found && !isDue(base, found)) return found
  const shape = shapes[purpose]
  const parent = shape.parent === null ? null : await issuerOf(base, org, shape.parent)
  const { privateKey } = await generated(shape.key)
  return base.transact(scope, async ctx => {
    const before = await load(ctx, purpose)
    if (before && !isDue(base, before)) return before
    if (before) {
      await store.retireIssuer(ctx, before.id)
      await store.updateCertificate(ctx, ctx.org, before.certificateId, { state: 'retired', ended_at: ctx.now })
    }
    return keep(ctx, purpose, { privateKey, parent, before, hosts: hostsOf(base.config) })
  })
}

async function generated(kind: Shape['key']): Promise<{ privateKey: KeyObject }> {
  return kind === 'P-256' ? generate('ec', { namedCurve: 'P-256' }) : generate('rsa', { modulusLength: 2048 })
}

async function load(ctx: Ctx, purpose: IssuerPurpose): Promise<Issuer | null> {
  const row = await store.activeIssuer(ctx, purpose)
  if (!row) return null
  const key = Buffer.from(await ctx.secrets.open(ctx, place(row.id), row.private_key))
  return {
    org: ctx.org,
    id: row.id as Id<'issuer'>,
    purpose,
    certificateId: row.certificate as Id<'certificate'>,
    certificate: parseCertificate(row.der),
    key: createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
  }
}

async function keep(
  ctx: Ctx,
  purpose: IssuerPurpose,
  from: { privateKey: KeyObject; parent: Issuer | null; before: Issuer | null; hosts: Hosts },
): Promise<Issuer> {
  const { privateKey, parent, before } = from
  const der = certify(ctx, purpose, from)
  const certificate = parseCertificate(der)
  const issuer = { id: newId('issuer'), certificateId: newId('certificate'), purpose }
  const row = insertOf(ctx, {
    id: issuer.certificateId,
    certificate,
    purpose,
    issuer: parent?.certificateId ?? null,
    owner: { kind: 'issuer', id: issuer.id },
    unitPath: '/',
    state: 'active',
    renews: before?.certificateId ?? null,
  })
  await store.insertCertificate(ctx, row)
  if (before) await inherit(ctx, before.certificateId, row.id)
  await store.insertIssuer(ctx, {
    org: ctx.org,
    id: issuer.id,
    purpose,
    certificate: row.id,
    der,
    private_key: await ctx.secrets.seal(ctx, place(issuer.id), privateKey.export({ format: 'der', type: 'pkcs8' })),
    state: 'active',
    created_at: ctx.now,
  })
  await recordIssued(ctx, row)
  if (ctx.org === store.serverOrg) await enqueue(ctx, renewServer, {}, { dedupe: 'renew', inMs: day })
  else await enqueue(ctx, watchExpiry, {}, { dedupe: 'watch', inMs: 1 })
  return { ...issuer, org: ctx.org, certificate, key: privateKey }
}

function certify(
  ctx: Ctx,
  purpose: IssuerPurpose,
  { privateKey: key, parent, hosts: { dns, ip } }: { privateKey: KeyObject; parent: Issuer | null; hosts: Hosts },
): Uint8Array {
  const shape = shapes[purpose]
  // A suffix of its own keeps two servers' authorities apart in a device's list of trusted ones.
  const suffix = parent === null ? ` ${randomBytes(2).toString('hex')}` : ''
  const name = purpose === 'tls' ? (dns[0] ?? 'localhost').slice(0, 64) : `${shape.name}${suffix}`
  const subject: Name =
    purpose === 'tls'
      ? [['CN', name]]
      : [
          ['CN', name],
          ['O', 'Muster'],
        ]
  const notAfter = ctx.now + shape.validDays * day - skewMs
  return issueCertificate({
    subject,
    spki: spkiOf(key),
    notBefore: ctx.now - skewMs,
    notAfter: parent === null ? notAfter : Math.min(notAfter, parent.certificate.notAfter),
    issuer: parent === null ? { key } : { certificate: parent.certificate, key: parent.key },
    ...(parent === null ? { ca: { pathLength: 0 } } : {}),
    keyUsage: shape.keyUsage,
    ...(shape.extendedKeyUsage.length > 0 ? { extendedKeyUsage: shape.extendedKeyUsage } : {}),
    ...(purpose === 'tls' ? { dnsNames: dns, ipAddresses: ip } : {}),
  })
}

function place(id: string): { table: string; column: string; row: string } {
  return { table: 'issuers', column: 'private_key', row: id }
}
