import type { Contacted } from '@muster/wire/agent/messages.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as hours from '../../areas/hours/index.ts'
import * as privacy from '../../areas/privacy/index.ts'
import * as push from '../../areas/push/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { noteworthy } from '../../base/pace.ts'
import { Problem } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { hearApps } from './app-hear.ts'
import { takeApps } from './apps.ts'
import { documentFor } from './document.ts'
import { anyone, forget } from './enroll.ts'
import { agentEvents } from './events.ts'
import { farewell, ordersFor, signed, takeResults, type Unsigned } from './orders.ts'
import { saidByProfile } from './profile-words.ts'
import { judgedIn, type Speaker, speakerOf } from './proof.ts'
import { nextOf } from './rhythm.ts'
import type { Said } from './shapes.ts'
import * as store from './store.ts'
import { longestHoldMs } from './wait.ts'

/**
 * One contact of an agent: what it reports is taken in, and it learns what it should be and do. All of it is durable before it is answered, and all of it may
 * come again.
 */
export async function contact(base: Base, read: () => Said, call: Call): Promise<Contacted> {
  const shown = await judgedIn(call)
  const { answer, speaker } = await base.transact(anyone(call), async ctx => {
    const who = await speakerOf(ctx, shown)
    const said = read()
    const heard = who.enrollment.kind === 'work-profile' ? saidByProfile(said) : said
    return { answer: await answered(who, heard), speaker: who }
  })
  if (speaker.enrollment.state !== 'ended')
    devices.seen(base, speaker.ctx.org, speaker.enrollment.device, base.clock.now())
  const { orders, ...rest } = answer
  return orders === null ? rest : { ...rest, orders: await signed(orders) }
}

/** The answer before its orders are signed. */
type Answered = Omit<Contacted, 'orders'> & { readonly orders: Unsigned | null }

async function answered(speaker: Speaker, said: Said): Promise<Answered> {
  const { ctx, enrollment: held } = speaker
  if (held.state === 'ended') return over(speaker)
  if (held.endingAt !== null) return leaving(speaker)
  const standing = await store.findStanding(ctx, held.id)
  if (!standing) throw new Problem('device.certificate-unknown')
  await arrived(speaker, said, standing)
  await reached(speaker, said)
  const need = await takeFacts(ctx, standing, said)
  await hearApps(ctx, standing, said)
  await takeItems(ctx, held.id, said.items)
  const results = await takeResults(ctx, { enrollment: held.id, device: held.device }, said.results)
  const events = await takeEvents(ctx, held, said.events)
  // The result of an order may be what ends it; nothing else that it says does.
  const now = said.results.length === 0 ? held : await enrollment.get(ctx, held.id)
  if (now.state === 'ended') return over({ ...speaker, enrollment: now })
  const document = await documentFor(ctx, standing, said.have.etag)
  const after = said.results.some(r => r.status === 'deferred')
    ? 'deferral'
    : said.results.length > 0
      ? 'answer'
      : 'contact'
  const orders = await ordersFor(ctx, { enrollment: held.id, device: held.device }, after)
  const { unitPath, state } = await devices.get(ctx, held.device)
  const next = nextOf(await push.rhythmOf(ctx, unitPath), state === 'lost')
  return {
    action: ctx.now >= standing.renew_at ? 'reauth' : 'none',
    serverTime: ctx.now,
    ...(document === null ? {} : { document }),
    orders,
    seen: { results, events },
    need,
    // What it was just given it answers at once.
    next: document === null && orders === null ? next : { afterMs: 0, jitterMs: 0 },
    channels: await listening(ctx, held.id, said),
    renewBy: standing.renew_at,
  }
}

/** It was told to go: the farewell needs nothing more from the device, so with this call it is over. */
async function leaving(speaker: Speaker): Promise<Answered> {
  const { ctx, enrollment: held } = speaker
  // The order was given with the farewell; there will be no answer to it.
  const handed = await commands.next(ctx, { enrollment: held.id, account: '', after: 'contact' })
  if (handed?.kind.kind === 'enrollment.leave')
    await commands.answered(ctx, {
      ...{ enrollment: held.id, account: '', uuid: handed.uuid },
      ...{ status: 'done', result: {} },
    })
  await commands.endNow(ctx, held)
  return over({ ...speaker, enrollment: await enrollment.get(ctx, held.id) })
}

/** Notes by which wake it called, and how it can be woken from now on. */
async function reached({ ctx, enrollment: held }: Speaker, said: Said): Promise<void> {
  const known = await push.answered(ctx, held.id, said.woken)
  const { path } = await enrollment.aboutDevice(ctx, held)
  const ways = await tellable(ctx, held, said.channels)
  await push.setReach(ctx, { enrollment: held.id, device: held.device, path }, ways, known)
}

/** The ways it told, without the number of its phone where the charter lets none be known. */
async function tellable(
  ctx: Ctx,
  { device, kind }: enrollment.Enrollment,
  channels: Said['channels'],
): Promise<Said['channels']> {
  if (!channels.sms) return channels
  const collect = await privacy.collectingOf(ctx, await devices.get(ctx, device), kind)
  if (collect('phone-number') !== 'never') return channels
  const { sms: _dropped, ...others } = channels
  return others
}

/** Where it should listen, and in which order. */
async function listening(ctx: Ctx, held: string, said: Said): Promise<Contacted['channels']> {
  const offered = await push.channelsFor(ctx, held, said.channels)
  return {
    ...offered,
    ...(offered.order.includes('wait') ? { wait: { path: '/agent/v1/wait', holdMs: longestHoldMs } } : {}),
  }
}

/** An admin ended it, and the signed order says so; or it enrolled anew, and whoever still speaks with the old identity is a copy. */
async function over({ ctx, enrollment: held }: Speaker): Promise<Answered> {
  if (held.endReason === 'replaced') throw new Problem('device.certificate-retired')
  const orders = await farewell(ctx, { enrollment: held.id, device: held.device })
  return {
    action: 'unenroll',
    serverTime: ctx.now,
    orders,
    seen: { results: [], events: [] },
    need: [],
    next: nextOf(push.usual),
    channels: { order: [] },
    renewBy: 0,
  }
}

/**
 * Notes who called: the first call makes the enrollment active. Another installation with the same key, or one that went back to an earlier count with
 * another start of the device, is a copy. The same installation in the same start never goes back: that is somebody repeating its words.
 */
async function arrived(
  { ctx, enrollment: held, count }: Speaker,
  said: Said,
  standing: store.StandingRow,
): Promise<void> {
  const { instance, boot } = said
  const n = count ?? said.n
  const same = instance === standing.instance
  const again = boot === standing.boot
  if (same && again && n < standing.contacts) throw new Problem('agent.replayed')
  if (!same || (!again && standing.boot !== null && n <= standing.contacts)) {
    if (standing.cloned_at === null) {
      await store.changeStanding(ctx, held.id, { cloned_at: ctx.now })
      const about = await enrollment.aboutDevice(ctx, held)
      await record(ctx, agentEvents.cloned, about, { enrollment: held.id })
    }
  } else if (n !== standing.contacts || boot !== standing.boot) {
    await store.countContact(ctx, held.id, { contacts: n, boot })
  }
  if (held.heardAt === null) await enrollment.heard(ctx, held)
  if (held.state === 'active' || !(await enrollment.activate(ctx, held.id))) return
  await reconcile.recompute(ctx, [held.device])
  await commands.refresh(ctx, await devices.get(ctx, held.device))
}

async function takeItems(ctx: Ctx, held: string, items: Said['items']): Promise<void> {
  const notes = items.map(({ item, version, state, code = 'failed', detail }): reconcile.Note => {
    const error = {
      code: `agent.${/^[a-z-]{1,60}$/.test(code) ? code : 'failed'}`,
      ...(detail === undefined ? {} : { facts: { detail } }),
    }
    if (state === 'applied') return { item, did: 'installed', version, via: 'document' }
    if (state === 'removed') return { item, did: 'gone', ...(item === hours.workTimeKind ? { timely: true } : {}) }
    return state === 'failed' ? { item, did: 'failed', version, error } : { item, did: 'unsupported', version, error }
  })
  await reconcile.noteAll(ctx, { enrollment: held, account: '' }, notes)
}

/** Takes what changed of facts and lists. What does not fit what is known here is asked for whole. */
async function takeFacts(ctx: Ctx, standing: store.StandingRow, said: Said): Promise<('facts' | 'apps')[]> {
  const need: ('facts' | 'apps')[] = []
  // What the chip says is judged here; the device's own word on it counts for nothing.
  const own = Object.entries(said.facts).filter(([key]) => !/^security\.attest/i.test(key))
  const facts = Object.fromEntries(own) as Record<string, devices.JsonValue>
  if (own.length > 0) await devices.learn(ctx, standing.device, 'agent', facts)
  else if (said.factsHash !== standing.facts_hash) need.push('facts')
  if (said.factsHash !== standing.facts_hash && !need.includes('facts'))
    await store.changeStanding(ctx, standing.enrollment, { facts_hash: said.factsHash })
  if (said.lists.apps && !(await takeApps(ctx, standing, said.lists.apps))) need.push('apps')
  else if (!said.lists.apps && standing.apps_hash === '') need.push('apps')
  return need
}

async function takeEvents(ctx: Ctx, held: enrollment.Enrollment, events: Said['events']): Promise<string[]> {
  for (const event of events) {
    if (event.type !== 'document.refused' || !noteworthy(ctx.secrets, `refused ${held.id}`, ctx.now)) continue
    const about = await enrollment.aboutDevice(ctx, held)
    const { code: word } = event.data
    const code = typeof word === 'string' && /^[a-z-]{1,40}$/.test(word) ? word : ''
    await record(ctx, agentEvents.refused, about, { code, at: event.at })
  }
  return events.map(e => e.id)
}
