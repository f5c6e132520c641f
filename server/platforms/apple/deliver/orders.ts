import * as commands from '../../../areas/commands/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import { isDeclared } from '../ddm/give.ts'
import { type On, type Outlook, outlookOf, type Way } from '../ddm/outlook.ts'
import * as store from '../ddm/store.ts'
import { recipientOf } from '../escrow/recipient.ts'
import { tell } from '../ddm/tell.ts'
import { askSeats, bringApp, byCommand, noSeat, notAsked, takeApp } from '../apps/order.ts'
import { honorCode } from './carrier.ts'
import { deliveredUuid, handleOf, readHandle } from './profile.ts'

const installKind = 'item.install'
const removeKind = 'item.remove'

/**
 * Orders the next thing that brings the channel nearer to what it should have, while the device is calling: the word that its declarations have
 * changed, or one profile by command. Answers whether there is a command now that can be handed out. Costs one look where nothing is to be done.
 */
export async function orderNext(ctx: Ctx, on: On): Promise<boolean> {
  if (!(await reconcile.mayHaveWork(ctx, on))) return false
  const statuses = await reconcile.statusOf(ctx, on.enrollment, on.account)
  const steps = reconcile.plan(statuses, ctx.now)
  if (steps.length === 0) return false
  const due = new Set(steps.map(s => s.item))
  if (due.has('encryption')) await recipientOf(ctx)
  const outlook = await readied(ctx, on, due)
  if (needsTelling(outlook, due) && (await tell(ctx, on, true))) return true
  for (const step of steps) if (await order(ctx, on, outlook, step)) return true
  return false
}

/** The outlook once what cannot be said is noted, and what was handed over before in vain is to be taken anew. */
async function readied(ctx: Ctx, on: On, due: ReadonlySet<string>): Promise<Outlook> {
  const held = await askSeats(ctx, on, due)
  const outlook = await outlookOf(ctx, on)
  const refused = [...outlook.ways].flatMap(([item, way]): reconcile.Note[] =>
    way.by === 'none' && due.has(item) ? [noteOf(item, way, held.get(item))] : [],
  )
  await reconcile.noteAll(ctx, on, refused)
  const again = outlook.items.filter(({ status }) => {
    const { item, wanted, sent } = status
    return due.has(item) && wanted !== null && sent === wanted && isDeclared(outlook.ways.get(item)?.by ?? null)
  })
  if (again.length === 0) return outlook
  for (const { status } of again) await store.begun(ctx, on, status.item, status.wanted ?? '')
  return outlookOf(ctx, on)
}

/** Why an item is not handed over: it waits for somebody to ask, for its seat, or the device cannot have it. */
function noteOf(
  item: string,
  { version, code }: Way & { by: 'none' },
  seat: reconcile.ItemError | undefined,
): reconcile.Note {
  if (code === notAsked) return { item, did: 'waiting', version, error: { code } }
  if (code === noSeat) return { item, did: 'blocked', version, error: seat ?? { code: 'app.seat-asked' } }
  return { item, did: 'unsupported', version, error: { code: honorCode(code) } }
}

/** Whether something that goes by declarations is due, either way. */
function needsTelling({ items, ways, declared }: Outlook, due: ReadonlySet<string>): boolean {
  if (!declared) return false
  return items.some(({ status }) => {
    const { item, wanted, via } = status
    return due.has(item) && isDeclared(wanted === null ? via : (ways.get(item)?.by ?? null))
  })
}

async function order(ctx: Ctx, on: On, outlook: Outlook, step: reconcile.Step): Promise<boolean> {
  const { item } = step
  if (step.do === 'remove') {
    const status = outlook.items.find(i => i.status.item === item)?.status
    if (!status || (outlook.declared && isDeclared(status.via))) return false
    if (status.via === byCommand) return takeApp(ctx, on, status)
    // What was never handed over by name cannot be on the device.
    if (status.handle === null) {
      await reconcile.note(ctx, on, item, { did: 'gone' })
      return false
    }
    if (!(await sendRemove(ctx, on, { item, identifier: readHandle(status.handle).identifier }, true))) return false
    await reconcile.note(ctx, on, item, { did: 'sent', version: null })
    return true
  }
  const way = outlook.ways.get(item)
  if (way?.by === byCommand) return bringApp(ctx, on, way)
  if (way?.by !== 'profile' || !(await sendInstall(ctx, on, way, true))) return false
  const { artifact, spec } = way
  await reconcile.note(ctx, on, item, {
    did: 'sent',
    version: spec.version,
    via: 'profile',
    handle: handleOf(artifact, spec.epoch),
  })
  return true
}

/** Queues the command that installs an item as a profile; false when the same one waits already. */
export function sendInstall(
  ctx: Ctx,
  on: On,
  way: Extract<Way, { artifact: unknown }>,
  awake: boolean,
): Promise<boolean> {
  const { artifact, spec } = way
  const { item, version, epoch } = spec
  const args = { item, version, identifier: artifact.identifier, uuid: deliveredUuid(artifact, epoch) }
  return send(ctx, on, { kind: installKind, args, awake })
}

/** Queues the command that takes a profile away; false when the same one waits already. */
export function sendRemove(
  ctx: Ctx,
  on: On,
  of: { item: string; identifier: string },
  awake: boolean,
): Promise<boolean> {
  return send(ctx, on, { kind: removeKind, args: { ...of }, awake })
}

/** Queues a command unless the same one waits already, as on a device that is locked and defers it. */
async function send(
  ctx: Ctx,
  on: On,
  { kind, args, awake }: { kind: string; args: Record<string, string>; awake: boolean },
): Promise<boolean> {
  const account = on.account as Id<'account'> | ''
  if (await commands.waits(ctx, { enrollment: on.enrollment as Id<'enrollment'>, account }, kind, args)) return false
  const server = as(ctx, { org: ctx.org, actor: { kind: 'system', id: null, what: 'delivery' }, authority: everything })
  await commands.send(server, { device: on.device, kind, args, awake, ...(account === '' ? {} : { account }) })
  return true
}
