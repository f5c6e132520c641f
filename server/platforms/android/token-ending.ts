import { z } from 'zod'
import * as enrollment from '../../areas/enrollment/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { call } from './client.ts'
import { read, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import type { TokenRow } from './rows.ts'
import * as store from './store.ts'
import { wakeWorker } from './wake.ts'

const atOnce = 50

/** Nobody may use a token any more: it is taken away at Google, too, where a photo of its code would still open it. */
export async function endToken(ctx: Ctx, invitation: string): Promise<void> {
  const row = await store.findToken(ctx, { id: invitation })
  if (!row || row.ending_at !== null) return
  await store.changeToken(ctx, row.id, { ending_at: ctx.now })
  await wakeWorker(ctx, { id: row.program })
}

/** Ends a token whose last use was just made. Google itself ends one that is good for a single device. */
export async function endUsed(ctx: Ctx, row: TokenRow): Promise<void> {
  const invitation = await enrollment.findInvitation(ctx, row.invitation)
  if (invitation?.uses === undefined || invitation.uses === null || invitation.uses === 1) return
  if ((await enrollment.refusalOf(ctx, invitation)) !== null) await endToken(ctx, row.invitation)
}

/** Deletes at Google what nobody may use any more. What is gone already is as good as deleted. */
export async function endTokens(work: Work): Promise<void> {
  for (;;) {
    const rows = await work.base.read(work.scope, ctx => store.endingTokens(ctx, work.turn.program, atOnce))
    for (const row of rows) {
      if (row.name !== null) await deleted(work, row.name)
      await step(work, ctx => store.changeToken(ctx, row.id, { gone_at: ctx.now }))
    }
    if (rows.length < atOnce) return
  }
}

async function deleted(work: Work, name: string): Promise<void> {
  try {
    await call(work.line, 'DELETE', name)
  } catch (error) {
    // One that is over is as unusable as one that is deleted.
    if (!isAboutThis(error)) throw error
  }
}

const listed = z.object({
  enrollmentTokens: z.array(z.object({ name: z.string().max(300) })).default([]),
  nextPageToken: z.string().default(''),
})
const whole = z.object({ additionalData: z.string().default('') })

/**
 * Deletes tokens of ours that Google has and we do not know: the server stopped between asking for one and keeping the answer. What others made in the
 * same enterprise is left alone. Answers how many went.
 */
export async function sweepTokens(work: Work, enterprise: string): Promise<number> {
  let swept = 0
  for (let pageToken = ''; ; ) {
    const query = { pageSize: '100', ...(pageToken === '' ? {} : { pageToken }) }
    const page = read(listed, await call(work.line, 'GET', `${enterprise}/enrollmentTokens`, { query }))
    for (const { name } of page.enrollmentTokens)
      if (await isStray(work, name)) {
        await deleted(work, name)
        swept += 1
      }
    pageToken = page.nextPageToken
    if (pageToken === '') return swept
  }
}

async function isStray(work: Work, name: string): Promise<boolean> {
  const known = await work.base.read(work.scope, ctx => store.findToken(ctx, { name }))
  if (known) return known.gone_at !== null
  // A list says no more of a token than its name and its code.
  const { additionalData } = read(whole, await call(work.line, 'GET', name))
  const ours = await work.base.read(work.scope, ctx => store.findToken(ctx, { id: additionalData }))
  return ours !== undefined && ours.name !== name
}
