import { createPrivateKey } from 'node:crypto'
import * as certificates from '../certificates/index.ts'
import { demandStepUp } from '../identity/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { fingerprint } from '@muster/wire/x509/certificate.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import { type PushCertificate, readUpload } from './credential-file.ts'
import { pushEvents } from './events.ts'
import { sweepWakes } from './later.ts'
import * as pasts from './renewal-store.ts'
import * as store from './store.ts'

/** How the org stands with the push provider. */
export interface Standing {
  state: 'missing' | 'ready' | 'expired'
  topic: string | null
  notAfter: number | null
  account: string | null
  environment: 'production' | 'other' | null
  /** What the provider said when it refused the certificate. */
  refused: string | null
}

/** The topic that new enrollments are pushed on, or null before a certificate was uploaded. */
export async function currentTopic(ctx: Ctx): Promise<string | null> {
  return (await store.currentCredential(ctx))?.topic ?? null
}

/** How many devices can be called on the current topic only: what is lost without it. */
export async function devicesOnTopic(ctx: Ctx): Promise<number> {
  const topic = await currentTopic(ctx)
  return topic === null ? 0 : store.devicesOn(ctx, topic)
}

/** How the org stands with the push provider. */
export async function standing(ctx: Ctx): Promise<Standing> {
  const row = await store.currentCredential(ctx)
  if (!row) return { state: 'missing', topic: null, notAfter: null, account: null, environment: null, refused: null }
  return {
    state: row.not_after <= ctx.now ? 'expired' : 'ready',
    topic: row.topic,
    notAfter: row.not_after,
    account: row.account,
    environment: ctx.config.apnsUrl === 'https://api.push.apple.com' ? 'production' : 'other',
    refused: row.refused,
  }
}

/** What an admin knows and accepts when they bring another topic. */
export interface Replacing {
  replace: boolean
  /** How many devices they were told would be lost. */
  lose?: number | undefined
}

/**
 * Refuses another topic than the current one with the number of devices that would be lost, unless just that many are accepted by somebody who
 * has shown who they are within five minutes. Answers how many that is.
 */
export async function demandTopic(ctx: Ctx, topic: string, accepted: Replacing): Promise<number> {
  const current = await store.currentCredential(ctx)
  if (!current || current.topic === topic) return 0
  const devices = await store.devicesOn(ctx, current.topic)
  if (!accepted.replace || (devices > 0 && accepted.lose !== devices))
    throw new Problem('push.topic-differs', { current: current.topic, offered: topic, devices })
  if (devices > 0) await demandStepUp(ctx)
  return devices
}

/**
 * Takes a push certificate into use, at once and without a restart. Another topic than the current one would lose every device that
 * enrolled with it, so `demandTopic` must let it pass; the former one then serves them until it expires. One that is renewed is kept.
 */
export async function adopt(
  ctx: Ctx,
  offered: PushCertificate,
  as: Replacing & { account: string },
): Promise<Standing> {
  certificates.demandWhole(ctx.authority, 'certificates:write')
  const { topic, certificate, chain, key } = offered
  const current = await store.currentCredential(ctx)
  await demandTopic(ctx, topic, as)
  const before = await store.credential(ctx, topic)
  if (before && before.fingerprint !== fingerprint(certificate.der)) await keepPast(ctx, before)
  const kept = await certificates.keepForeign(ctx, {
    purpose: 'apns',
    der: certificate.der,
    chain,
    owner: { kind: 'push', id: topic },
    account: as.account,
  })
  if (before && before.certificate !== kept) {
    await certificates.succeed(ctx, before.certificate, kept)
    await certificates.dismissForeign(ctx, asId('certificate', before.certificate))
  }
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' })
  await store.putCredential(ctx, {
    org: ctx.org,
    topic,
    certificate: kept,
    fingerprint: fingerprint(certificate.der),
    pem: offered.pem,
    private_key: await ctx.secrets.seal(ctx, keyPlace(topic), pkcs8),
    account: as.account,
    not_after: certificate.notAfter,
    state: 'current',
    refused: null,
    uploaded_at: ctx.now,
  })
  await record(
    ctx,
    pushEvents.uploaded,
    { kind: 'certificate', id: kept, path: '/' },
    {
      topic,
      formerTopic: current && current.topic !== topic ? current.topic : null,
      serial: certificate.serial,
      notAfter: certificate.notAfter,
      account: as.account,
    },
  )
  await store.rouse(ctx, topic)
  await enqueue(ctx, sweepWakes, {}, { dedupe: 'sweep' })
  return standing(ctx)
}

/** How long a certificate that was replaced is kept to go back to. */
const keptMs = 30 * 86_400_000

async function keepPast(ctx: Ctx, row: store.CredentialRow): Promise<void> {
  const key = await ctx.secrets.open(ctx, keyPlace(row.topic), row.private_key)
  const { serial } = readUpload({ certificate: row.pem, key: toPem('PRIVATE KEY', key) }, row.not_after - 1).certificate
  await pasts.forgetPast(ctx, ctx.now - keptMs)
  await pasts.putPast(ctx, {
    org: ctx.org,
    fingerprint: row.fingerprint,
    topic: row.topic,
    pem: row.pem,
    private_key: await ctx.secrets.seal(ctx, pastPlace(row.fingerprint), key),
    account: row.account,
    not_after: row.not_after,
    serial,
    replaced_at: ctx.now,
  })
}

/** A replaced certificate that one can go back to. */
export interface Past {
  fingerprint: string
  topic: string
  serial: string
  account: string
  notAfter: number
  replacedAt: number
  /** Until when it is kept. */
  until: number
}

/** The replaced certificates of the current topic that are still good, the newest first. */
export async function pastCredentials(ctx: Ctx): Promise<Past[]> {
  certificates.demandWhole(ctx.authority, 'certificates:read')
  const current = await store.currentCredential(ctx)
  return (await pasts.past(ctx))
    .map(row => ({
      fingerprint: row.fingerprint,
      topic: row.topic,
      serial: row.serial,
      account: row.account,
      notAfter: row.not_after,
      replacedAt: row.replaced_at,
      until: Math.min(row.not_after, row.replaced_at + keptMs),
    }))
    .filter(one => one.until > ctx.now && one.topic === current?.topic)
}

/** Goes back to a replaced certificate of the same topic; the one in use is kept in its stead. */
export async function restorePast(ctx: Ctx, of: string): Promise<Standing> {
  certificates.demandWhole(ctx.authority, 'certificates:write')
  const known = (await pastCredentials(ctx)).find(one => one.fingerprint === of)
  const row = (await pasts.past(ctx)).find(one => one.fingerprint === of)
  if (!known || !row) throw new Problem('push.no-past')
  const pkcs8 = await ctx.secrets.open(ctx, pastPlace(of), row.private_key)
  const pem = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const offered = readUpload(
    { certificate: row.pem, key: pem.export({ format: 'pem', type: 'pkcs8' }).toString() },
    ctx.now,
  )
  await pasts.removePast(ctx, of)
  await record(
    ctx,
    pushEvents.restored,
    { kind: 'push', id: 'apple', path: '/' },
    { topic: row.topic, serial: row.serial },
  )
  return adopt(ctx, offered, { account: row.account, replace: false })
}

const pastPlace = (of: string): { table: string; column: string; row: string } => ({
  table: 'push_past',
  column: 'private_key',
  row: of,
})

/** Where a credential's key is sealed. */
export function keyPlace(topic: string): { table: string; column: string; row: string } {
  return { table: 'push_credentials', column: 'private_key', row: topic }
}
