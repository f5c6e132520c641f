import { readFileSync } from 'node:fs'
import { toPem } from '@muster/wire/x509/pem.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { openApns, type Outcome } from './apns.ts'
import { pushEvents } from './events.ts'
import { tryCertificate } from './later.ts'
import { renewalPlace } from './renewal.ts'
import * as pending from './renewal-store.ts'
import * as store from './store.ts'
import { magicPlace } from './wake.ts'

/** How long the device is waited for; the present certificate does not push to it meanwhile. */
const patienceMs = 2 * 60_000
const lookMs = 1000

/** Calls one device by the new certificate, then waits for it to call back. Nothing else uses the new certificate. */
export const trialJob: JobKind<{ renewal: string; at: number }> = {
  name: tryCertificate,
  run: async (base, { scope, payload }) => {
    const row = await base.read(scope, pending.find)
    if (!row || row.id !== payload.renewal || row.trial_at !== payload.at || row.trial_ended_at !== null)
      return undefined
    if (row.trial === 'asked') await call(base, scope, row)
    const ended = await base.transact(scope, ctx => look(ctx, payload))
    return ended ? undefined : { againInMs: lookMs }
  },
}

async function call(base: Base, scope: Scope, row: pending.RenewalRow): Promise<void> {
  // A device that nobody named may be followed by another when it turns out to be gone.
  const named = row.trial_enrollment !== null
  const claimed = await base.transact(scope, ctx => claim(ctx))
  if (claimed === null) return
  const { apnsUrl, apnsCa } = base.config
  const ca = apnsCa === null ? null : readFileSync(apnsCa, 'utf8')
  const apns = openApns({ url: apnsUrl, ca, cert: row.offered ?? '', key: toPem('PRIVATE KEY', claimed.key) })
  try {
    const { wake, magic } = claimed
    const expiration = Math.floor((base.clock.now() + patienceMs) / 1000)
    const outcome = await apns.push({ token: wake.token, topic: wake.topic, magic, expiration, priority: 10 })
    await base.transact(scope, ctx => note(ctx, row.id, { outcome, wake, named }))
  } finally {
    apns.close()
  }
}

/** Chooses the device and takes its address, so that the present certificate leaves it alone for the time of the trial. */
async function claim(ctx: Ctx): Promise<{ wake: store.WakeRow; magic: string; key: Uint8Array } | null> {
  const row = await pending.find(ctx)
  if (row?.trial !== 'asked' || row.topic === null) return null
  const chosen = row.trial_enrollment
  const wake = await (chosen === null
    ? pending.liveliest(ctx, row.topic)
    : store.find(ctx, { enrollment: chosen, account: '' }))
  if (!wake || wake.state === 'dead' || wake.topic !== row.topic) {
    await end(ctx, 'refused', wake ? 'unreachable' : 'no-device')
    return null
  }
  await pending.change(ctx, { trial_enrollment: wake.enrollment, trial_device: wake.device })
  await store.update(ctx, wake, {
    wanted_at: wake.wanted_at ?? ctx.now,
    sending_at: ctx.now,
    next_at: ctx.now + patienceMs,
  })
  const magic = Buffer.from(await ctx.secrets.open(ctx, magicPlace(wake), wake.magic)).toString('utf8')
  return { wake, magic, key: await ctx.secrets.open(ctx, renewalPlace('private_key'), row.private_key) }
}

interface Said {
  outcome: Outcome
  wake: store.WakeRow
  named: boolean
}

async function note(ctx: Ctx, id: string, { outcome, wake, named }: Said): Promise<void> {
  const row = await pending.find(ctx)
  if (!row || row.id !== id || row.trial !== 'asked') return
  if (outcome.kind === 'accepted') return pending.change(ctx, { trial: 'accepted' })
  if (outcome.kind !== 'dead' || named) return end(ctx, 'refused', outcome.reason)
  // That says nothing of the certificate: the address is dead, and the next device is asked.
  await store.update(ctx, wake, { state: 'dead', reason: outcome.reason, next_at: null })
  await pending.change(ctx, { trial_enrollment: null, trial_device: null })
}

/** Whether the trial has ended: the device called, or it was waited for long enough. */
async function look(ctx: Ctx, of: { renewal: string; at: number }): Promise<boolean> {
  const row = await pending.find(ctx)
  if (!row || row.id !== of.renewal || row.trial_at !== of.at || row.trial_ended_at !== null) return true
  const wake = await store.find(ctx, { enrollment: row.trial_enrollment ?? '', account: '' })
  if (wake?.contact_at != null && wake.contact_at >= of.at) await end(ctx, 'answered', '')
  else if (ctx.now - of.at >= patienceMs) await end(ctx, 'silent', '')
  else return false
  return true
}

async function end(ctx: Ctx, outcome: 'answered' | 'refused' | 'silent', reason: string): Promise<void> {
  await pending.change(ctx, { trial: outcome, trial_reason: reason === '' ? null : reason, trial_ended_at: ctx.now })
  const device = (await pending.find(ctx))?.trial_device ?? null
  await record(ctx, pushEvents.renewalTried, { kind: 'push', id: 'apple', path: '/' }, { outcome, device, reason })
}
