import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import * as identity from '../identity/index.ts'
import { countEntries } from './entry-store.ts'
import type { Entry } from './entry.ts'
import { programNames } from './program-store.ts'
import { type Program, type ProgramKind, programs } from './program.ts'
import { setupNames } from './setup-store.ts'

const trouble = z.object({ code: z.string(), text: z.string().optional() })
const unitShape = z.object({ id: z.string(), name: z.string(), path: z.string() })
const named = z.object({ id: z.string(), name: z.string() })

/** A program as people see it; never with its credential. */
export const programShape = z.object({
  id: z.string(),
  platform: z.string(),
  kind: z.enum(['devices', 'content', 'portal']),
  name: z.string(),
  state: z.enum(['new', 'good', 'terms', 'refused', 'expired', 'throttled', 'silent', 'elsewhere']),
  stateAt: z.number(),
  problem: trouble.nullable(),
  failures: z.number(),
  account: z.string().nullable(),
  orgName: z.string().nullable(),
  serverId: z.string().nullable(),
  expiresAt: z.number().nullable(),
  syncedAt: z.number().nullable(),
  facts: z.record(z.string(), z.unknown()),
  setup: named.nullable(),
  unit: unitShape,
  createdAt: z.number(),
  counts: z.object({
    promised: z.number(),
    enrolled: z.number(),
    gone: z.number(),
    waiting: z.number().describe('A setup is wanted that the vendor does not have yet.'),
    failed: z.number().describe('The vendor does not take the setup.'),
  }),
})

/** A promised device as people see it. */
export const entryShape = z.object({
  id: z.string(),
  program: named,
  serial: z.string(),
  model: z.string().nullable(),
  family: z.string().nullable(),
  color: z.string().nullable(),
  assetTag: z.string().nullable(),
  state: z.enum(['promised', 'enrolled', 'gone']),
  device: z.string().nullable(),
  setup: named.nullable(),
  chosen: z.boolean(),
  assigned: z.enum(['none', 'wanted', 'assigned', 'delivered', 'removed', 'failed']),
  problem: trouble.nullable(),
  nextAt: z.number().nullable(),
  unit: unitShape,
  user: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  migrationDeadline: z.number().nullable(),
  seenAt: z.number(),
  addedAt: z.number(),
})

type Counts = z.input<typeof programShape>['counts']

/** Programs with what they promise, in a fixed number of queries. */
export async function shownPrograms(ctx: Ctx, kind?: ProgramKind): Promise<z.input<typeof programShape>[]> {
  const found = await programs(ctx, kind === undefined ? {} : { kind })
  return shownOf(ctx, found)
}

/** One program with what it promises. */
export async function shownProgram(ctx: Ctx, program: Program): Promise<z.input<typeof programShape>> {
  const [shown] = await shownOf(ctx, [program])
  if (!shown) throw new Error('a program is shown as one')
  return shown
}

/** What platforms keep for themselves among a program's facts begins with an underscore and stays here. */
function openFacts(facts: Program['facts']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !key.startsWith('_')))
}

async function shownOf(ctx: Ctx, found: readonly Program[]): Promise<z.input<typeof programShape>[]> {
  const units = await identity.unitRefs(ctx)
  const names = new Map(
    await setupNames(
      ctx,
      found.flatMap(p => p.setup ?? []),
    ),
  )
  const counts = await countsByProgram(ctx)
  return found.map(p => ({
    ...p,
    facts: openFacts(p.facts),
    setup: p.setup === null ? null : { id: p.setup, name: names.get(p.setup) ?? '' },
    unit: units(p.unit),
    counts: counts.get(p.id) ?? { promised: 0, enrolled: 0, gone: 0, waiting: 0, failed: 0 },
  }))
}

/** What each program promises, counted; programs without entries are absent. */
export async function countsByProgram(ctx: Ctx): Promise<Map<string, Counts>> {
  const rows = await countEntries(ctx)
  const by = new Map<string, Counts>()
  for (const { program, state, assigned, n } of rows) {
    const counts = by.get(program) ?? { promised: 0, enrolled: 0, gone: 0, waiting: 0, failed: 0 }
    counts[state] += n
    if (state !== 'gone' && assigned === 'wanted') counts.waiting += n
    if (state !== 'gone' && assigned === 'failed') counts.failed += n
    by.set(program, counts)
  }
  return by
}

/** Entries with the names of what they point at, in a fixed number of queries. */
export async function shownEntries(ctx: Ctx, found: readonly Entry[]): Promise<z.input<typeof entryShape>[]> {
  if (found.length === 0) return []
  const units = await identity.unitRefs(ctx)
  const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.flatMap(id => id ?? []))]
  const setups = new Map(await setupNames(ctx, unique(found.map(e => e.setup))))
  const named = new Map(await programNames(ctx, unique(found.map(e => e.program))))
  const users = await identity.usersWith(ctx, unique(found.map(e => e.user)))
  return found.map(e => ({
    ...e,
    program: { id: e.program, name: named.get(e.program) ?? '' },
    setup: e.setup === null ? null : { id: e.setup, name: setups.get(e.setup) ?? '' },
    unit: units(e.unit),
    user: e.user === null ? null : { id: e.user, displayName: users.get(e.user)?.displayName ?? '' },
  }))
}
