import * as devices from '../../server/areas/devices/index.ts'
import * as enrollment from '../../server/areas/enrollment/index.ts'
import { newId } from '../../server/base/id.ts'
import type { Ctx, Scope } from '../../server/base/ctx.ts'
import type { Base } from '../../server/base/transact.ts'

const pageSize = 50
type Id = devices.Device['id']

/** Enrolled, supervised phones on 26.0 with room and charge; as rows, nothing speaks for them. */
export async function addPhones(
  base: Base,
  { scope, unit, many }: { scope: Scope; unit: devices.Device['unit']; many: number },
): Promise<Id[]> {
  const ids: Id[] = []
  for (let at = 0; at < many; at += pageSize)
    await base.transact(scope, async ctx => {
      for (let n = at; n < Math.min(many, at + pageSize); n += 1) ids.push(await addPhone(ctx, unit))
    })
  return ids
}

async function addPhone(ctx: Ctx, unit: devices.Device['unit']): Promise<Id> {
  const udid = `00008150-${newId('device').slice(-16).toUpperCase()}`
  const identifiers = [{ kind: 'udid', value: udid }]
  const kept = { ownership: 'company', accessRights: 8191 } as const
  const wish = { platform: 'apple', name: null, unit, user: null, uses: 1, expiresInHours: 1, ...kept } as const
  const { invitation } = await enrollment.invite(ctx, wish)
  const arrival = await enrollment.arrive(ctx, invitation)
  const { enrollment: begun } = await enrollment.begin(ctx, {
    platform: 'apple',
    identityKey: udid,
    kind: 'device',
    arrival: arrival.id,
    device: { platform: 'ios', model: 'iPhone18,3', modelName: 'iPhone 17', osVersion: '26.0', identifiers },
  })
  await enrollment.activate(ctx, begun.id)
  const id = begun.device as Id
  await devices.learn(ctx, id, 'bench', {
    'identity.model': 'iPhone18,3',
    'identity.supervised': true,
    'storage.availableBytes': 40e9,
    'battery.level': 0.8,
  })
  return id
}
