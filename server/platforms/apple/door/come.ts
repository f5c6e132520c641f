import type { Authenticate } from '@muster/wire/apple/checkin.ts'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { EnrollmentKind } from '../pinned.ts'
import type { Terms } from '../store.ts'
import * as store from './store.ts'

/** How a device comes under management, by the door it came through. */
export interface Come {
  readonly kind: EnrollmentKind
  readonly setup: string | null
  /** Into which unit and for whom it was promised; null where it was not. */
  readonly promised: { unit: Id<'unit'>; user: Id<'user'> | null } | null
}

/**
 * How the device behind this arrival comes, once it is certain that it is the one that proved itself at the door: a profile that was given to one
 * device enrolls no other.
 */
export async function comeThrough(ctx: Ctx, arrival: string, terms: Terms, message: Authenticate): Promise<Come> {
  const byHardware = message.identity.by === 'udid'
  if (terms.account && (terms.account.mode === 'ADDE') !== byHardware) throw new Problem('device.identity-changed')
  const proven = await store.findProven(ctx, arrival)
  const kind = byHardware ? 'device' : 'user-enrollment'
  if (!proven) return { kind, setup: null, promised: null }
  demandSame(proven, message)
  if (proven.door !== 'auto' || proven.setup === null) return { kind, setup: proven.setup, promised: null }
  const entry = proven.serial === null ? null : await roster.expected(ctx, proven.serial)
  if (!entry) throw new Problem('setup.not-expected', { serial: proven.serial ?? '' })
  const setup = await roster.findSetup(ctx, proven.setup)
  return {
    kind: setup?.sharedDevice && /^ipad/i.test(message.productName ?? '') ? 'shared-ipad' : kind,
    setup: proven.setup,
    promised: { unit: entry.unit, user: proven.user ?? entry.user },
  }
}

/** Identifiers are compared where both sides say them: a personal device says none. */
function demandSame(proven: store.Proven, message: Authenticate): void {
  const { udid } = message.identity
  const serial = message.serialNumber?.toUpperCase()
  const differs = (a: string | null | undefined, b: string | null | undefined): boolean =>
    a !== null && a !== undefined && b !== null && b !== undefined && a.toUpperCase() !== b.toUpperCase()
  if (differs(proven.udid, udid) || differs(proven.serial, serial)) throw new Problem('device.identity-changed')
  // What was promised by its serial must say it again.
  if (proven.door === 'auto' && (serial === undefined || udid === undefined))
    throw new Problem('device.identity-changed')
}
