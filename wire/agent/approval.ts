import { type KeyObject, verify } from 'node:crypto'
import { fromBase64url } from '../acme/jws.ts'
import { canonical } from '../canonical.ts'
import { Malformed } from '../malformed.ts'
import { hash64, objectOf, p256KeyOf } from './compact.ts'
import type { Approvers } from './messages.ts'

/** What an approver's passkey signed, with all that its challenge is the hash of. */
export interface Approval {
  /** Whose hash is the challenge. */
  readonly statement: {
    readonly org: string
    readonly of: string
    readonly hash: string
    readonly by: string
    readonly nonce: string
    readonly until: number
  }
  /** What exactly was agreed to; its hash is in the statement. */
  readonly batch: Readonly<Record<string, unknown>>
  /** The devices, sorted; their hash is in the batch. */
  readonly list: readonly string[]
  readonly assertion: {
    readonly id: string
    readonly clientDataJSON: string
    readonly authenticatorData: string
    readonly signature: string
  }
}

/** Why approvals do not suffice: the code an agent refuses the order with. */
export type ApprovalRefusal = 'approval-missing' | 'approval-invalid' | 'approval-expired'

/** The act by which approvers are changed. */
export const approversAct = 'guard.approvers'

/** A change of the approvers, with the approvals of those before. */
export interface Endorsement {
  readonly approvers: Approvers
  readonly approval: readonly Approval[]
}

/**
 * Null when enough different pinned approvers agreed to this act on this device; else why not. Whoever holds the server can write any order, but not
 * these signatures (WebAuthn §7.2). Pure; never throws.
 */
export function againstApproval(
  order: {
    readonly kind: string
    readonly args: Readonly<Record<string, unknown>>
    readonly approval?: readonly Approval[]
  },
  on: { readonly org: string; readonly device: string; readonly now: number; readonly approvers: Approvers },
): ApprovalRefusal | null {
  const { need, keys } = on.approvers
  if (need === 0) return null
  const all = order.approval ?? []
  if (all.length === 0) return 'approval-missing'
  const agreed = new Set<string>()
  let expired = false
  for (const one of all.slice(0, 20)) {
    const key = keys.find(k => k.id === one.assertion?.id)
    if (!key || !holds(one, order.kind, on, key.jwk) || !isAbout(one, order.args, on.device)) return 'approval-invalid'
    if (one.statement.until < on.now && Number(one.batch.expiresAt) < on.now) expired = true
    else agreed.add(key.by ?? key.id)
  }
  if (agreed.size >= need) return null
  return expired ? 'approval-expired' : 'approval-missing'
}

/**
 * The approvers to know from now on: those whom a document names, if those known now endorsed them, or those whom these endorsed, and so on; null where
 * they did not, and then nothing changes. Whoever asks for no approvals yet takes the first. Pure; never throws.
 */
export function nextApprovers(
  known: Approvers,
  told: { readonly approvers: Approvers; readonly endorsed?: readonly Endorsement[] },
  org: string,
): Approvers | null {
  let now = known
  for (const { approvers, approval } of (told.endorsed ?? []).slice(0, 1000)) {
    if ((approvers.version ?? 0) <= (now.version ?? 0)) continue
    if (now.need === 0 || isEndorsed(now, approvers, approval, org)) now = approvers
  }
  if (now.need === 0 || canonical(now) === canonical(told.approvers)) return told.approvers
  return null
}

function isEndorsed(now: Approvers, next: Approvers, all: readonly Approval[], org: string): boolean {
  const payload = hash64(canonical(next))
  const agreed = new Set<string>()
  for (const one of all.slice(0, 50)) {
    const key = now.keys.find(k => k.id === one.assertion?.id)
    if (key && one.batch?.payload === payload && holds(one, approversAct, { org, approvers: now }, key.jwk))
      agreed.add(key.by ?? key.id)
  }
  return agreed.size >= now.need
}

/** Whether what was approved is exactly this, on this device too. */
function isAbout({ batch, list }: Approval, args: Readonly<Record<string, unknown>>, device: string): boolean {
  if (!list.includes(device) || batch.arguments !== hash64(canonical(args))) return false
  return hash64(list.map(one => `${one}\n`).join('')) === batch.devices
}

function holds(
  one: Approval,
  kind: string,
  on: { readonly org: string; readonly approvers: Approvers },
  jwk: Approvers['keys'][number]['jwk'],
): boolean {
  try {
    const { statement, batch } = one
    if (statement.org !== on.org || batch.org !== on.org || batch.action !== kind) return false
    if (statement.of !== batch.intent) return false
    if (hash64(canonical(batch)) !== statement.hash) return false
    return signed(one.assertion, hash64(canonical(statement)), on.approvers, p256KeyOf(jwk))
  } catch (error) {
    if (error instanceof Malformed || error instanceof TypeError) return false
    throw error
  }
}

const present = 0x01
const verified = 0x04

function signed(of: Approval['assertion'], challenge: string, { rpId, origins }: Approvers, key: KeyObject): boolean {
  const said = fromBase64url(of.clientDataJSON, 'clientDataJSON')
  const data = fromBase64url(of.authenticatorData, 'authenticatorData')
  const client = objectOf(said, 'clientDataJSON')
  if (client.type !== 'webauthn.get' || client.challenge !== challenge) return false
  if (!origins.some(origin => origin === client.origin)) return false
  if (data.length < 37 || Buffer.from(data.subarray(0, 32)).toString('base64url') !== hash64(rpId)) return false
  const flags = data[32] ?? 0
  if ((flags & present) === 0 || (flags & verified) === 0) return false
  const signedBytes = Buffer.concat([data, Buffer.from(hash64(said), 'base64url')])
  return verify('sha256', signedBytes, { key, dsaEncoding: 'der' }, fromBase64url(of.signature, 'signature'))
}
