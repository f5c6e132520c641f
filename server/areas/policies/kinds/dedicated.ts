import type { Finding } from '../kind.ts'
import { define, fault, isValues, missing, type Values, warning } from './define.ts'
import { flag, group, host, needed, one, plain, secret, several } from './form.ts'

const appId = plain(200, { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/ })
const buttons = ['home', 'overview', 'notifications', 'system-info', 'power', 'lock-screen'] as const

/** A device that does few things: these apps and nothing else, with as many of the system's buttons as they need. */
export const kiosk = define({
  kind: 'kiosk',
  merge: 'settings',
  keys: {
    apps: needed(several(appId, 100)),
    mode: one(['single', 'several'], { default: 'several' }),
    features: several(one(buttons), buttons.length),
    exitCode: secret(),
    awakeWhilePlugged: flag({ default: false }),
  },
  honors: {
    '': 'a5',
    apps: 'a5',
    mode: 'a5',
    features: 'a9',
    exitCode: 'a5',
    awakeWhilePlugged: 'a6',
  },
  also: value => [...appsOf(value), ...buttonsOf(value)],
})

function appsOf({ apps, mode }: Values): Finding[] {
  if (!Array.isArray(apps)) return []
  if (apps.length === 0) return [fault('value.missing', '/apps')]
  return mode === 'single' && apps.length > 1 ? [fault('kiosk.one-app', '/apps/1')] : []
}

/** Recent apps and notices are reached by the home button alone (Android: setLockTaskFeatures). */
function buttonsOf({ features }: Values): Finding[] {
  if (!Array.isArray(features) || features.includes('home')) return []
  return features.flatMap((name, at) =>
    name === 'overview' || name === 'notifications' ? [warning('kiosk.needs-home', `/features/${at}`)] : [],
  )
}

/** Looking names up in secret. */
export const privateDns = define({
  kind: 'private-dns',
  merge: 'settings',
  keys: {
    mode: needed(one(['automatic', 'resolver'])),
    resolver: host({ when: { mode: ['resolver'] } }),
  },
  honors: { '': 'a10', mode: 'a10', resolver: 'a10' },
  also: value => (value['mode'] === 'resolver' ? missing(value, '', ['resolver']) : []),
})

const permission = plain(200, { pattern: /^[A-Za-z][\w.]*\.[A-Z0-9_]+$/ })

/** What apps may do without asking, or may never. */
export const appPermissions = define({
  kind: 'app-permissions',
  merge: 'settings',
  keys: {
    byDefault: one(['ask', 'grant', 'deny'], { default: 'ask' }),
    apps: several(
      group({ app: needed(appId), permission: needed(permission), state: needed(one(['ask', 'grant', 'deny'])) }),
      500,
    ),
  },
  rules: { apps: { rule: 'union' } },
  honors: { '': 'a6', byDefault: 'a6', apps: 'a6' },
  also: ({ apps }) => twice(apps),
})

/** One permission of one app has one state. */
function twice(apps: Values[string] | undefined): Finding[] {
  if (!Array.isArray(apps)) return []
  const seen = new Set<string>()
  return apps.flatMap((each, at) => {
    const name = isValues(each) ? `${String(each['app'])} ${String(each['permission'])}` : ''
    if (seen.has(name)) return [fault('app-permissions.twice', `/apps/${at}`)]
    seen.add(name)
    return []
  })
}
