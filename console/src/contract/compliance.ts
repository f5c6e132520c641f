/* What the API says about rules and how devices keep them. */
import type { Actor, UnitRef } from '../contract.ts'

export type RuleKind =
  | 'passcode'
  | 'encryption'
  | 'os-age'
  | 'supervision'
  | 'integrity'
  | 'apps'
  | 'malware'
  | 'certificate'
  | 'silent'
  | 'drift'
  | 'facts'
  | 'setting'
export type Severity = 'low' | 'medium' | 'high' | 'critical'
export type ComplianceState = 'violating' | 'grace' | 'unknown' | 'compliant'
export type VerdictName = ComplianceState | 'excepted'
export type ResponseKind = 'notify-person' | 'notify-admins' | 'message' | 'tag' | 'restrict' | 'ticket' | 'lock'

/** What a violation sets off, so many hours after it began. */
export interface RuleResponse {
  kind: ResponseKind
  afterHours: number
  tag?: string
}

/** Whom a rule is for, below its unit. */
export interface RuleScope {
  ownerships: string[]
  platforms: string[]
  tags: string[]
}

/** Why a verdict is what it is. */
export interface Evidence {
  code: string
  facts: Record<string, string | number | boolean | null>
  found?: { id: string; name: string; detail: string; blocked?: boolean }[]
}

/** A rule with how many devices are where. */
export interface Rule {
  id: string
  name: string
  kind: RuleKind
  params: Record<string, unknown>
  scope: RuleScope
  severity: Severity
  graceHours: number
  responses: RuleResponse[]
  fix: string
  template: string | null
  unit: UnitRef
  counts: Record<VerdictName, number>
  looked: number | null
  by: Actor
  createdAt: number
  changedAt: number
}

/** What a rule would say of the fleet. */
export interface Forecast {
  looked: number
  of: number
  flagged: number
  compliant: number
  unknown: number
  notApplicable: number
  excepted: number
  byUnit: { unit: UnitRef; devices: number }[]
  sample: { id: string; name: string; unit: UnitRef; rule: string; evidence: Evidence | null }[]
}

/** What one rule says of a device. */
export interface RuleVerdict {
  rule: { id: string; name: string; kind: RuleKind; severity: Severity; fix: string; template: string | null }
  verdict: VerdictName
  since: number
  evidence: Evidence | null
  graceUntil: number | null
}

/** How a device stands, and what its verdicts have been. */
export interface DeviceCompliance {
  state: ComplianceState | null
  since: number | null
  judgedAt: number | null
  rules: RuleVerdict[]
  history: { at: number; rule: { id: string; name: string }; verdict: string; evidence: Evidence | null }[]
}

/** Devices by state. */
export type StateCounts = Record<ComplianceState, number>

/** How the fleet stands. */
export interface ComplianceSummary {
  at: number
  states: StateCounts
  byUnit: { unit: UnitRef; states: StateCounts }[]
  byRule: Rule[]
  byPerson: { id: string; name: string; devices: number; violations: number; since: number }[]
  trend: { day: string; states: StateCounts }[]
  exceptions: { granted: number; asked: number; endingSoon: number }
}

/** A device, or a person, that need not keep a rule for a while. */
export interface RuleException {
  id: string
  rule: { id: string; name: string }
  device: { id: string; name: string } | null
  user: { id: string; name: string } | null
  state: 'asked' | 'granted' | 'denied' | 'ended'
  reason: string
  wrong: boolean
  until: number
  asked: { by: Actor; at: number }
  decided: { by: Actor; at: number } | null
  endedAt: number | null
}

/** A rule of the product's own, with the controls it serves. */
export interface Template {
  id: string
  of: 'ios' | 'macos' | 'android'
  title: { en: string; fr: string; sv: string; ja: string }
  kind: RuleKind
  severity: Severity
  company: boolean
  controls: { cis: string[]; iso: string[]; nist: string[] }
  rules: { id: string; name: string }[]
}

/** An app of the inventory. */
export interface KnownApp {
  app: string
  name: string
  devices: number
}
