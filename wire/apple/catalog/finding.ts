import type { Artifact } from './catalog.ts'

/** What is wrong with a value, or worth knowing. `error`: it must not be sent. `path` is a JSON pointer. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note'
  readonly code: FindingCode
  readonly path: string
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
}

/** Everything that can be found. */
export const findingCodes = [
  'type',
  'missing',
  'unknown-key',
  'not-allowed',
  'too-small',
  'too-large',
  'too-few',
  'too-many',
  'format',
  'bad-data',
  'bad-date',
  'bad-form',
  'form-misplaced',
  'exclusive',
  'one-of',
  'unknown-case',
  'secret-in-clear',
  'unverified',
  'too-deep',
  'too-big',
] as const
export type FindingCode = (typeof findingCodes)[number]

/** Bounds of a value: what is beyond is not looked at, and is an error. */
export const bounds = { depth: 24, nodes: 20_000, text: 1_000_000, data: 16_000_000, findings: 200 }

/** The state of one walk over a value. */
export interface Walk {
  readonly artifact: Artifact
  readonly findings: Finding[]
  /** Outbound: what a form stands for is known later. Inbound: devices send plain values. */
  readonly strict: boolean
  nodes: number
}

/** Adds a finding, up to the most there may be. */
export function note(
  walk: Walk,
  severity: Finding['severity'],
  code: FindingCode,
  path: string,
  facts?: Finding['facts'],
): undefined {
  if (walk.findings.length >= bounds.findings) return
  walk.findings.push(facts ? { severity, code, path, facts } : { severity, code, path })
}
