import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import * as commands from '../commands/index.ts'
import type * as devices from '../devices/index.ts'
import { rolesHolding } from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'

/** What people care about being done to a device of theirs. Everything else an admin can send is counted in `configure`. */
const cared = [
  'lock',
  'clear-passcode',
  'lost-mode.enable',
  'location.query',
  'restart',
  'shutdown',
  'profile.install',
  'enrollment.leave',
  'wipe',
] as const

/** The charter speaks of some orders under names of its own. */
const charterNames: Readonly<Record<string, string>> = { 'enrollment.leave': 'enrollment.end' }

/** Who can order what of a device: from the rights of admins, the charter, and what the device itself can do. */
export interface OrderStanding {
  order: (typeof cared)[number]
  /** 'never': the server refuses it here, whoever asks. */
  rule: privacy.Commanding
  /** The device could carry it out as it is managed now. */
  able: boolean
  /** Roles that may order it here, and how many people hold them. */
  roles: { role: string; people: number }[]
}

/** What can be ordered of the device, by whom. What its system does not know is left out, except erasing, which everyone wants to hear of. */
export async function ordersOf(ctx: Ctx, device: devices.Device, mode: string | null): Promise<OrderStanding[]> {
  const server = as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })
  const actions = new Map((await commands.actionsFor(server, device)).map(a => [a.kind, a]))
  const place = { ownership: device.ownership, mode, unitPath: device.unitPath }
  const commanding = await privacy.commanding(ctx, place)
  const standing: OrderStanding[] = []
  for (const order of cared) {
    const kind = commands.meaningOf(order)
    const action = actions.get(order)
    // How management ends is no order among others, and possible wherever there is management.
    const always = order === 'wipe' || (order === 'enrollment.leave' && mode !== null)
    if (!kind || (!action && !always)) continue
    const refused = action?.reason === 'command.personal-device' || action?.reason === 'command.user-enrollment'
    const rule = refused ? 'never' : commanding(charterNames[order] ?? order)
    const roles = rule === 'never' ? [] : await rolesHolding(ctx, kind.permission, device.unitPath)
    const able = action ? action.allowed : order === 'enrollment.leave'
    standing.push({ order, rule, able: able && rule !== 'never', roles })
  }
  return standing
}
