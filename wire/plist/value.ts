import { Malformed } from '../malformed.ts'

/** A floating-point number that stays one: written as `<real>` even when integral. */
export class Real {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** A keyed-archiver reference; only the binary form can carry it. */
export class Uid {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** Anything a property list can say. */
export type Plist = string | number | bigint | boolean | Date | Uint8Array | Real | Uid | Plist[] | Dict

/** A dictionary; its keys are always own properties, also `__proto__`. */
export type Dict = { [key: string]: Plist }

/** Bounds that keep a hostile document cheap; `exact`, which keeps reals as `Real`; and `nul`, without which U+0000, which only the binary form can carry, is dropped. */
export interface Limits {
  maxBytes?: number
  maxDepth?: number
  maxNodes?: number
  exact?: boolean
  nul?: boolean
}

/** The limits when the caller names none. */
export const DEFAULT_LIMITS: Required<Limits> = {
  maxBytes: 32 * 1024 * 1024,
  maxDepth: 64,
  maxNodes: 200_000,
  exact: false,
  nul: true,
}

const INT_MIN = -(2n ** 63n)
const INT_MAX = 2n ** 64n - 1n

/** The integer as number when exact, else as bigint; refuses what 64 bits, signed or not, cannot hold. */
export function integer(value: bigint): number | bigint {
  if (value < INT_MIN || value > INT_MAX) throw new Malformed('plist.integer', 'beyond 64 bits')
  const short = Number(value)
  return Number.isSafeInteger(short) ? short : value
}

/** Sets an own property, also where plain assignment would reach the prototype. */
export function put(target: Dict, key: string, value: Plist): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  } else {
    target[key] = value
  }
}

/** Whether the value is a dictionary rather than one of the leaf objects. */
export function isDict(value: unknown): value is Dict {
  if (typeof value !== 'object' || value === null) return false
  return !(
    Array.isArray(value) ||
    value instanceof Date ||
    value instanceof Uint8Array ||
    value instanceof Real ||
    value instanceof Uid
  )
}

/** The instant of a civil UTC time; refuses impossible days and what `Date` cannot hold. */
export function instant(year: number, month: number, day: number, seconds: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const possible = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  date.setTime(date.getTime() + seconds * 1000)
  if (!possible || Number.isNaN(date.getTime())) throw new Malformed('plist.date')
  return date
}
