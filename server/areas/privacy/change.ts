import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { hashOf } from './canonical.ts'
import { type Rules, rulesShape } from './charter.ts'
import * as charters from './charter-store.ts'
import * as store from './change-store.ts'
import { type Difference, differencesOf, shortened, type Terms } from './difference.ts'
import { charterEvents } from './events.ts'
import { beginPass } from './pass.ts'
import { preset } from './presets.ts'
import { ableSigners, demandPossible, demandSigners } from './wish.ts'

/** How long a loosening waits that nobody but its proposer has agreed to, and one whose signer is gone. */
export const waitMs = { unsigned: 24 * 3_600_000, signerGone: 7 * 24 * 3_600_000 }

/** The job that puts a loosening into force once its delay is over. */
export const applyDue = jobName<{ change: string }>('charter.apply')

/** A signature under a change: whose, with which passkey, over its hash. */
export interface Signature {
  admin: string
  passkey: string
  at: number
}

/** What holds now, with the id and version of the charter that says so; the preset an org begins with has neither. */
export async function termsNow(ctx: Ctx): Promise<Terms & { id: string | null; version: number; hash: string }> {
  const id = await charters.currentId(ctx)
  const row = id === null ? undefined : await charters.findCharter(ctx, id)
  if (!row) {
    const terms = { rules: preset('balanced'), cosigners: [] }
    return { ...terms, id: null, version: 0, hash: hashOf(terms) }
  }
  const { version, hash } = row
  return {
    id: row.id,
    version,
    hash,
    rules: rulesShape.parse(JSON.parse(row.rules)),
    cosigners: JSON.parse(row.cosigners),
  }
}

/** What a wish for another charter would come to. */
export interface Proposal {
  terms: Terms
  differences: Difference[]
  loosens: boolean
  /** Who must sign; empty where nobody is named, or nothing is loosened. */
  signers: string[]
}

/** Looks at a wish without carrying it out; refuses what no charter can hold. */
export async function look(
  ctx: Ctx,
  wish: { rules: Rules; cosigners?: readonly string[] | undefined },
): Promise<Proposal> {
  const now = await termsNow(ctx)
  const terms = { rules: wish.rules, cosigners: [...new Set(wish.cosigners ?? now.cosigners)] }
  const paths = await demandPossible(ctx, terms.rules)
  await demandSigners(
    ctx,
    terms.cosigners.filter(c => !now.cosigners.includes(c)),
  )
  const differences = shortened(differencesOf(now, terms, unit => paths.get(unit) ?? `/${unit}/`))
  const loosens = differences.some(d => d.loosens)
  return { terms, differences, loosens, signers: loosens ? [...now.cosigners] : [] }
}

/** Changes the charter: at once where nothing is loosened, else when those it names have signed. */
export async function changeCharter(
  ctx: Ctx,
  wish: { rules: Rules; cosigners?: readonly string[] | undefined; why: string },
): Promise<{ charter: string } | { change: string }> {
  demandWhole(ctx.authority, 'privacy:write')
  await identity.demandStepUp(ctx)
  const { terms, differences, loosens, signers } = await look(ctx, wish)
  if (differences.length === 0) throw new Problem('charter.unchanged')
  const now = await termsNow(ctx)
  if (!loosens)
    return { charter: await adopt(ctx, terms, { differences, why: wish.why, signatures: [], by: byOf(ctx) }) }
  if (await store.openChange(ctx)) throw new Problem('charter.pending')
  const id = newId('charter')
  const hash = hashOf({ org: ctx.org, change: id, base: now.hash, terms, differences })
  const effective_at = await waitOf(ctx, signers)
  await store.addChange(ctx, {
    id,
    base: now.id,
    rules: JSON.stringify(terms.rules),
    cosigners: JSON.stringify(terms.cosigners),
    hash,
    differences: JSON.stringify(differences),
    signers: JSON.stringify(signers),
    signatures: '[]',
    why: wish.why,
    state: 'open',
    state_by: null,
    state_reason: null,
    effective_at,
    by_kind: byOf(ctx).kind,
    by_id: byOf(ctx).id,
  })
  if (effective_at !== null) await enqueue(ctx, applyDue, { change: id }, { dedupe: id, inMs: effective_at - ctx.now })
  const loosened = differences.filter(d => d.loosens).length
  await record(ctx, charterEvents.proposed, null, { change: id, hash, loosened, signers: signers.length })
  return { change: id }
}

/** A loosening waits even so where nobody is named, where only its proposer is, and longer where somebody named can sign no more. */
async function waitOf(ctx: Ctx, signers: readonly string[]): Promise<number | null> {
  const able = await ableSigners(ctx)
  if (signers.some(s => !able.has(s))) return ctx.now + waitMs.signerGone
  const others = signers.filter(s => s !== byOf(ctx).id)
  return others.length === 0 ? ctx.now + waitMs.unsigned : null
}

/** What a co-signer's passkey is to sign: the hash of the new charter and of all it changes. */
export async function beginSigning(ctx: Ctx, id: string): Promise<identity.RequestOptions> {
  const row = await signable(ctx, id)
  return identity.beginAssertion(ctx, { admin: signerOf(ctx), challenge: challengeOf(row.hash) })
}

/** Signs a change. The last signature puts it into force, unless it must wait besides. */
export async function sign(ctx: Ctx, id: string, response: identity.AssertionAnswer): Promise<store.ChangeRow> {
  const row = await signable(ctx, id)
  const admin = signerOf(ctx)
  const { passkey } = await identity.verifyAssertion(ctx, { admin, challenge: challengeOf(row.hash), response })
  const signatures = [...signaturesOf(row), { admin, passkey, at: ctx.now }]
  await store.putChange(ctx, id, { signatures: JSON.stringify(signatures) })
  const signers = signersOf(row).length
  await record(ctx, charterEvents.signed, null, { change: id, hash: row.hash, signatures: signatures.length, signers })
  await applyIfReady(ctx, id)
  return getChange(ctx, id)
}

/** A signer refuses, or who may change charters takes it back: it will not come to be. */
export async function refuse(ctx: Ctx, id: string, reason: string): Promise<void> {
  const row = await getChange(ctx, id)
  if (row.state !== 'open') throw new Problem('charter.change-over', { state: row.state })
  const signer = ctx.actor.kind === 'admin' && signersOf(row).includes(ctx.actor.id)
  if (!signer) demandWhole(ctx.authority, 'privacy:write')
  await close(ctx, id, signer ? 'refused' : 'withdrawn', reason)
}

/** Puts a change into force when all who can have signed and its delay is over. Answers whether it did. */
export async function applyIfReady(ctx: Ctx, id: string): Promise<boolean> {
  const row = await getChange(ctx, id)
  if (row.state !== 'open') return false
  const signed = new Set(signaturesOf(row).map(s => s.admin))
  const able = await ableSigners(ctx)
  const missing = signersOf(row).filter(s => !signed.has(s))
  if (missing.some(s => able.has(s))) return false
  if (missing.length > 0 && row.effective_at === null) {
    // Who was named has gone since it was proposed.
    const at = ctx.now + waitMs.signerGone
    await store.putChange(ctx, id, { effective_at: at })
    await enqueue(ctx, applyDue, { change: id }, { dedupe: id, inMs: waitMs.signerGone })
    return false
  }
  if (row.effective_at !== null && row.effective_at > ctx.now) return false
  const terms = { rules: rulesShape.parse(JSON.parse(row.rules)), cosigners: JSON.parse(row.cosigners) as string[] }
  const differences = JSON.parse(row.differences) as Difference[]
  await store.putChange(ctx, id, { state: 'applied' })
  await adopt(ctx, terms, {
    differences,
    why: row.why,
    signatures: signaturesOf(row),
    by: { kind: row.by_kind, id: row.by_id },
  })
  return true
}

interface Adopting {
  differences: readonly Difference[]
  why: string
  signatures: readonly Signature[]
  by: { kind: string; id: string | null }
}

/** Puts a charter into force: what it forbids is deleted from now on, and what was proposed against the one before it is void. */
async function adopt(ctx: Ctx, terms: Terms, { differences, why, signatures, by }: Adopting): Promise<string> {
  const before = await termsNow(ctx)
  const id = newId('charter')
  const version = before.version + 1
  const hash = hashOf(terms)
  const { rules, cosigners } = terms
  await charters.addCharter(ctx, {
    id,
    version,
    rules: JSON.stringify(rules),
    cosigners: JSON.stringify(cosigners),
    hash,
    signatures: JSON.stringify(signatures),
    why,
    by_kind: by.kind,
    by_id: by.id,
  })
  const loosened = differences.filter(d => d.loosens).length
  const tightened = differences.length - loosened
  await record(ctx, charterEvents.changed, null, { version, hash, loosened, tightened })
  const stale = await store.openChange(ctx)
  if (stale) await close(ctx, stale.id, 'outdated', null)
  await beginPass(ctx, 'charter')
  return id
}

async function close(
  ctx: Ctx,
  id: string,
  how: 'refused' | 'withdrawn' | 'outdated',
  reason: string | null,
): Promise<void> {
  await store.putChange(ctx, id, { state: how, state_by: byOf(ctx).id, state_reason: reason })
  await record(ctx, charterEvents.refused, null, { change: id, how, reason })
}

/** The change with this id. */
export async function getChange(ctx: Ctx, id: string): Promise<store.ChangeRow> {
  const row = await store.findChange(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return row
}

async function signable(ctx: Ctx, id: string): Promise<store.ChangeRow> {
  const row = await getChange(ctx, id)
  if (row.state !== 'open') throw new Problem('charter.change-over', { state: row.state })
  if (!signersOf(row).includes(signerOf(ctx))) throw new Problem('charter.not-signer')
  if (signaturesOf(row).some(s => s.admin === signerOf(ctx))) throw new Problem('charter.signed-already')
  return row
}

/** Keys sign nothing. */
function signerOf(ctx: Ctx): string {
  if (ctx.actor.kind !== 'admin') throw new Problem('step-up.keys-cannot')
  return ctx.actor.id
}

const challengeOf = (hash: string): string => Buffer.from(hash, 'hex').toString('base64url')
/** Who must sign. */
export const signersOf = (row: Pick<store.ChangeRow, 'signers'>): string[] => JSON.parse(row.signers) as string[]
/** Who has. */
export const signaturesOf = (row: Pick<store.ChangeRow, 'signatures'>): Signature[] =>
  JSON.parse(row.signatures) as Signature[]

function byOf(ctx: Ctx): { kind: string; id: string | null } {
  return { kind: ctx.actor.kind, id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id }
}
