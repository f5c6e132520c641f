import * as enrollment from '../../../areas/enrollment/index.ts'
import { everything } from '../../../base/authority.ts'
import { type About, record } from '../../../base/events.ts'
import type { Id } from '../../../base/id.ts'
import { pace } from '../../../base/pace.ts'
import { Problem } from '../../../base/problem.ts'
import type { Call } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'

/** Who was at the door, as far as it got. */
export interface AtDoor {
  org: Id<'org'> | null
  about: About | null
  serial: string | null
}

/** Nobody may fill the log by being refused. */
const paces = new WeakMap<object, ReturnType<typeof pace>>()

/** Does what is asked at a door; a refusal is recorded in the log of the org whose door it was, then refused. */
export async function atDoor<T>(base: Base, call: Call, work: (who: AtDoor) => Promise<T>): Promise<T> {
  const who: AtDoor = { org: null, about: null, serial: null }
  try {
    return await work(who)
  } catch (error) {
    if (error instanceof Problem && error.status < 500) await tellRefused(base, call, who, error)
    throw error
  }
}

async function tellRefused(base: Base, call: Call, { org, about, serial }: AtDoor, problem: Problem): Promise<void> {
  if (org === null) return
  const known = paces.get(base.secrets) ?? pace({ burst: 30, perSecond: 0.2 })
  paces.set(base.secrets, known)
  if (known.take(`${org} ${call.address}`, base.clock.monotonic()) > 0) return
  const actor = { kind: 'system', id: null, what: 'enrollment door' } as const
  const scope = { org, actor, authority: everything, request: call.request }
  try {
    await base.transact(scope, ctx =>
      record(ctx, enrollment.enrollmentEvents.refused, about, {
        code: problem.code,
        enrollment: null,
        claimed: serial !== null && /^[0-9A-Z:-]{1,128}$/.test(serial) ? serial : null,
        message: null,
        fingerprint: null,
        address: call.address,
      }),
    )
  } catch (error) {
    base.log.warn({ error: String(error), code: problem.code }, 'a refusal could not be recorded')
  }
}
