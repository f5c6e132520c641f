import * as guard from '../../server/areas/guard/index.ts'
import * as identity from '../../server/areas/identity/index.ts'
import { everything } from '../../server/base/authority.ts'
import { readConfig } from '../../server/base/config.ts'
import { silentLog } from '../../server/base/log.ts'
import { openBase } from '../../server/main.ts'

/** A lock interrupts people: this is the most of them in a quarter of an hour that the guard can be told to let through. */
export const widest = { least: 1000, percent: 25 }

/** How many devices of so many can be locked in a quarter of an hour. */
export function mostLocks(fleet: number): number {
  return Math.max(widest.least, Math.floor((fleet * widest.percent) / 100))
}

/** Sets the guard's limit to its widest, by the right of whoever may read the key file, while no server runs: the API would announce it for a day. */
export async function loosen(environment: Record<string, string>): Promise<void> {
  const base = await openBase(readConfig(environment), { log: silentLog })
  const [org] = await identity.orgs(base)
  if (!org) throw new Error('there is no org')
  const scope = { org, actor: { kind: 'system', id: null, what: 'local' }, authority: everything } as const
  await base.transact(scope, ctx => guard.carryOutLimits(ctx, { ...guard.defaultLimits, disruptivePerQuarter: widest }))
  await base.engine.close()
}
