import type { Subject } from '../../../areas/commands/index.ts'
import type * as devices from '../../../areas/devices/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { ProblemCode } from '../../../base/problem.ts'
import { meets, mobile, type Terms } from '../commands/eligibility.ts'
import { findStanding } from '../store.ts'
import { wifiOf } from './choices.ts'
import { setupsWithWifi } from './choices-store.ts'

/** Coming back by itself asks more than being erased does. */
const terms: Terms = { on: mobile('17.0', true), company: true }

/**
 * What stands against that a device that is erased by order comes back by itself; null when it can (Apple: EraseDevice, ReturnToService). It finds its
 * way by the promise of its vendor alone, and where its person must sign in first nobody would be there to do so.
 */
export async function againstReturning(
  ctx: Ctx,
  subject: Pick<Subject, 'device' | 'enrollment'>,
): Promise<ProblemCode | null> {
  const met = meets(terms, { ...subject, account: '', facts: {} })
  if (met !== true) return met
  const setup = await setupOf(ctx, subject.enrollment.id)
  if (!setup) return 'wipe.return-unpromised'
  return setup.signIn === 'web' ? 'wipe.return-sign-in' : null
}

/** Whether a device could come back by itself, by which setup, and which networks it can be given for that. */
export interface Returning {
  against: ProblemCode | null
  setup: { id: string; name: string } | null
  /** Its setup has a network for that. */
  network: boolean
  /** Setups whose network it may be given instead. */
  networks: { id: string; name: string }[]
}

/** The same for a person who looks at the device. */
export async function returningOf(ctx: Ctx, device: devices.Device): Promise<Returning> {
  const enrolled = await enrollment.byDevice(ctx, device.id)
  const none = { setup: null, network: false, networks: [] }
  if (enrolled?.state !== 'active') return { against: 'command.not-enrolled', ...none }
  const against = await againstReturning(ctx, { device, enrollment: enrolled })
  const setup = await setupOf(ctx, enrolled.id)
  if (against !== null) return { against, ...none, setup: setup ? { id: setup.id, name: setup.name } : null }
  const having = new Set(await setupsWithWifi(ctx))
  const networks = (await roster.setups(ctx)).filter(s => having.has(s.id)).map(({ id, name }) => ({ id, name }))
  return {
    against,
    setup: setup ? { id: setup.id, name: setup.name } : null,
    network: setup !== undefined && having.has(setup.id),
    networks,
  }
}

/** The network that a device joins to come back: that of the setup that is named, else that of its own. */
export async function networkFor(ctx: Ctx, held: string, named: string | undefined): Promise<Uint8Array | null> {
  if (named !== undefined) return wifiOf(ctx, (await roster.setupFor(ctx, named, 'roster:read')).id)
  const setup = (await findStanding(ctx, held))?.setup ?? null
  return setup === null ? null : wifiOf(ctx, setup)
}

async function setupOf(ctx: Ctx, held: string): Promise<roster.Setup | undefined> {
  const setup = (await findStanding(ctx, held))?.setup ?? null
  return setup === null ? undefined : roster.findSetup(ctx, setup)
}
