import type { Finding } from './validate.ts'

/** How many apps one policy may speak of. */
export const mostApplications = 3000
/** How many of them may demand a least version. */
export const mostMinimumVersions = 20

const day = 86_400_000

/** What the API refuses in a policy beyond the types of its fields. */
export function policyLimits(policy: unknown): readonly Finding[] {
  if (!isTable(policy)) return []
  return [...applicationLimits(listOf(policy['applications'])), ...updateLimits(policy['systemUpdate'])]
}

function applicationLimits(applications: readonly unknown[]): Finding[] {
  const found: Finding[] = []
  const at = '/applications'
  if (applications.length > mostApplications)
    found.push({ severity: 'error', code: 'too-many', path: at, facts: { most: mostApplications } })
  const seen = new Set<string>()
  let versions = 0
  for (const [n, one] of applications.entries()) {
    if (!isTable(one)) continue
    const { packageName, minimumVersionCode } = one
    if (minimumVersionCode !== undefined && minimumVersionCode !== 0) versions += 1
    if (minimumVersionCode !== undefined && minimumVersionCode !== 0 && versions === mostMinimumVersions + 1)
      found.push({
        severity: 'error',
        code: 'too-many',
        path: `${at}/${n}/minimumVersionCode`,
        facts: { most: mostMinimumVersions },
      })
    if (typeof packageName !== 'string') continue
    if (seen.has(packageName)) found.push({ severity: 'error', code: 'twice', path: `${at}/${n}/packageName` })
    seen.add(packageName)
  }
  return found
}

function updateLimits(update: unknown): Finding[] {
  if (!isTable(update)) return []
  const found: Finding[] = []
  for (const key of ['startMinutes', 'endMinutes']) {
    const minutes = Number(update[key] ?? 0)
    const path = `/systemUpdate/${key}`
    if (minutes > 1439) found.push({ severity: 'error', code: 'too-big', path, facts: { most: 1439 } })
    if (minutes < 0) found.push({ severity: 'error', code: 'too-small', path, facts: { least: 0 } })
  }
  return [...found, ...freezeLimits(listOf(update['freezePeriods']))]
}

/** A freeze lasts 90 days at most and 60 days lie between two; all of it comes again every year. */
function freezeLimits(freezes: readonly unknown[]): Finding[] {
  const found: Finding[] = []
  const at = (n: number): string => `/systemUpdate/freezePeriods/${n}`
  const spans = freezes.flatMap((one, n) => {
    if (!isTable(one)) return []
    const [start, end] = [dayOf(one['startDate']), dayOf(one['endDate'])]
    if (start === null || end === null) return []
    const length = ((end - start + 365) % 365) + 1
    if (length > 90) found.push({ severity: 'error', code: 'freeze-long', path: at(n), facts: { most: 90 } })
    return [{ n, start, length }]
  })
  const ordered = spans.toSorted((a, b) => a.start - b.start)
  for (const [i, one] of ordered.entries()) {
    const next = ordered[(i + 1) % ordered.length]
    if (!next || next === one) continue
    const gap = ((next.start - one.start + 365) % 365) - one.length
    if (gap < 60) found.push({ severity: 'error', code: 'freeze-close', path: at(next.n), facts: { least: 60 } })
  }
  return found
}

/** The day of a year without leap day, from 0. */
function dayOf(date: unknown): number | null {
  if (!isTable(date) || typeof date['month'] !== 'number' || typeof date['day'] !== 'number') return null
  return Math.round((Date.UTC(2025, date['month'] - 1, date['day']) - Date.UTC(2025, 0, 1)) / day)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
