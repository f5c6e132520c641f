import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { namesOf } from '../identity/index.ts'
import * as incidents from '../incidents/index.ts'
import type { Decision } from './decisions.ts'
import * as store from './home-store.ts'

/** So many lost devices are named one by one; of more, the list behind their link tells. */
const mostNamed = 3

/** Lost devices: while they are few each with its unit, its owner and its incident. */
export async function aboutLost(ctx: Ctx): Promise<Decision[]> {
  const code = 'devices-lost'
  const tone = 'danger'
  const lost = await store.lostDevices(ctx, mostNamed + 1)
  if (lost.length > mostNamed) {
    const { count, since } = await store.inStateBefore(ctx, 'lost', ctx.now + 1)
    const link = `/devices?filter=${encodeURIComponent('state:lost')}`
    return [{ code, tone, since, facts: { count }, link, due: null }]
  }
  const names = await namesOf(
    ctx,
    lost.map(one => one.unit),
  )
  const named: Decision[] = []
  for (const { id, name, unit, unit_path, user_name, state_at } of lost) {
    const incident = may(ctx.authority, 'incidents:read', unit_path) ? await incidents.openFor(ctx, id) : null
    const facts = { count: 1, named: 'yes', name, unit: names.get(unit) ?? null, owner: user_name }
    const link = incident ? `/incidents/${incident.id}` : `/devices/${id}`
    named.push({ code, tone, since: Number(state_at), facts, link, due: null })
  }
  return named
}
