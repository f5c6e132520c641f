import { checkExpectation, type Effective, type Failure, isMeant, type Target } from '../blueprints/index.ts'
import type { TestCase } from './test-case.ts'

/** How one test came out over the devices that were looked at. */
export interface Tried {
  readonly id: string
  readonly name: string
  /** Devices it speaks about. */
  readonly devices: number
  readonly failing: number
  /** Of those, how many were as they should be before: only these speak against a change. */
  readonly newly: number
  readonly failures: readonly { device: string; failure: Failure }[]
}

/** Failing devices that are named of each test; those that fail newly first. */
const shown = 20

interface Running {
  of: TestCase
  devices: number
  failing: number
  newly: number
  failures: { device: string; failure: Failure; newly: boolean }[]
}

/** Tries tests on many devices; what devices with one result come to is asked once. */
export function openTrying(cases: readonly TestCase[]): {
  /** Tries a device, as it is and as it will be; answers its id when it is to be named. */
  add(seen: { was: Target; target: Target; old: Effective; now: Effective }): string[]
  finish(): Tried[]
} {
  const running: Running[] = cases.map(of => ({ of, devices: 0, failing: 0, newly: 0, failures: [] }))
  const known = new WeakMap<Effective, Map<string, true | Failure>>()
  const ask = ({ id, expect }: TestCase, effective: Effective): true | Failure => {
    const by = known.get(effective) ?? new Map<string, true | Failure>()
    known.set(effective, by)
    const answer = by.get(id) ?? checkExpectation(expect, effective)
    by.set(id, answer)
    return answer
  }
  return {
    add: ({ was, target, old, now }) => {
      const named: string[] = []
      for (const one of running) {
        if (!isMeant(one.of, target)) continue
        one.devices += 1
        const failure = ask(one.of, now)
        if (failure === true) continue
        const newly = !isMeant(one.of, was) || ask(one.of, old) === true
        one.failing += 1
        if (newly) one.newly += 1
        if (keep(one, { device: target.id, failure, newly })) named.push(target.id)
      }
      return named
    },
    finish: () =>
      running.map(({ of: { id, name }, devices, failing, newly, failures }) => ({
        id,
        name,
        devices,
        failing,
        newly,
        failures: failures.map(({ device, failure }) => ({ device, failure })),
      })),
  }
}

function keep(one: Running, failed: Running['failures'][number]): boolean {
  if (one.failures.length < shown) return one.failures.push(failed) > 0
  const old = failed.newly ? one.failures.findIndex(f => !f.newly) : -1
  if (old < 0) return false
  one.failures[old] = failed
  return true
}
