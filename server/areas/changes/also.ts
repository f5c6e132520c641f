import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import { groupFor, groupsOf, usersWith } from '../identity/index.ts'
import { may } from './plan.ts'
import type { Shift } from './row.ts'

const id = z.string().max(40)
const people = z.array(id).max(1000).default([])

/** What else can be decided about people and devices and be looked at before: tags and ownership of devices, who is in a group, and who leaves. */
export const alsoShape = {
  /** Devices with the tags they would have by hand, and whose they would be. */
  devices: z
    .array(
      z.strictObject({
        device: id,
        tags: z.array(z.string().trim().min(1).max(60)).max(50).optional(),
        ownership: z.enum(devices.ownerships).optional(),
      }),
    )
    .max(200)
    .default([]),
  /** Who would come into a group, and who would leave it. */
  members: z
    .array(z.strictObject({ group: id, add: people, remove: people }))
    .max(5)
    .default([]),
  /** People who would be removed: their devices would belong to nobody. */
  leaving: z.array(id).max(200).default([]),
}
const wish = z.object(alsoShape)

/** What this does to people and devices; refused as the writes themselves would be. */
export async function planAlso(ctx: Ctx, also: z.output<typeof wish>): Promise<Shift[]> {
  return [...(await deviceShifts(ctx, also.devices)), ...(await personShifts(ctx, also))]
}

async function deviceShifts(ctx: Ctx, wishes: z.output<typeof wish>['devices']): Promise<Shift[]> {
  const found = await devices.devicesAmong(ctx, { ids: wishes.map(w => w.device) })
  const byId = new Map(found.map(d => [String(d.id), d]))
  const shifts: Shift[] = []
  for (const { device: one, tags, ownership } of wishes) {
    const device = byId.get(one)
    if (!device) throw new Problem('id.unknown')
    may(ctx, 'devices:write', device.unitPath, 'devices:read')
    shifts.push({
      device: {
        id: device.id,
        ...(tags ? { tags: await devices.tagShiftOf(ctx, device.id, tags) } : {}),
        ...(ownership ? { ownership } : {}),
      },
    })
  }
  return shifts
}

async function personShifts(
  ctx: Ctx,
  { members, leaving }: Pick<z.output<typeof wish>, 'members' | 'leaving'>,
): Promise<Shift[]> {
  for (const { group } of members) {
    const { unitPath } = await groupFor(ctx, group, 'users:write')
    may(ctx, 'users:write', unitPath, 'users:read')
  }
  const named = [...new Set([...members.flatMap(m => [...m.add, ...m.remove]), ...leaving])]
  const found = await usersWith(ctx, named)
  const held = await groupsOf(ctx, named)
  return named.map((user): Shift => {
    const person = found.get(user)
    if (!person) throw new Problem('id.unknown', { user })
    may(ctx, 'users:write', person.unitPath, 'users:read')
    const stays = { id: user, from: person.unitPath, to: person.unitPath }
    if (leaving.includes(user)) return { user: { ...stays, gone: true } }
    const groups = new Set(held.get(user))
    for (const { group, add, remove } of members) {
      if (add.includes(user)) groups.add(group)
      else if (remove.includes(user)) groups.delete(group)
    }
    return { user: { ...stays, groups: [...groups] } }
  })
}
