import type { DeviceApp } from '../devices/index.ts'
import { type Evidence, type Judged, kept, unknown, violated } from './judgement.ts'
import type { Demand } from './rule.ts'

type Params = Extract<Demand, { kind: 'apps' }>['params']

const mostShown = 20

/** Apps against a list. What the list of a device may hold is decided where it is read: of personal devices only what is managed. */
export function judgeApps(params: Params, apps: readonly DeviceApp[] | null): Judged {
  if (apps === null) return unknown('no-list', { list: 'apps' })
  const named = new Set(params.apps.map(a => a.app.toLowerCase()))
  const has = (one: DeviceApp): boolean => named.has(one.app.toLowerCase())
  switch (params.list) {
    case 'deny':
      return against('app-forbidden', apps.filter(has))
    case 'allow': {
      const vendors = params.vendors.map(v => v.toLowerCase())
      return against(
        'app-not-allowed',
        apps.filter(a => !has(a) && !vendors.some(v => a.app.toLowerCase().startsWith(v))),
      )
    }
    case 'required': {
      const there = new Set(apps.map(a => a.app.toLowerCase()))
      const missing = params.apps.filter(a => !there.has(a.app.toLowerCase()))
      return against(
        'app-missing',
        missing.map(a => ({ app: a.app, name: a.name || a.app, version: '', managed: false })),
      )
    }
  }
}

function against(code: string, found: readonly DeviceApp[]): Judged {
  if (found.length === 0) return kept
  const evidence: Evidence = {
    code,
    facts: { count: found.length, app: found[0]?.name ?? '' },
    found: found.slice(0, mostShown).map(a => ({ id: a.app, name: a.name, detail: a.version })),
  }
  return violated(evidence)
}
