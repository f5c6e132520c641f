import { explain } from '@muster/wire/apple/errors.ts'
import { type Garbled, type Report, type Result, toJson } from '@muster/wire/apple/result.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as privacy from '../../areas/privacy/index.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { everything } from '../../base/authority.ts'
import { orderNext } from './deliver/orders.ts'
import { stripAnswer } from './keeping.ts'
import type { Pinned } from './pinned.ts'
import { heardInSetup } from './setup/tend.ts'

/**
 * Takes what a device reports on the command channel and answers its next command, or null when there is none: then the connection ends.
 * (Apple: Sending MDM commands to a device.) The caller has proved who speaks and says that it called.
 */
export async function report(ctx: Ctx, pinned: Pinned, said: Report): Promise<Uint8Array | null> {
  const own = ofDevice(ctx, pinned)
  const { enrollment, account } = pinned
  if (!said.read) {
    const keeping = await keepingOf(own, pinned)
    await commands.answered(own, { enrollment, account, ...garbled(said, keeping) })
    return handOut(own, pinned, 'answer')
  }
  if (said.status === 'Idle') return handOut(own, pinned, 'contact')
  const keeping = said.status === 'NotNow' ? null : await keepingOf(own, pinned)
  await commands.answered(own, { enrollment, account, ...answerOf(said, keeping) })
  return handOut(own, pinned, said.status === 'NotNow' ? 'deferral' : 'answer')
}

/** What a device that has just enrolled is asked first: its inventory. */
export async function welcome(ctx: Ctx, pinned: Pinned): Promise<void> {
  const own = asServer(ctx)
  await commands.refresh(own, await devices.get(own, pinned.device))
}

/** The next command that waits; with none, the next step towards what the channel should have. */
async function handOut(ctx: Ctx, pinned: Pinned, after: 'contact' | 'answer' | 'deferral'): Promise<Uint8Array | null> {
  const channel = { enrollment: pinned.enrollment, account: pinned.account, after }
  let next = await commands.next(ctx, channel)
  if (next === null && after !== 'deferral' && !pinned.leaving && (await orderNext(ctx, pinned)))
    next = await commands.next(ctx, channel)
  // It has nothing left to do: the moment to see whether it may leave its assistant.
  if (next === null && after !== 'deferral' && pinned.settingUp && pinned.account === '') {
    await heardInSetup(ctx, pinned.enrollment)
    next = await commands.next(ctx, channel)
  }
  return next === null ? null : next.kind.encode(next.args, next.uuid)
}

type Answer = Omit<Parameters<typeof commands.answered>[1], 'enrollment' | 'account'>

/** What of the answers of this device may be kept. */
interface Keeping {
  readonly may: devices.May
  /** It is somebody's own: no free text of it is kept either. */
  readonly personal: boolean
}

async function keepingOf(ctx: Ctx, { device: id, kind }: Pinned): Promise<Keeping> {
  const device = await devices.get(ctx, id)
  const personal = privacy.ownedAs({ ownership: device.ownership, mode: kind }) === 'personal'
  return { may: await devices.mayStore(ctx, device, kind), personal }
}

function answerOf(said: Result, keeping: Keeping | null): Answer {
  const { uuid, status, body, errors } = said
  switch (status) {
    case 'Acknowledged':
      return { uuid, status: 'done', result: body, shown: shown(said, keeping) }
    case 'NotNow':
      return { uuid, status: 'deferred' }
    default: {
      const [first] = errors
      const error = {
        code: first?.code ?? null,
        domain: keeping?.personal && !/^[A-Za-z.]{1,60}$/.test(first?.domain ?? '') ? null : (first?.domain ?? null),
        message: keeping?.personal ? null : (first?.message ?? null),
        explained: explain(status === 'CommandFormatError' ? status : 'Error', errors),
      }
      return { uuid, status: 'failed', error, result: body, shown: shown(said, keeping) }
    }
  }
}

/**
 * An answer that cannot be read still ends the command it is about, or the one under way, because the device will not say it better.
 * Its bytes may hold anything, so they are only kept where anything may be.
 */
function garbled(said: Garbled, { may, personal }: Keeping): Answer {
  const status = said.status === 'Acknowledged' ? 'done' : 'failed'
  const error = { code: null, domain: null, message: said.why, explained: 'result.undecodable' }
  const anything = !personal && may('usage') && may('apps') && may('phone-number')
  return { uuid: said.uuid, status, error, undecodable: anything ? said.bytes : new Uint8Array() }
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
function shown({ body }: Result, keeping: Keeping | null): devices.JsonValue {
  const said = Object.entries(body).filter(([key]) => !envelope.has(key))
  if (said.length === 0 || !keeping) return null
  return stripAnswer('', toJson(Object.fromEntries(said)), keeping.may)
}

function ofDevice(ctx: Ctx, { device }: Pinned): Ctx {
  return as(ctx, { org: ctx.org, actor: { kind: 'device', id: device }, authority: everything })
}

function asServer(ctx: Ctx): Ctx {
  const actor = { kind: 'system', id: null, what: 'inventory.welcome' } as const
  return as(ctx, { org: ctx.org, actor, authority: everything })
}
