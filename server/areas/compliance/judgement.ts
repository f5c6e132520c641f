import type { DeviceApp, JsonValue } from '../devices/index.ts'

/** What a rule can say of a device before grace is counted. */
export const judgements = ['compliant', 'violating', 'unknown', 'not-applicable', 'excepted'] as const

/** Why: a code with a text in four languages, facts for its sentence, and what was found. */
export interface Evidence {
  readonly code: string
  readonly facts: Record<string, string | number | boolean | null>
  /** `blocked`: it is there, and the device keeps people from using it. */
  readonly found?: { id: string; name: string; detail: string; blocked?: boolean }[]
}

/** An answer, and when time alone may change it. */
export interface Judged {
  readonly verdict: (typeof judgements)[number]
  readonly evidence: Evidence | null
  readonly lookAt: number | null
}

/** Lists a device gave; null: it never gave one. */
export interface Lists {
  readonly apps: readonly DeviceApp[] | null
  readonly certificates: readonly JsonValue[] | null
}

/** Versions of one system that the fleet has shown, with when first. */
export type Versions = readonly { readonly key: string; readonly version: string; readonly firstAt: number }[]

/** The rule is kept. */
export const kept: Judged = { verdict: 'compliant', evidence: null, lookAt: null }

/** The rule is not kept. */
export function violated(evidence: Evidence, lookAt: number | null = null): Judged {
  return { verdict: 'violating', evidence, lookAt }
}

/** It cannot be told. */
export function unknown(code: string, facts: Evidence['facts'], lookAt: number | null = null): Judged {
  return { verdict: 'unknown', evidence: { code, facts }, lookAt }
}

/** It cannot be told, because the device never said this. */
export function absent(fact: string): Judged {
  return unknown('not-reported', { fact })
}
