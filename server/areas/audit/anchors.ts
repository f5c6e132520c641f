import { appendFile, open } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Ctx } from '../../base/ctx.ts'
import type { Event } from '../../base/events.ts'
import { type Head, headOf } from '../../base/seal.ts'
import type { Base } from '../../base/transact.ts'
import * as identity from '../identity/index.ts'
import { publicKeyOf } from './store.ts'

/** A signed end of an org's log with the key it is signed with: whoever keeps it elsewhere can later see whether the log was cut or written anew. */
export interface Anchor extends Head {
  org: string
  key: string
}

const everyMs = 60_000
const everyEvents = 1000

/** Where anchors are kept: one line of JSON each, only ever added to. Copy it to another machine from time to time. */
export function anchorsFile(base: Pick<Base, 'config'>): string {
  return join(base.config.data, 'anchors.log')
}

/** The signed end of the log as it is now; null before the first batch. */
export async function anchorOf(ctx: Pick<Ctx, 'tx' | 'org'>): Promise<Anchor | null> {
  const head = await headOf(ctx.tx, ctx.org)
  const key = head && (await publicKeyOf(ctx))
  return head && key ? { org: ctx.org, ...head, seq: Number(head.seq), at: Number(head.at), key } : null
}

/** Writes down the end of each org's log where it has grown since it was written down last. */
export async function anchorNow(base: Base, known: Map<string, number>): Promise<void> {
  const lines: string[] = []
  for (const org of await identity.orgs(base)) {
    const anchor = await base.engine.read(tx => anchorOf({ tx, org }))
    if (!anchor || anchor.seq <= (known.get(org) ?? 0)) continue
    known.set(org, anchor.seq)
    lines.push(`${JSON.stringify(anchor)}\n`)
  }
  if (lines.length === 0) return
  const path = anchorsFile(base)
  await appendFile(path, lines.join(''), { mode: 0o600 })
  const file = await open(path, 'r')
  await file.sync()
  await file.close()
}

/** Keeps anchoring every minute, and whenever a thousand events have been sealed. Stop it before the database is closed. */
export function startAnchors(
  base: Base,
  onSealed: (listener: (events: readonly Event[]) => void) => () => void,
): { stop(): Promise<void>; settle(): Promise<void> } {
  const known = new Map<string, number>()
  let running: Promise<void> = Promise.resolve()
  let since = 0
  const go = (): Promise<void> => {
    since = 0
    running = running
      .then(() => anchorNow(base, known))
      .catch(error => base.log.warn({ error: String(error) }, 'anchors of the log wait'))
    return running
  }
  const timer = setInterval(() => void go(), everyMs)
  timer.unref()
  const unlisten = onSealed(events => {
    since += events.length
    if (since >= everyEvents) void go()
  })
  return {
    settle: go,
    stop: async () => {
      clearInterval(timer)
      unlisten()
      await go()
    },
  }
}

/** The anchors of an org, as lines, oldest first. */
export async function* anchorsOf(base: Base, org: string): AsyncGenerator<Uint8Array> {
  const file = await open(anchorsFile(base), 'r').catch(() => null)
  if (file === null) return
  await file.close()
  for await (const line of createInterface({ input: createReadStream(anchorsFile(base)) }))
    if (line.includes(org)) yield Buffer.from(`${line}\n`)
}
