import { z } from 'zod'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as identity from '../../areas/identity/index.ts'
import * as roster from '../../areas/roster/index.ts'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { modes } from './modes.ts'
import type { TokenRow } from './rows.ts'
import * as store from './store.ts'

/** A token in a list: what it is for and how far it is used, without what it opens. */
export const tokenRow = z.object({
  id: z.string(),
  name: z.string().nullable(),
  mode: z.enum(modes),
  state: z
    .enum(['wanted', 'there', 'refused', 'used', 'expired', 'ending', 'gone'])
    .describe('`ending`: taken back here, and still to be deleted at Google.'),
  problem: z.string().nullable(),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  user: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  uses: z.number().nullable(),
  used: z.number(),
  createdAt: z.number(),
  expiresAt: z.number(),
})

const batchOf = 200

/** The tokens of a program that invite to units the actor may see, newest first. */
export async function listTokens(
  ctx: Ctx,
  program: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: z.input<typeof tokenRow>[]; next: string | null }> {
  if ((await roster.program(ctx, program))?.platform !== 'android') throw new Problem('id.unknown')
  const units = await identity.unitRefs(ctx)
  const found: { row: TokenRow; invitation: enrollment.Invitation }[] = []
  for (let before = cursor ?? null; found.length <= limit; ) {
    const batch = await store.tokensOf(ctx, program, before, batchOf)
    for (const row of batch) {
      const invitation = await enrollment.findInvitation(ctx, row.invitation)
      const path = invitation && (await pathOf(ctx, invitation.unit))
      if (invitation && path && may(ctx.authority, 'invitations:read', path)) found.push({ row, invitation })
      if (found.length > limit) break
    }
    before = batch.at(-1)?.id ?? null
    if (batch.length < batchOf) break
  }
  const page = found.slice(0, limit)
  const people = await identity.usersWith(
    ctx,
    page.flatMap(one => one.invitation.user ?? []),
  )
  return {
    items: page.map(({ row, invitation }) => ({
      id: row.id,
      name: invitation.name,
      mode: modes.find(m => m === row.mode) ?? 'fully-managed',
      state: stateOf(ctx, row, invitation),
      problem: row.problem,
      unit: units(invitation.unit),
      user:
        invitation.user === null
          ? null
          : { id: invitation.user, displayName: people.get(invitation.user)?.displayName ?? '' },
      uses: invitation.uses,
      used: invitation.used,
      createdAt: invitation.createdAt,
      expiresAt: row.expires_at,
    })),
    next: found.length > limit ? (page.at(-1)?.row.id ?? null) : null,
  }
}

/** A unit may have been removed since; then nobody sees its tokens. */
async function pathOf(ctx: Ctx, unit: string): Promise<string | null> {
  try {
    return (await identity.unitOf(ctx, unit)).path
  } catch (error) {
    if (error instanceof Problem && error.code === 'id.unknown') return null
    throw error
  }
}

function stateOf(ctx: Ctx, row: TokenRow, invitation: enrollment.Invitation): z.input<typeof tokenRow>['state'] {
  if (row.state === 'refused') return 'refused'
  if (row.gone_at !== null) return invitation.revokedAt === null ? 'used' : 'gone'
  if (row.ending_at !== null) return row.name === null ? 'gone' : 'ending'
  if (row.expires_at <= ctx.now) return 'expired'
  return invitation.uses !== null && invitation.used >= invitation.uses ? 'used' : row.state
}
