import type { Ctx } from '../../base/ctx.ts'
import type { About } from '../../base/events.ts'
import { rootUnit } from '../identity/index.ts'

/** What events of the guard itself are about: the org, seen by those who look at its top unit. */
export async function aboutOrg(ctx: Ctx): Promise<About> {
  return { kind: 'org', id: ctx.org, path: (await rootUnit(ctx)).path }
}
