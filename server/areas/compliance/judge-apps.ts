import type { DeviceApp } from '../devices/index.ts'
import { type Evidence, type Judged, kept, unknown, violated } from './judgement.ts'
import type { Demand } from './rule.ts'

type Params = Extract<Demand, { kind: 'apps' }>['params']

const mostShown = 20
const pendingLookMs = 10 * 60_000
const inapplicable: Judged = { verdict: 'not-applicable', evidence: null, lookAt: null }

/** What of a device a rule over apps is asked about. */
export interface AppsOn {
  /** What it listed; null: it never did. */
  readonly apps: readonly DeviceApp[] | null
  /** The lists of its own policies. */
  readonly own: AppLists
}

/** Apps that the policies of a device forbid, and those that they allow alone; both may be empty. */
export interface AppLists {
  readonly blocked: readonly string[]
  readonly allowed: readonly string[]
  /** The device has not said yet what it made of them. */
  readonly pending: boolean
}

/** Apps against a list. What the list of a device may hold is decided where it is read: of personal devices only what is managed. */
export function judgeApps(params: Params, { apps, own: lists }: AppsOn, now: number): Judged {
  const own = params.list === 'policies' ? lists : null
  if (own !== null && own.blocked.length + own.allowed.length === 0) return inapplicable
  if (apps === null) return unknown('no-list', { list: 'apps' })
  if (own !== null) {
    const judged = judgeOwn(own, apps)
    if (!own.pending || judged.evidence === null) return judged
    // It may be about to take it off by itself; who is told too early learns to look away.
    return { verdict: 'unknown', evidence: { ...judged.evidence, code: 'apps-pending' }, lookAt: now + pendingLookMs }
  }
  const named = folded(params.apps.map(a => a.app))
  const has = (one: DeviceApp): boolean => named.has(one.app.toLowerCase())
  switch (params.list) {
    case 'allow': {
      const vendors = params.vendors.map(v => v.toLowerCase())
      return against(
        'app-not-allowed',
        apps.filter(a => !a.system && !has(a) && !vendors.some(v => a.app.toLowerCase().startsWith(v))),
      )
    }
    case 'required': {
      const there = folded(apps.map(a => a.app))
      const missing = params.apps.filter(a => !there.has(a.app.toLowerCase()))
      return against(
        'app-missing',
        missing.map(a => ({ app: a.app, name: a.name || a.app, version: '' })),
      )
    }
    default:
      return against('app-forbidden', apps.filter(has))
  }
}

/** What is forbidden goes before what is not allowed. What the org itself or the system put there needs no permission. */
function judgeOwn({ blocked, allowed }: AppLists, apps: readonly DeviceApp[]): Judged {
  const [never, only] = [folded(blocked), folded(allowed)]
  const forbidden = apps.filter(a => never.has(a.app.toLowerCase()))
  if (forbidden.length > 0 || only.size === 0) return against('app-forbidden', forbidden)
  return against(
    'app-not-allowed',
    apps.filter(a => !a.system && !a.managed && !only.has(a.app.toLowerCase())),
  )
}

const folded = (names: readonly string[]): Set<string> => new Set(names.map(name => name.toLowerCase()))

function against(code: string, found: readonly (Pick<DeviceApp, 'app' | 'name' | 'version'> & { hidden?: boolean })[]) {
  if (found.length === 0) return kept
  const evidence: Evidence = {
    code,
    facts: { count: found.length, app: found[0]?.name ?? '' },
    found: found
      .slice(0, mostShown)
      .map(a => ({ id: a.app, name: a.name, detail: a.version, ...(a.hidden === true ? { blocked: true } : {}) })),
  }
  return violated(evidence)
}
