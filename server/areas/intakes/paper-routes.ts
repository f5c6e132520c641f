import { z } from 'zod'
import type { Scope } from '../../base/ctx.ts'
import { type PdfBlock, pdf } from '../../base/pdf.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, rawRoute, type Route } from '../../base/route.ts'
import { languages } from '../../base/say.ts'
import type { Base } from '../../base/transact.ts'
import { isZone } from '../../base/zone.ts'
import { rowFor } from './intake.ts'
import * as lines from './line-store.ts'
import { columnsOf, headBlocks, type Printing, recordOf, rowOf } from './record.ts'
import { type Frame, frameOf, sheetBlocks, sheetsAfter } from './sheet.ts'
import { say } from './texts.ts'

const params = z.object({ id: z.string().max(64) })
const query = z.object({
  language: z.enum(languages).default('en'),
  zone: z.string().max(60).refine(isZone, 'no such time zone').default('UTC'),
})

const paper = {
  method: ['GET'],
  plane: 'api',
  auth: 'admin',
  permission: 'intakes:read',
  bodyLimit: 0,
  accepts: [],
  params,
  query,
  reply: ['application/pdf'],
} as const

/** What is printed of an intake: sheets to hand over with the devices, and its record. */
export const paperRoutes: readonly Route[] = [
  rawRoute({
    ...paper,
    path: '/api/v1/intakes/:id/sheet.pdf',
    summary:
      'One sheet for each device, to hand over with it: whose it is, what to do, and a code that leads to the person’s own page. In one of the four languages.',
    serve: async (base, { params: { id }, query: { language } }, call) => {
      const scope = scopeOf(call)
      const frame = await base.read(scope, async ctx => frameOf(ctx, await rowFor(ctx, id, 'intakes:read'), language))
      const title = say(language, 'title', { name: frame.intake.name })
      const blocks = sheets(base, scope, frame)
      return { ...named('sheets', frame.intake.day), body: pdf({ title, language, blocks, at: base.clock.now() }) }
    },
  }),
  rawRoute({
    ...paper,
    path: '/api/v1/intakes/:id/record.pdf',
    summary: 'The record of a batch: how the last look before the day was, and how each device came out.',
    serve: async (base, { params: { id }, query }, call) => {
      const scope = scopeOf(call)
      const how: Printing = { ...query, now: base.clock.now() }
      const record = await base.read(scope, async ctx => recordOf(ctx, await rowFor(ctx, id, 'intakes:read')))
      const { intake } = record
      const blocks = [
        ...headBlocks(record, how),
        { kind: 'heading', text: say(how.language, 'devices'), level: 2 },
        { kind: 'table', columns: columnsOf(how), rows: deviceRows(base, scope, { intake: intake.id, how }) },
      ] satisfies PdfBlock[]
      const title = say(how.language, 'record', { name: intake.name })
      return { ...named('record', intake.day), body: pdf({ title, language: how.language, blocks, at: how.now }) }
    },
  }),
]

function scopeOf(call: Call): Scope {
  if (!call.principal) throw new Problem('session.missing')
  return { ...call.principal, request: call.request }
}

function named(what: string, day: string) {
  const headers = { 'content-disposition': `attachment; filename="batch-${day}-${what}.pdf"` }
  return { headers, type: 'application/pdf' }
}

async function* sheets(base: Base, scope: Scope, frame: Frame): AsyncGenerator<PdfBlock> {
  let after: number | null = 0
  let first = true
  while (after !== null) {
    const from: number = after
    const page: Awaited<ReturnType<typeof sheetsAfter>> = await base.read(scope, ctx =>
      sheetsAfter(ctx, frame.intake.id, from),
    )
    for (const sheet of page.sheets) {
      if (!first) yield { kind: 'pageBreak' }
      first = false
      yield* sheetBlocks(frame, sheet)
    }
    after = page.next
  }
}

async function* deviceRows(
  base: Base,
  scope: Scope,
  { intake, how }: { intake: string; how: Printing },
): AsyncGenerator<string[]> {
  let after = 0
  for (;;) {
    const from = after
    const rows = await base.read(scope, ctx => lines.listAfter(ctx, intake, from, 200))
    for (const row of rows) yield rowOf(row, how)
    after = rows.at(-1)?.n ?? 0
    if (rows.length < 200) return
  }
}
