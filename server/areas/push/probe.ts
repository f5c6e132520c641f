import { readFileSync } from 'node:fs'
import { toPem } from '@muster/wire/x509/pem.ts'
import type { Scope } from '../../base/ctx.ts'
import type { Base } from '../../base/transact.ts'
import { openApns } from './apns.ts'
import { keyPlace } from './credential.ts'
import * as store from './store.ts'

/** How the provider answers us now. */
export interface Probe {
  state: 'missing' | 'expired' | 'good' | 'refused' | 'silent'
  reason: string
}

/**
 * Asks the push provider by the certificate in use to wake a device that does not exist. That it knows no such device is the good answer: the
 * line, the certificate and the topic were accepted. For jobs only.
 */
export async function probe(base: Base, scope: Scope): Promise<Probe> {
  const row = await base.read(scope, store.currentCredential)
  if (!row) return { state: 'missing', reason: '' }
  if (row.not_after <= base.clock.now()) return { state: 'expired', reason: '' }
  const key = await base.read(scope, ctx => ctx.secrets.open(ctx, keyPlace(row.topic), row.private_key))
  const { apnsUrl, apnsCa } = base.config
  const ca = apnsCa === null ? null : readFileSync(apnsCa, 'utf8')
  const apns = openApns({ url: apnsUrl, ca, cert: row.pem, key: toPem('PRIVATE KEY', key), deadlineMs: 10_000 })
  try {
    const nobody = { token: new Uint8Array(32), topic: row.topic, magic: 'check', expiration: 0, priority: 5 } as const
    const outcome = await apns.push(nobody)
    if (outcome.kind === 'later') return { state: 'silent', reason: outcome.reason }
    const good = outcome.kind !== 'rejected' || ['BadDeviceToken', 'DeviceTokenNotForTopic'].includes(outcome.reason)
    return { state: good ? 'good' : 'refused', reason: outcome.kind === 'accepted' ? '' : outcome.reason }
  } finally {
    apns.close()
  }
}
