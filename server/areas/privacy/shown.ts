import type { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { namesOf } from '../identity/index.ts'
import { actions, choices, collectFloor, forbiddenOrder } from './charter.ts'
import * as charters from './charter-store.ts'
import { type Signature, signaturesOf, signersOf, termsNow } from './change.ts'
import * as changes from './change-store.ts'
import type { Difference } from './difference.ts'
import type { changeShape, charterShape, versionShape } from './shapes.ts'
import { dataTypes, owned } from './type.ts'
import { namesOfSigners } from './wish.ts'

/** The charter in force as the API shows it. */
export async function shownCharter(ctx: Ctx): Promise<z.input<typeof charterShape>> {
  const { id, version, hash, rules, cosigners } = await termsNow(ctx)
  const row = id === null ? undefined : await charters.findCharter(ctx, id)
  const open = await changes.openChange(ctx)
  const [change] = open ? await shownChanges(ctx, [open]) : []
  return {
    id,
    version,
    hash,
    at: row?.at ?? null,
    rules,
    cosigners: await namesOfSigners(ctx, cosigners),
    floors: {
      collect: owned.flatMap(ownership =>
        dataTypes
          .map(type => ({ type, ownership, most: collectFloor(type, ownership) }))
          .filter(f => f.most !== 'shown'),
      ),
      command: owned.flatMap(ownership =>
        actions.filter(a => forbiddenOrder(a, ownership)).map(action => ({ action, ownership })),
      ),
    },
    choices: Object.fromEntries(dataTypes.map(t => [t, [...choices[t]]])) as Record<(typeof dataTypes)[number], never>,
    change: change ?? null,
  }
}

/** Versions as lists show them. */
export async function shownVersions(
  ctx: Ctx,
  rows: readonly charters.CharterRow[],
): Promise<z.input<typeof versionShape>[]> {
  const all = rows.map(row => ({ row, signatures: signaturesOf(row) }))
  const names = await namesIn(
    ctx,
    rows,
    all.flatMap(a => a.signatures),
  )
  return all.map(({ row, signatures }) => ({
    id: row.id,
    version: row.version,
    hash: row.hash,
    why: row.why,
    at: row.at,
    by: { kind: row.by_kind, id: row.by_id, name: names.get(row.by_id ?? '') ?? null },
    signatures: signatures.map(s => ({ ...s, name: names.get(s.admin) ?? '' })),
  }))
}

/** Changes as lists show them. */
export async function shownChanges(
  ctx: Ctx,
  rows: readonly changes.ChangeRow[],
): Promise<z.input<typeof changeShape>[]> {
  const names = await namesIn(ctx, rows, rows.flatMap(signaturesOf))
  const me = ctx.actor.kind === 'admin' ? ctx.actor.id : null
  const shown: z.input<typeof changeShape>[] = []
  for (const row of rows) {
    const signatures = signaturesOf(row)
    const signers = signersOf(row)
    const mine = row.state === 'open' && me !== null && signers.includes(me) && !signatures.some(s => s.admin === me)
    shown.push({
      id: row.id,
      state: row.state,
      reason: row.state_reason,
      hash: row.hash,
      why: row.why,
      at: row.at,
      by: { kind: row.by_kind, id: row.by_id, name: names.get(row.by_id ?? '') ?? null },
      effectiveAt: row.effective_at,
      differences: JSON.parse(row.differences) as Difference[],
      signers: await namesOfSigners(ctx, signers),
      signatures: signatures.map(s => ({ ...s, name: names.get(s.admin) ?? '' })),
      mine,
    })
  }
  return shown
}

function namesIn(
  ctx: Ctx,
  rows: readonly { by_id: string | null }[],
  signatures: readonly Signature[],
): Promise<Map<string, string>> {
  return namesOf(ctx, [...rows.flatMap(r => (r.by_id === null ? [] : [r.by_id])), ...signatures.map(s => s.admin)])
}
