import { parseCertificate } from '@muster/wire/x509/certificate.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId, type Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { aboutOf } from './certificate.ts'
import { putCustody } from './custody-store.ts'
import { certificateEvents } from './events.ts'
import * as store from './store.ts'

/** A certificate somebody must answer for, as the custody list shows it. */
export interface Kept {
  id: Id<'certificate'>
  purpose: store.Purpose
  subject: string
  issuer: string
  serial: string
  notBefore: number
  notAfter: number
  state: 'valid' | 'expiring' | 'expired'
  owner: string | null
  account: string | null
  contact: string | null
  /** What stops when it lapses, and for how many devices. */
  breaks: { code: string; devices: number }
  renewable: 'itself' | 'upload' | 'none'
  chain: { subject: string; serial: string; notAfter: number }[]
  topic: string | null
}

const day = 86_400_000
const expiringMs = 60 * day

/** Every certificate in custody, the soonest to expire first. Device identities are counted, not listed. */
export async function list(ctx: Ctx): Promise<Kept[]> {
  demandWhole(ctx.authority, 'certificates:read')
  const rows = await store.inCustody(ctx)
  const devices = await store.activeDevices(ctx)
  return rows.map(row => keptOf(ctx, row, rows, devices))
}

/** Says who answers for a certificate. */
export async function change(
  ctx: Ctx,
  id: string,
  to: { owner?: string | null | undefined; account?: string | null | undefined; contact?: string | null | undefined },
): Promise<Kept> {
  demandWhole(ctx.authority, 'certificates:write')
  const before = await one(ctx, id)
  const { owner = before.owner, account = before.account, contact = before.contact } = to
  await putCustody(ctx, before.id, { owner, account, contact })
  await record(ctx, certificateEvents.changed, aboutOf({ id: before.id, unit_path: '/' }), { owner, account, contact })
  return { ...before, owner, account, contact }
}

/** The certificate with its chain in PEM, and a name for the file. */
export async function pem(ctx: Ctx, id: string): Promise<{ name: string; text: string }> {
  demandWhole(ctx.authority, 'certificates:read')
  const row = await store.findCertificate(ctx, asId('certificate', id))
  if (!row?.der || row.purpose === 'device') throw new Problem('id.unknown')
  const parent = row.issuer === null ? undefined : await store.findCertificate(ctx, row.issuer)
  const above = [...chainOf(row), ...(parent?.der ? [parent.der] : [])]
  return {
    name: `${row.purpose}-${row.serial.slice(-8)}.pem`,
    text: [row.der, ...above].map(der => toPem('CERTIFICATE', der)).join(''),
  }
}

async function one(ctx: Ctx, id: string): Promise<Kept> {
  const known = asId('certificate', id)
  const found = (await list(ctx)).find(kept => kept.id === known)
  if (!found) throw new Problem('id.unknown')
  return found
}

type CustodyItem = Awaited<ReturnType<typeof store.inCustody>>[number]

function keptOf(ctx: Ctx, row: CustodyItem, all: readonly CustodyItem[], devices: ReadonlyMap<string, number>): Kept {
  const parent = all.find(other => other.id === row.issuer)
  const foreign = chainOf(row).map(der => {
    const { subject, serial, notAfter } = parseCertificate(der)
    return { subject: subject.map(([type, value]) => `${type}=${value}`).join(', '), serial, notAfter }
  })
  const own = parent ? [{ subject: parent.subject, serial: parent.serial, notAfter: parent.not_after }] : []
  return {
    id: row.id as Id<'certificate'>,
    purpose: row.purpose,
    subject: row.subject,
    issuer: row.issuer_name,
    serial: row.serial,
    notBefore: row.not_before,
    notAfter: row.not_after,
    state: row.not_after <= ctx.now ? 'expired' : row.not_after - ctx.now <= expiringMs ? 'expiring' : 'valid',
    owner: row.owner,
    account: row.account,
    contact: row.contact,
    breaks: breaksOf(row, devices),
    renewable: renewableOf(row),
    chain: [...foreign, ...own],
    topic: row.purpose === 'apns' ? row.owner_id : null,
  }
}

function breaksOf(row: CustodyItem, devices: ReadonlyMap<string, number>): Kept['breaks'] {
  const all = [...devices.values()].reduce((sum, count) => sum + count, 0)
  switch (row.purpose) {
    case 'tls':
      return { code: 'connect', devices: all }
    case 'ca-tls':
      return { code: 'trust', devices: all }
    case 'ca-device':
    case 'ca-scep':
      return { code: 'identity', devices: devices.get(row.id) ?? 0 }
    case 'apns':
      return { code: 'wake', devices: all }
    default:
      return { code: 'signature', devices: 0 }
  }
}

function renewableOf(row: CustodyItem): Kept['renewable'] {
  if (row.owner_kind !== 'issuer') return 'upload'
  return row.issuer === null ? 'none' : 'itself'
}

function chainOf(row: Pick<store.CertificateRow, 'chain'>): Uint8Array[] {
  const texts = JSON.parse(row.chain ?? '[]') as string[]
  return texts.map(text => new Uint8Array(Buffer.from(text, 'base64')))
}
