import * as certificates from '../certificates/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { fingerprint } from '@muster/wire/x509/certificate.ts'
import type { PushCertificate } from './credential-file.ts'
import { pushEvents } from './events.ts'
import { sweepWakes } from './later.ts'
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

/**
 * Takes a push certificate into use, at once and without a restart. Another topic than the current one would lose every device that
 * enrolled with it, so it is refused with their number unless `replace` says so; the former one then serves them until it expires.
 */
export async function adopt(
  ctx: Ctx,
  offered: PushCertificate,
  as: { account: string; replace: boolean },
): Promise<Standing> {
  certificates.demandWhole(ctx.authority, 'certificates:write')
  const { topic, certificate, chain, key } = offered
  const current = await store.currentCredential(ctx)
  if (current && current.topic !== topic && !as.replace) {
    const devices = await store.devicesOn(ctx, current.topic)
    throw new Problem('push.topic-differs', { current: current.topic, offered: topic, devices })
  }
  const before = await store.credential(ctx, topic)
  const kept = await certificates.keepForeign(ctx, {
    purpose: 'apns',
    der: certificate.der,
    chain,
    owner: { kind: 'push', id: topic },
    account: as.account,
  })
  if (before && before.certificate !== kept)
    await certificates.dismissForeign(ctx, asId('certificate', before.certificate))
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

/** Where a credential's key is sealed. */
export function keyPlace(topic: string): { table: string; column: string; row: string } {
  return { table: 'push_credentials', column: 'private_key', row: topic }
}
