import { z } from 'zod'
import * as roster from '../../../areas/roster/index.ts'
import type { Scope } from '../../../base/ctx.ts'
import type { Base } from '../../../base/transact.ts'
import type { Line } from './client.ts'
import * as store from './store.ts'

/** Whose turn it is. */
export interface Turn {
  readonly program: string
  readonly fence: number
  readonly forMs: number
}

const links = z.object({ next: z.string().nullish() }).optional()
const text = z.string().max(300).nullish().catch(null)
const serverPage = z.object({
  data: z.array(
    z.object({
      id: z.string().max(100),
      attributes: z.object({ serverName: text, serverType: text }),
    }),
  ),
  links,
})
const devicePage = z.object({
  data: z.array(
    z.object({
      id: z.string().max(100),
      attributes: z.object({
        serialNumber: z.string().max(60),
        deviceModel: text,
        productFamily: text,
        mdmMigrationStatus: text,
        mdmMigrationDeadline: text,
      }),
    }),
  ),
  links,
})
const idPage = z.object({ data: z.array(z.object({ id: z.string().max(100) })), links })

/** Reads what the portal holds: its servers, the org's devices, and which server has which. Each page is kept as it comes; what no page named is forgotten at the end. */
export async function readPortal(base: Base, scope: Scope, turn: Turn, line: Line): Promise<void> {
  const round = base.clock.now()
  const keep = (work: Parameters<typeof base.transact<void>>[1]): Promise<void> =>
    base.transact(scope, async ctx => {
      await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
      await work(ctx)
    })
  const servers: string[] = []
  for await (const page of pages(line, '/v1/mdmServers?limit=100', serverPage)) {
    servers.push(...page.data.map(s => s.id))
    const rows = page.data.map(({ id, attributes }) => ({
      org: scope.org,
      program: turn.program,
      id,
      name: attributes.serverName ?? id,
      kind: attributes.serverType ?? 'MDM',
      round,
    }))
    await keep(ctx => store.putServers(ctx, rows))
  }
  for await (const page of pages(line, '/v1/orgDevices?limit=500', devicePage)) {
    const rows = page.data.map(({ id, attributes: said }) => ({
      org: scope.org,
      program: turn.program,
      serial: said.serialNumber.toUpperCase(),
      id,
      model: said.deviceModel ?? null,
      family: said.productFamily ?? null,
      migration: said.mdmMigrationStatus ?? null,
      deadline: instantOf(said.mdmMigrationDeadline),
      round,
      seen_at: round,
    }))
    await keep(ctx => store.putDevices(ctx, rows))
  }
  const held = new Map<string, string[]>()
  for (const server of servers) {
    const ids: string[] = []
    const path = `/v1/mdmServers/${encodeURIComponent(server)}/relationships/devices?limit=500`
    for await (const page of pages(line, path, idPage)) ids.push(...page.data.map(d => d.id))
    held.set(server, ids)
  }
  await keep(async ctx => {
    await store.clearAssigned(ctx, turn.program)
    for (const [server, ids] of held)
      for (let at = 0; at < ids.length; at += 500)
        await store.putAssigned(ctx, turn.program, server, ids.slice(at, at + 500))
    await store.sweep(ctx, turn.program, round)
  })
}

const mostPages = 2000

async function* pages<T extends { links?: { next?: string | null | undefined } | undefined }>(
  line: Line,
  first: string,
  shape: z.ZodType<T>,
): AsyncGenerator<T> {
  let next: string | null = first
  for (let count = 0; next !== null && count < mostPages; count += 1) {
    const page: T = shape.parse(await line.call('GET', next))
    yield page
    next = page.links?.next ?? null
  }
}

function instantOf(said: string | null | undefined): number | null {
  const at = said ? Date.parse(said) : Number.NaN
  return Number.isFinite(at) ? at : null
}
