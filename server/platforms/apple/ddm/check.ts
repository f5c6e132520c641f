import { namesIn, parsePredicate, PredicateFault } from '@muster/wire/apple/predicate.ts'
import type { Finding, Json } from '../../../areas/policies/index.ts'

/**
 * What is wrong with the payload of an activation before anyone may save it; pure. A device that meets a predicate it cannot read may stop
 * applying anything, so an error here keeps it from being saved; a status item nobody has heard of may be one that is new.
 */
export function checkActivation(payload: Json, isStatusItem: (name: string) => boolean): Finding[] {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) return []
  const { Predicate: predicate, StandardConfigurations: configurations } = payload as { readonly [key: string]: Json }
  const findings: Finding[] = []
  if (!Array.isArray(configurations) || configurations.length === 0)
    findings.push({ severity: 'error', code: 'activation.empty', path: '/StandardConfigurations' })
  if (predicate === undefined) return findings
  const path = '/Predicate'
  if (typeof predicate !== 'string') return [...findings, { severity: 'error', code: 'predicate.text', path }]
  try {
    const { status } = namesIn(parsePredicate(predicate))
    for (const name of status.filter(n => !isStatusItem(n)))
      findings.push({ severity: 'warning', code: 'predicate.status-unknown', path, facts: { name } })
  } catch (error) {
    if (!(error instanceof PredicateFault)) throw error
    findings.push({ severity: 'error', code: 'predicate.invalid', path, facts: { at: error.at, reason: error.code } })
  }
  return findings
}
