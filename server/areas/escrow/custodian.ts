import type { Ctx } from '../../base/ctx.ts'
import type { ProblemCode } from '../../base/problem.ts'
import type * as devices from '../devices/index.ts'

/** Why a secret is to be replaced, fetched for the first time, or told again (`told`). */
export type Why = 'viewed' | 'old' | 'told' | 'demanded' | 'asked'

/** What came of ordering a device to replace a secret: it was ordered, an order waits already, or what stands against it. */
export type Ordered = 'ordered' | 'waits' | ProblemCode

/** What the custodian is told of a device when it says whether it should have a secret. */
export interface Regarded {
  readonly device: devices.Device
  readonly facts: Readonly<Record<string, devices.JsonValue>>
  /** When the current one was kept; null when there is none. */
  readonly keptAt: number | null
  /** When the device last told or proved that it has it. */
  readonly toldAt: number | null
  readonly now: number
}

/** One kind of secret on one platform: who may have it, and how it is replaced. A platform offers it. */
export interface Custodian {
  readonly kind: string
  readonly platforms: readonly devices.Platform[]
  /** People may read it; what only the server uses is listed and never shown. */
  readonly shown: boolean
  /** It is demanded of devices where no rule says otherwise. */
  readonly always?: boolean
  /** A rule may demand it and say how old it may become. */
  readonly demandable: boolean
  /** It goes with what an erase takes away. */
  readonly erased: boolean
  /** Whether this device can have one. Pure. */
  suits(of: Regarded): boolean
  /** Whether it should be fetched anew for a reason of its own. Pure. */
  stale?(of: Regarded): boolean
  /** Has the device replace it, or tell it; in the name of the server. Absent where it cannot. */
  renew?(ctx: Ctx, device: devices.Device, why: Why): Promise<Ordered>
}

const offered = new Map<string, Custodian>()

/** Makes the kinds of secrets of a platform known; called by main before the server starts. */
export function offer(custodians: readonly Custodian[]): void {
  for (const custodian of custodians) offered.set(custodian.kind, custodian)
}

/** Who knows this kind of secret. */
export function custodianOf(kind: string): Custodian | undefined {
  return offered.get(kind)
}

/** Everyone, in the order in which secrets are listed. */
export function custodians(): readonly Custodian[] {
  return [...offered.values()]
}
