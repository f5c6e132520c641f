import type { Event } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import type { Call, Principal } from '../../base/route.ts'
import { headOf } from '../../base/seal.ts'
import type { Base } from '../../base/transact.ts'
import { sleep } from '../../base/clock.ts'
import * as identity from '../identity/index.ts'
import { eventItems } from './item.ts'
import { seen } from './log.ts'
import { sealedAfter } from './store.ts'

type OnSealed = (listener: (events: readonly Event[]) => void) => () => void

const heartbeatMs = 15_000
/** How late a batch is noticed that another process of the database sealed, and a session that ended by itself. */
const pollMs = 1000
/** A busy log is sent in steps, so that a hundred open pages do not read it a hundred times a second. */
const pauseMs = 200
const mostAtOnce = 200

/** How each server tells that a batch was sealed, and that it stops; keyed by what no two servers of one process share. */
const sources = new WeakMap<object, { onSealed: OnSealed; stopping: AbortSignal }>()

/** Called by main once: how streams learn of sealed batches. Answers how to end them all, before the server closes. */
export function followSealed(base: Base, onSealed: OnSealed): () => void {
  const stopping = new AbortController()
  sources.set(base.secrets, { onSealed, stopping: stopping.signal })
  return () => stopping.abort()
}

/**
 * What happens from now on, or after the event named by Last-Event-ID, as server-sent events in the sealed order: only what the reader may see,
 * asked anew at each step, so that it ends with their session or key. A comment every 15 seconds keeps the line open.
 */
export async function* streamEvents(base: Base, call: Call): AsyncGenerator<string> {
  if (!call.principal) throw new Problem('session.missing')
  const bell = ring(base, call)
  try {
    let at = await begin(base, call.principal, call.headers['last-event-id'])
    yield 'retry: 3000\n\n'
    let saidAt = base.clock.monotonic()
    while (!bell.closed()) {
      const rung = bell.next()
      const principal = await identity.again(base, call.principal)
      if (!principal) return
      const step = await readStep(base, principal, at)
      at = step.upTo
      if (step.text !== '') yield step.text
      else if (base.clock.monotonic() - saidAt >= heartbeatMs) yield ': still here\n\n'
      else {
        await rung
        continue
      }
      saidAt = base.clock.monotonic()
      await sleep(pauseMs, bell.signal)
    }
  } catch (error) {
    // The head is sent already; the reader comes again with the last id it has.
    base.log.warn({ request: call.request, error: String(error) }, 'event stream ended')
  } finally {
    bell.stop()
  }
}

/** Without a place to resume from, a stream begins at the end of the log. */
async function begin(base: Base, principal: Principal, last: string | string[] | undefined): Promise<number> {
  const head = await base.read(principal, ctx => headOf(ctx.tx, ctx.org))
  const end = head?.seq ?? 0
  const asked = typeof last === 'string' && /^\d{1,15}$/.test(last) ? Number(last) : end
  return Math.min(asked, end)
}

async function readStep(base: Base, principal: Principal, after: number): Promise<{ text: string; upTo: number }> {
  return base.read(principal, async ctx => {
    const { items, upTo } = await sealedAfter(ctx, await seen(ctx), after, mostAtOnce)
    const lines = (await eventItems(ctx, items)).map(
      item => `id: ${item.seq}\nevent: ${item.type}\ndata: ${JSON.stringify(item)}\n\n`,
    )
    return { text: lines.join(''), upTo }
  })
}

/** Waits for the next sealed batch of the reader's org, the next poll, or the end of the connection. */
function ring(base: Base, call: Call) {
  const gone = new AbortController()
  const close = (): void => gone.abort()
  call.socket.once('close', close)
  let wake: () => void = () => {}
  const source = sources.get(base.secrets)
  source?.stopping.addEventListener('abort', close)
  const forget = source?.onSealed(events => {
    if (events.some(e => e.org === call.principal?.org)) wake()
  })
  return {
    signal: gone.signal,
    closed: () => gone.signal.aborted || call.socket.destroyed,
    /** Begins to listen now; what rings between two steps is not missed. */
    next: (): Promise<void> => {
      const rung = new AbortController()
      wake = () => rung.abort()
      return sleep(pollMs, AbortSignal.any([rung.signal, gone.signal]))
    },
    stop: () => {
      forget?.()
      source?.stopping.removeEventListener('abort', close)
      call.socket.off('close', close)
    },
  }
}
