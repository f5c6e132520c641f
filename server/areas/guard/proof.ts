import type { Ctx } from '../../base/ctx.ts'
import * as asked from './approval-store.ts'
import { batchHash, batchOf } from './intent.ts'
import { findIntent, type IntentRow, pageOfDevices } from './intent-store.ts'
import { type Approvers, approversNow } from './pinned.ts'
import * as sets from './pinned-store.ts'

/** An approval with all that its challenge is the hash of, for whoever checks it without trusting us. */
export interface Proof {
  readonly statement: Readonly<Record<'org' | 'of' | 'hash' | 'by' | 'nonce', string>> & { readonly until: number }
  readonly batch: ReturnType<typeof batchOf>
  readonly list: readonly string[]
  readonly assertion: Readonly<Record<'id' | 'clientDataJSON' | 'authenticatorData' | 'signature', string>>
}

/** A change of whose approvals devices ask for, with the approvals of those before. */
export interface Endorsement {
  readonly approvers: Approvers
  readonly approval: readonly Proof[]
}

/** The approvals of what was held, by those whom devices know. */
export async function proofsOf(ctx: Ctx, intent: string): Promise<Proof[]> {
  const row = await findIntent(ctx, intent)
  if (!row) return []
  const known = new Set((await approversNow(ctx)).keys.map(k => k.id))
  return (await proofsIn(ctx, row)).filter(p => known.has(p.assertion.id))
}

async function proofsIn(ctx: Ctx, row: IntentRow): Promise<Proof[]> {
  const hash = batchHash(row)
  const list = row.count === 0 ? [] : await listOf(ctx, row.id)
  return (await asked.listApprovals(ctx, row.id)).flatMap(a => {
    if (a.hash !== hash || a.statement === null || a.assertion === null) return []
    const statement = JSON.parse(a.statement) as Proof['statement']
    return [{ statement, batch: batchOf(row), list, assertion: JSON.parse(a.assertion) as Proof['assertion'] }]
  })
}

async function listOf(ctx: Ctx, intent: string): Promise<string[]> {
  const all: string[] = []
  for (;;) {
    const page = await pageOfDevices(ctx, intent, all.at(-1) ?? '', 1000)
    all.push(...page.map(p => p.device))
    if (page.length < 1000) return all
  }
}

/** How the approvers of now came to be, from the first that devices asked for: each endorsed by those before. */
export async function endorsementsOf(ctx: Ctx): Promise<Endorsement[]> {
  const chain: Endorsement[] = []
  for (const { content, intent } of await sets.listSets(ctx)) {
    const row = intent === null ? undefined : await findIntent(ctx, intent)
    chain.push({ approvers: JSON.parse(content) as Approvers, approval: row ? await proofsIn(ctx, row) : [] })
  }
  return chain
}
