import type { JsonValue } from '../devices/index.ts'
import { settled, type Standing } from '../reconcile/index.ts'
import { type Judged, kept, unknown, violated } from './judgement.ts'
import type { Demand } from './rule.ts'

type Of<K extends Demand['kind']> = Extract<Demand, { kind: K }>['params']

const hourMs = 3_600_000
/** What is on its way is looked at again after so long, for the case that nothing tells of it. */
const pendingLookMs = 10 * 60_000
const mostShown = 20

/** Items that failed, went missing or are not there, for longer than so many hours. */
export function judgeDrift({ hours, policies }: Of<'drift'>, items: readonly Standing[] | null, now: number): Judged {
  if (items === null) return unknown('not-managed', {})
  const wrong = items
    .filter(i => policies.length === 0 || policies.includes(i.policy))
    .flatMap(i => {
      const since = wrongSince(i)
      return since === null ? [] : [{ ...i, due: since + hours * hourMs }]
    })
  const over = wrong.filter(i => i.due <= now)
  const next = wrong.filter(i => i.due > now).reduce<number | null>((at, i) => Math.min(i.due, at ?? i.due), null)
  if (over.length === 0) return { ...kept, lookAt: next }
  const found = over.slice(0, mostShown).map(i => ({ id: i.item, name: i.item, detail: i.state }))
  return violated({ code: 'drift', facts: { count: over.length, hours }, found }, next)
}

/** Since when an item is not as it should be; null when it is, or never can be on this device. */
function wrongSince(item: Standing): number | null {
  if (item.driftedAt !== null) return item.driftedAt
  return settled(item.state) ? null : item.changedAt
}

/** That some policy says so, and that the device has it. */
export function judgeSetting({ any }: Of<'setting'>, items: readonly Standing[] | null, now: number): Judged {
  if (items === null) return unknown('not-managed', {})
  const first = any[0]
  if (!first) return kept
  let differing: { test: (typeof any)[number]; value: JsonValue } | null = null
  let pending = false
  for (const test of any)
    for (const item of items) {
      if (item.kind !== test.policyKind || item.value === null) continue
      const value = test.key === null ? true : at(item.value as JsonValue, test.key)
      if (value === undefined) continue
      if (test.key !== null && !holds(value, test)) differing ??= { test, value }
      else if (item.state === 'installed') return kept
      else if (item.state === 'failed' || item.state === 'blocked' || item.state === 'unsupported')
        return violated({
          code: 'setting-failed',
          facts: { policyKind: test.policyKind, key: test.key, state: item.state },
        })
      else pending = true
    }
  if (pending) return unknown('pending', { policyKind: first.policyKind, key: first.key }, now + pendingLookMs)
  const { policyKind, key, test, value } = differing?.test ?? first
  const facts = { policyKind, key, test, wanted: value }
  if (!differing) return violated({ code: 'setting-absent', facts })
  const is = typeof differing.value === 'object' ? null : differing.value
  return violated({ code: 'setting-differs', facts: { ...facts, value: is } })
}

function at(value: JsonValue, key: string): JsonValue | undefined {
  let inner: JsonValue | undefined = value
  for (const part of key.split('/')) {
    if (inner === null || inner === undefined || typeof inner !== 'object' || Array.isArray(inner)) return undefined
    inner = inner[part]
  }
  return inner
}

function holds(value: JsonValue, { test, value: wanted }: Of<'setting'>['any'][number]): boolean {
  switch (test) {
    case 'is':
      return value === wanted || (Array.isArray(value) && value.includes(wanted))
    case 'atLeast':
      return typeof value === 'number' && value >= Number(wanted)
    case 'atMost':
      return typeof value === 'number' && value <= Number(wanted)
  }
}
