import { encodePushRequest } from '@muster/wire/apple/push-request.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { adopt, demandTopic, type Standing } from './credential.ts'
import { type PushCertificate, readUpload } from './credential-file.ts'
import { pushEvents } from './events.ts'
import { askSigner, tryCertificate } from './later.ts'
import { type MadeRequest, readSigned } from './request.ts'
import * as store from './renewal-store.ts'
import { signWithVendor } from './signer.ts'

/** Where the way to a new push certificate stands; the keys are never shown. */
export interface Renewal {
  state: store.RenewalRow['state'] | 'none'
  name: string | null
  email: string | null
  madeAt: number | null
  way: store.RenewalRow['way']
  signedAt: number | null
  problem: { code: string; text: string } | null
  offered: { topic: string; notAfter: number; serial: string; account: string; replaces: number; at: number } | null
  trial: {
    state: NonNullable<store.RenewalRow['trial']>
    device: string | null
    reason: string | null
    at: number
    endedAt: number | null
  } | null
}

const nothing: Renewal = {
  state: 'none',
  name: null,
  email: null,
  madeAt: null,
  way: null,
  signedAt: null,
  problem: null,
  offered: null,
  trial: null,
}

/** Where the way to a new push certificate stands. */
export async function renewal(ctx: Ctx): Promise<Renewal> {
  demandWhole(ctx.authority, 'certificates:read')
  const row = await store.find(ctx)
  return row ? shown(row) : nothing
}

function shown(row: store.RenewalRow): Renewal {
  const { topic, not_after, serial, account, offered_at } = row
  const offered = topic !== null && not_after !== null && serial !== null && account !== null && offered_at !== null
  return {
    state: row.state,
    name: row.name,
    email: row.email,
    madeAt: row.made_at,
    way: row.way,
    signedAt: row.signed_at,
    problem: row.problem === null ? null : { code: row.problem, text: row.problem_text ?? '' },
    offered: offered ? { topic, notAfter: not_after, serial, account, replaces: row.replaces, at: offered_at } : null,
    trial:
      row.trial === null || row.trial_at === null
        ? null
        : {
            state: row.trial,
            device: row.trial_device,
            reason: row.trial_reason,
            at: row.trial_at,
            endedAt: row.trial_ended_at,
          },
  }
}

/** Keeps a fresh key and its request, sealed. Refused while another is on its way: its key may be the one the vendor knows. */
export async function beginRenewal(ctx: Ctx, made: MadeRequest): Promise<Renewal> {
  demandWhole(ctx.authority, 'certificates:write')
  if (await store.find(ctx)) throw new Problem('push.renewal-pending')
  const seal = (column: string, key: MadeRequest['key']): Promise<Uint8Array> =>
    ctx.secrets.seal(ctx, renewalPlace(column), key.export({ format: 'der', type: 'pkcs8' }))
  const row: store.RenewalRow = {
    org: ctx.org,
    id: newId('challenge'),
    state: 'made',
    name: made.name,
    email: made.email,
    request: made.request,
    private_key: await seal('private_key', made.key),
    opening: made.opening,
    opening_key: await seal('opening_key', made.openingKey),
    signed: null,
    way: null,
    problem: null,
    problem_text: null,
    made_at: ctx.now,
    signed_at: null,
    ...unoffered,
  }
  await store.put(ctx, row)
  await record(ctx, pushEvents.renewalBegan, about, { name: made.name, email: made.email })
  return shown(row)
}

const about = { kind: 'push', id: 'apple', path: '/' }

const unoffered = {
  offered: null,
  topic: null,
  not_after: null,
  serial: null,
  account: null,
  replaces: 0,
  offered_at: null,
  trial: null,
  trial_enrollment: null,
  trial_device: null,
  trial_reason: null,
  trial_at: null,
  trial_ended_at: null,
} as const

/** Where the keys of the certificate on its way are sealed. */
export function renewalPlace(column: string): { table: string; column: string; row: string } {
  return { table: 'push_renewals', column, row: 'pending' }
}

/** The one on its way; refuses when there is none. */
async function pending(ctx: Ctx, permission = 'certificates:write'): Promise<store.RenewalRow> {
  demandWhole(ctx.authority, permission)
  const row = await store.find(ctx)
  if (!row) throw new Problem('push.no-renewal')
  return row
}

/** Forgets the key and all that came of it. What the vendor made from its request can then never be used. */
export async function discardRenewal(ctx: Ctx): Promise<void> {
  await pending(ctx)
  await store.remove(ctx)
  await record(ctx, pushEvents.renewalDiscarded, about, {})
}

/** The request in PEM, for whoever signs it. */
export async function requestFile(ctx: Ctx): Promise<string> {
  return toPem('CERTIFICATE REQUEST', (await pending(ctx, 'certificates:read')).request)
}

/** What is uploaded to the portal; refuses before a vendor signed the request. */
export async function signedFile(ctx: Ctx): Promise<string> {
  const { signed } = await pending(ctx, 'certificates:read')
  if (signed === null) throw new Problem('push.not-signed')
  return signed
}

/** Has the request signed: at once by our own vendor certificate, or by a service that a job asks. Asking again asks again. */
export async function signRenewal(ctx: Ctx, way: 'vendor' | 'service'): Promise<Renewal> {
  const row = await pending(ctx)
  const signer = await store.signer(ctx, way)
  if (!signer) throw new Problem('push.no-signer', { way })
  if (way === 'vendor') {
    const signed = encodePushRequest(await signWithVendor(ctx, signer, row.request))
    return keepSigned(ctx, { signed, way })
  }
  await store.change(ctx, { state: 'signing', way, problem: null, problem_text: null })
  await enqueue(ctx, askSigner, { renewal: row.id }, { dedupe: 'org' })
  return renewal(ctx)
}

/** Takes a request that was signed elsewhere; its signature must hold, and it must be ours. */
export async function takeSigned(ctx: Ctx, text: string): Promise<Renewal> {
  const row = await pending(ctx)
  const openingKey = await ctx.secrets.open(ctx, renewalPlace('opening_key'), row.opening_key)
  const signed = encodePushRequest(readSigned(text, { ...row, openingKey }))
  return keepSigned(ctx, { signed, way: 'upload' })
}

/** Notes the signed request. */
export async function keepSigned(
  ctx: Ctx,
  of: { signed: string; way: NonNullable<store.RenewalRow['way']> },
): Promise<Renewal> {
  const row = await store.find(ctx)
  if (!row) throw new Problem('push.no-renewal')
  const state = row.state === 'offered' ? 'offered' : 'signed'
  await store.change(ctx, { ...of, state, signed_at: ctx.now, problem: null, problem_text: null })
  await record(ctx, pushEvents.renewalSigned, about, { way: of.way })
  return shown({ ...row, ...of, state, signed_at: ctx.now, problem: null, problem_text: null })
}

/** What an admin brings back from the portal, and what they accept with it. */
export interface Offer {
  certificate: string
  account: string
  /** They know that the topic is another one, and how many devices that loses. */
  replace: boolean
  lose?: number | undefined
}

/**
 * Compares what the portal made with what we asked for and have: the key, the dates, the topic. Nothing is used yet. Another topic is refused
 * with the number of devices that would be lost, unless exactly that number is accepted.
 */
export async function offerCertificate(ctx: Ctx, offer: Offer): Promise<Renewal> {
  const row = await pending(ctx)
  const found = await withKey(ctx, row, offer.certificate)
  const replaces = await demandTopic(ctx, found.topic, offer)
  const { certificate, pem, topic } = found
  const now: Partial<store.RenewalRow> = {
    ...unoffered,
    state: 'offered',
    offered: pem,
    topic,
    not_after: certificate.notAfter,
    serial: certificate.serial,
    account: offer.account,
    replaces,
    offered_at: ctx.now,
  }
  await store.change(ctx, now)
  await record(ctx, pushEvents.renewalOffered, about, {
    topic,
    serial: certificate.serial,
    notAfter: certificate.notAfter,
  })
  return shown({ ...row, ...now })
}

async function withKey(ctx: Ctx, row: store.RenewalRow, certificate: string): Promise<PushCertificate> {
  const key = await ctx.secrets.open(ctx, renewalPlace('private_key'), row.private_key)
  // A key that came in the same text is not the one the request was made with.
  const bare = certificate.replaceAll(
    /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----[\s\S]+?-----END ([A-Z]+ )*PRIVATE KEY-----/g,
    '',
  )
  return readUpload({ certificate: bare, key: toPem('PRIVATE KEY', key) }, ctx.now)
}

/** The one that was offered; refuses before. */
async function offered(ctx: Ctx): Promise<store.RenewalRow & { offered: string; topic: string; account: string }> {
  const row = await pending(ctx)
  const { offered: pem, topic, account } = row
  if (pem === null || topic === null || account === null) throw new Problem('push.nothing-offered')
  return { ...row, offered: pem, topic, account }
}

/** Sends a wake to one device by the new certificate, in a job; without a device to the one that called last. */
export async function tryRenewal(ctx: Ctx, enrollment: string | null): Promise<Renewal> {
  const row = await offered(ctx)
  if (row.replaces > 0) throw new Problem('push.trial-impossible')
  const trial = { ...unoffered, trial: 'asked', trial_enrollment: enrollment, trial_at: ctx.now } as const
  const { trial: state, trial_enrollment, trial_device, trial_reason, trial_at, trial_ended_at } = trial
  await store.change(ctx, { trial: state, trial_enrollment, trial_device, trial_reason, trial_at, trial_ended_at })
  await enqueue(ctx, tryCertificate, { renewal: row.id, at: ctx.now }, { dedupe: 'org' })
  return renewal(ctx)
}

const proven: readonly unknown[] = ['accepted', 'answered', 'silent']

/**
 * Takes the new certificate into use for all devices, at once and without a restart; the former one is kept. Refused before one device was
 * reached by it, unless there is none or `untried` says so.
 */
export async function takeRenewal(ctx: Ctx, how: { untried: boolean }): Promise<Standing> {
  const row = await offered(ctx)
  if (row.replaces === 0 && !how.untried && !proven.includes(row.trial)) {
    const someone = await store.liveliest(ctx, row.topic)
    if (someone) throw new Problem('push.untried')
  }
  const found = await withKey(ctx, row, row.offered)
  const lose = row.replaces > 0 ? row.replaces : undefined
  const stands = await adopt(ctx, found, { account: row.account, replace: row.replaces > 0, lose })
  await store.remove(ctx)
  return stands
}
