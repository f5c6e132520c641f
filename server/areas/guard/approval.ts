import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId, newSecret } from '../../base/id.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import * as asked from './approval-store.ts'
import { againstAgreeing, passkeyAgeMs, type Question } from './approver.ts'
import { limitsOf } from './bucket.ts'
import { canonical } from '../../base/canonical.ts'
import { hashOf } from './canonical.ts'
import { guardEvents } from './events.ts'
import { aboutIntent, batchHash, intentFor, listHash } from './intent.ts'
import * as store from './intent-store.ts'
import { approversAction, isPinned, knownKey } from './pinned.ts'
import { keepLooking } from './standing.ts'

/** An approval is good so long: whoever else must agree does so within it. */
export const approvalMs = 3_600_000
const requestMs = 10 * 60_000

/** What an approver's browser needs to sign, and what it is that they sign. */
export interface SigningOffer {
  options: identity.RequestOptions
  /** Hash of what exactly will happen. */
  hash: string
  until: number
}

/** Asks the actor's passkey to sign a hash, with a nonce so that no signature is good twice. `of` names the question. */
export async function offerSigning(ctx: Ctx, of: string, hash: string): Promise<SigningOffer> {
  if (ctx.actor.kind !== 'admin') throw new Problem('approval.key')
  const nonce = newSecret(16)
  const request = { intent: of, admin: ctx.actor.id, hash, nonce, at: ctx.now }
  const challenge = hashOf(statementOf(ctx, request))
  const until = ctx.now + requestMs
  await asked.putRequest(ctx, { ...request, challenge })
  const options = await identity.beginAssertion(ctx, { admin: ctx.actor.id, challenge })
  return { options, hash, until }
}

/** What exactly a passkey signs the hash of. */
function statementOf(ctx: Ctx, asking: Pick<asked.RequestRow, 'intent' | 'admin' | 'hash' | 'nonce' | 'at'>): string {
  const { intent: of, admin: by, hash, nonce, at } = asking
  return canonical({ org: ctx.org, of, hash, by, nonce, until: at + requestMs })
}

/** What a passkey signed, so that whoever knows the passkey can check it. */
export interface Signature {
  readonly passkey: string
  readonly challenge: string
  readonly statement: string
  readonly assertion: string
}

/** Takes what the actor's passkey signed; refuses it when it is too old, or when what would happen now has another hash. */
export async function takeSignature(
  ctx: Ctx,
  of: string,
  hash: string,
  response: identity.AssertionAnswer,
): Promise<Signature> {
  if (ctx.actor.kind !== 'admin') throw new Problem('approval.key')
  const request = await asked.takeRequest(ctx, of, ctx.actor.id)
  if (!request || ctx.now - request.at > requestMs) throw new Problem('approval.expired')
  if (request.hash !== hash) throw new Problem('approval.stale')
  const { challenge } = request
  const { passkey, since } = await identity.verifyAssertion(ctx, { admin: ctx.actor.id, challenge, response })
  if (ctx.now - since < passkeyAgeMs) throw new Problem('approval.fresh')
  return { passkey, challenge, statement: statementOf(ctx, request), assertion: assertionOf(response) }
}

/** Without padding, as it is told on. */
function assertionOf({ id, response }: identity.AssertionAnswer): string {
  const { clientDataJSON, authenticatorData, signature } = response
  const bare = (text: string): string => text.replace(/=+$/, '')
  return canonical({
    id: bare(id),
    clientDataJSON: bare(clientDataJSON),
    authenticatorData: bare(authenticatorData),
    signature: bare(signature),
  })
}

function questionOf(row: store.IntentRow, approvals: readonly asked.ApprovalRow[]): Question {
  const signers = row.signers === null ? null : (JSON.parse(row.signers) as string[])
  const permission = signers === null || row.action === approversAction ? 'guard:approve' : 'privacy:write'
  return { hand: row.hand, unitPath: row.unit_path, signers, permission, others: approvals.map(a => a.admin) }
}

/** The approvals of an intent that are still good for what it is now. */
export async function goodApprovals(ctx: Ctx, row: store.IntentRow, within = approvalMs): Promise<asked.ApprovalRow[]> {
  const hash = batchHash(row)
  // Named signers agree to a text that stands still; whoever agrees to devices agrees to them as they are within the hour.
  const good = row.signers === null ? within : row.expires_at - row.created_at
  return (await asked.listApprovals(ctx, row.id)).filter(a => a.hash === hash && ctx.now - a.at <= good)
}

/** What stands against the actor agreeing to this intent. */
export async function againstApproving(ctx: Ctx, row: store.IntentRow): Promise<ProblemCode | null> {
  if (row.signers === null && !may(ctx.authority, 'guard:approve', row.unit_path)) return 'permission.missing'
  if (row.ended_at !== null) return 'intent.ended'
  if (row.state !== 'held' || row.needs === 0) return 'approval.not-needed'
  if (row.gathering === 1) return 'intent.gathering'
  if (ctx.now >= row.expires_at) return 'intent.ended'
  if (row.proved === 1 && !(await isPinned(ctx, ctx.actor.id))) return 'approval.not-pinned'
  return againstAgreeing(ctx, questionOf(row, await goodApprovals(ctx, row)))
}

async function demandApproving(ctx: Ctx, id: string): Promise<store.IntentRow> {
  const row = await intentFor(ctx, id)
  const against = await againstApproving(ctx, row)
  if (against !== null)
    throw new Problem(against, against === 'permission.missing' ? { permission: 'guard:approve' } : {})
  return row.devices_hash === null && row.count > 0 ? withHash(ctx, row) : row
}

async function withHash(ctx: Ctx, row: store.IntentRow): Promise<store.IntentRow> {
  const { hash } = await listHash(ctx, row.id)
  await store.changeIntent(ctx, row.id, [row.state], { devices_hash: hash })
  return { ...row, devices_hash: hash }
}

/** Begins to agree: what the actor's passkey is to sign. */
export async function beginApproval(ctx: Ctx, id: string): Promise<SigningOffer> {
  const row = await demandApproving(ctx, id)
  return offerSigning(ctx, row.id, batchHash(row))
}

/** Agrees to exactly what was signed. With the last approval that is needed the intent moves on. */
export async function approve(ctx: Ctx, id: string, response: identity.AssertionAnswer): Promise<void> {
  const row = await demandApproving(ctx, id)
  const hash = batchHash(row)
  const signature = await takeSignature(ctx, row.id, hash, response)
  if (row.proved === 1 && !(await knownKey(ctx, signature.assertion))) throw new Problem('approval.not-pinned')
  await keepApproval(ctx, row, { admin: ctx.actor.id ?? '', hash, ...signature })
}

/** The machine's own command line agrees in the place of everyone who is needed. */
export async function approveHere(ctx: Ctx, id: string): Promise<void> {
  const found = await intentFor(ctx, id)
  if (found.state !== 'held') throw new Problem('approval.not-needed')
  const row = found.devices_hash === null && found.count > 0 ? await withHash(ctx, found) : found
  await asked.putApproval(ctx, { ...approvalOf(ctx, row), admin: 'local', ...unsigned })
  await store.changeIntent(ctx, row.id, ['held'], { needs: 1 })
  const told = { intent: row.id, action: row.action, approvals: 1, needs: 1, passkey: null }
  await record(ctx, guardEvents.approved, aboutIntent(row), told)
  await moveOn(ctx, { ...row, needs: 1 })
}

const unsigned = { passkey: null, challenge: '', statement: null, assertion: null }

function approvalOf(ctx: Ctx, row: store.IntentRow) {
  return { id: newId('approval'), intent: row.id, hash: batchHash(row), at: ctx.now }
}

async function keepApproval(
  ctx: Ctx,
  row: store.IntentRow,
  by: Signature & { admin: string; hash: string },
): Promise<void> {
  await asked.putApproval(ctx, { ...approvalOf(ctx, row), ...by })
  const good = await goodApprovals(ctx, row)
  const { id: intent, action, needs } = row
  const told = { intent, action, approvals: good.length, needs, passkey: by.passkey }
  await record(ctx, guardEvents.approved, aboutIntent(row), told)
  if (good.length >= needs) await moveOn(ctx, row)
}

/** Everyone who is needed has agreed: a proposal waits for its hour, many devices cool off, few are released. */
async function moveOn(ctx: Ctx, row: store.IntentRow): Promise<void> {
  if (row.count === 0) return keepLooking(ctx)
  const limits = await limitsOf(ctx)
  const cools = row.impact === 'irreversible' && row.count > limits.coolingFrom
  const until = ctx.now + limits.coolingMinutes * 60_000
  const change = cools
    ? ({ state: 'cooling', effective_at: until } as const)
    : ({ state: 'released', released_at: ctx.now } as const)
  if (!(await store.changeIntent(ctx, row.id, ['held'], change))) throw new Problem('intent.ended', {})
  const told = { intent: row.id, action: row.action, devices: row.count }
  if (cools) await record(ctx, guardEvents.cooling, aboutIntent(row), { ...told, until })
  else await record(ctx, guardEvents.released, aboutIntent(row), told)
  await keepLooking(ctx, cools ? until - ctx.now : 0)
}
