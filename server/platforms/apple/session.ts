import { explain } from '@muster/wire/apple/errors.ts'
import { type Garbled, type Report, type Result, toJson } from '@muster/wire/apple/result.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { everything } from '../../base/authority.ts'
import { orderNext } from './deliver/orders.ts'
import type { Pinned } from './pinned.ts'
import * as store from './store.ts'

/**
 * Takes what a device reports on the command channel and answers its next command, or null when there is none: then the connection ends.
 * (Apple: Sending MDM commands to a device.) The caller has proved who speaks and says that it called.
 */
export async function report(ctx: Ctx, pinned: Pinned, said: Report): Promise<Uint8Array | null> {
  const own = ofDevice(ctx, pinned)
  const { enrollment, account } = pinned
  if (!said.read) {
    await commands.answered(own, { enrollment, account, ...garbled(said) })
    return handOut(own, pinned, 'answer')
  }
  if (said.status === 'Idle') return handOut(own, pinned, 'contact')
  await commands.answered(own, { enrollment, account, ...answerOf(said) })
  return handOut(own, pinned, said.status === 'NotNow' ? 'deferral' : 'answer')
}

/** What a device that has just enrolled is asked and told first: its inventory, and to go on when its Setup Assistant waits for us. */
export async function welcome(ctx: Ctx, pinned: Pinned): Promise<void> {
  const own = asServer(ctx)
  await commands.refresh(own, await devices.get(own, pinned.device))
  if ((await store.findStanding(own, pinned.enrollment))?.awaitingConfiguration)
    await commands.send(own, { device: pinned.device, kind: 'setup.release' })
}

/** The next command that waits; with none, the next step towards what the channel should have. */
async function handOut(ctx: Ctx, pinned: Pinned, after: 'contact' | 'answer' | 'deferral'): Promise<Uint8Array | null> {
  const channel = { enrollment: pinned.enrollment, account: pinned.account, after }
  let next = await commands.next(ctx, channel)
  if (next === null && after !== 'deferral' && !pinned.leaving && (await orderNext(ctx, pinned)))
    next = await commands.next(ctx, channel)
  return next === null ? null : next.kind.encode(next.args, next.uuid)
}

type Answer = Omit<Parameters<typeof commands.answered>[1], 'enrollment' | 'account'>

function answerOf(said: Result): Answer {
  const { uuid, status, body, errors } = said
  switch (status) {
    case 'Acknowledged':
      return { uuid, status: 'done', result: body, shown: shown(said) }
    case 'NotNow':
      return { uuid, status: 'deferred' }
    default: {
      const [first] = errors
      const error = {
        code: first?.code ?? null,
        domain: first?.domain ?? null,
        message: first?.message ?? null,
        explained: explain(status === 'CommandFormatError' ? status : 'Error', errors),
      }
      return { uuid, status: 'failed', error, result: body, shown: shown(said) }
    }
  }
}

/** An answer that cannot be read still ends the command it is about, or the one under way, because the device will not say it better. */
function garbled(said: Garbled): Answer {
  const status = said.status === 'Acknowledged' ? 'done' : 'failed'
  const error = { code: null, domain: null, message: said.why, explained: 'result.undecodable' }
  return { uuid: said.uuid, status, error, undecodable: said.bytes }
}

const envelope = new Set([
  'UDID',
  'EnrollmentID',
  'EnrollmentUserID',
  'UserID',
  'UserShortName',
  'UserLongName',
  'Status',
  'CommandUUID',
  'RequestType',
  'NotOnConsole',
])

/** What the answer says beyond the envelope, to be kept with the command. */
function shown({ body }: Result): devices.JsonValue {
  const said = Object.entries(body).filter(([key]) => !envelope.has(key))
  return said.length === 0 ? null : toJson(Object.fromEntries(said))
}

function ofDevice(ctx: Ctx, { device }: Pinned): Ctx {
  return as(ctx, { org: ctx.org, actor: { kind: 'device', id: device }, authority: everything })
}

function asServer(ctx: Ctx): Ctx {
  const actor = { kind: 'system', id: null, what: 'inventory.welcome' } as const
  return as(ctx, { org: ctx.org, actor, authority: everything })
}
