import { z } from 'zod'
import type { Finding, Json } from '../kind.ts'
import { define, fault, isValues, type Values, warning } from './define.ts'
import { isVariable } from '../variable.ts'
import { domain, flag, needed, one, plain, several, text } from './form.ts'

/** The name of the kind. */
export const appKind = 'app'

/** The app that a value of this kind is about. */
export function appIn(value: Json): string | null {
  const id = isValues(value) ? value['app'] : undefined
  return typeof id === 'string' ? id : null
}

const id = (prefix: string, about = {}) => plain(36, { ...about, pattern: new RegExp(`^${prefix}_[0-9a-f]{32}$`) })
const kept = { presence: ['required', 'available'] } as const

/** What the org's apps are told about themselves: free keys, with variables and secrets anywhere in it. */
const freely = z.record(z.string().min(1).max(200), z.json()).meta({ when: kept, section: 'config', free: true })

/** That an app is there, offered, gone or not to be used; and how it is there. One policy for each app. */
export const app = define({
  kind: appKind,
  merge: 'instances',
  identity: 'app',
  keys: {
    app: needed(id('app', { app: true })),
    presence: needed(one(['required', 'available', 'forbidden', 'removed'])),
    release: plain(36, { default: 'latest', when: kept, pattern: /^(?:latest|rel_[0-9a-f]{32})$/ }),
    seat: one(['device', 'user'], { default: 'device', when: kept }),
    takeOver: flag({ default: false, when: kept }),
    removable: flag({ when: kept }),
    backup: flag({ default: true, when: kept }),
    leaveOnEnd: flag({ default: false, when: kept }),
    updates: one(['always', 'never', 'store'], { default: 'store', when: kept }),
    cellular: one(['always', 'never', 'store'], { default: 'store', when: kept }),
    hideable: flag({ default: true, when: kept }),
    lockable: flag({ default: true, when: kept }),
    tapToPayLock: flag({ default: false, when: kept }),
    vpn: text(200, { when: kept, section: 'network' }),
    contentFilter: text(200, { when: kept, section: 'network' }),
    dnsProxy: text(200, { when: kept, section: 'network' }),
    relay: text(200, { when: kept, section: 'network' }),
    cellularSlice: text(200, { when: kept, section: 'network' }),
    domains: several(domain(), 100, { when: kept, section: 'network' }),
    directDownloads: flag({ default: false, when: kept, section: 'network' }),
    fullScreen: flag({ default: false, when: kept, section: 'web' }),
    config: freely.optional(),
  },
  honors: {
    '': 'i4 m10.9 t10.2 a6',
    presence: 'i4 m10.9 t10.2 a6',
    release: 'i4 m10.9 t10.2 a6~own-agent-only',
    seat: 'i9 m10.9 t10.2',
    takeOver: 'i9 m11',
    removable: 'i14! t14 a5',
    backup: 'i4 m11',
    leaveOnEnd: 'i4 m11 t10.2',
    updates: 'i17.2 m26 a5~google-only',
    cellular: 'i26',
    hideable: 'i18.1S!',
    lockable: 'i18.1S!',
    tapToPayLock: 'i16.4',
    vpn: 'i7 m11',
    contentFilter: 'i16',
    dnsProxy: 'i16',
    relay: 'i17',
    cellularSlice: 'i17',
    domains: 'i13 m11',
    directDownloads: 'i14',
    fullScreen: 'i11',
    config: 'i7 m11 t10.2 a5',
  },
  also: value => [...withoutApp(value), ...oddForms(value['config'] ?? null, '/config')],
})

/** What is said of an app that is not to be there has no effect. */
function withoutApp(value: Values): Finding[] {
  const { presence } = value
  if (presence === 'required' || presence === 'available') return []
  return Object.keys(value)
    .filter(key => key !== 'app' && key !== 'presence')
    .map(key => warning('app.without-effect', `/${key}`))
}

const forms: Readonly<Record<string, (is: Json) => boolean>> = {
  $var: is => typeof is === 'string' && isVariable(is),
  $secret: is => typeof is === 'string',
  $newSecret: is => typeof is === 'string' && is.length > 0,
  $data: is => typeof is === 'string',
  $date: is => typeof is === 'string' && !Number.isNaN(Date.parse(is)),
  $real: is => typeof is === 'number',
  $text: is =>
    Array.isArray(is) &&
    is.every(p => typeof p === 'string' || (isValues(p) && typeof p['$var'] === 'string' && isVariable(p['$var']))),
}

/** Free values are bounded and may hold forms; an object with a key of `$` must be one. A property list knows no null. */
function oddForms(value: Json, at: string): Finding[] {
  if (value === null) return at === '/config' ? [] : [fault('value.type', at)]
  if (typeof value === 'string') return bracedIn(value) ? [warning('app.config-braces', at)] : []
  if (Array.isArray(value)) return value.flatMap((v, i) => oddForms(v, `${at}/${i}`))
  if (!isValues(value)) return []
  const dollar = Object.keys(value).filter(k => k.startsWith('$'))
  if (dollar.length === 0)
    return Object.entries(value).flatMap(([key, v]) =>
      oddForms(v, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    )
  const [form = ''] = dollar
  const right = Object.hasOwn(forms, form) && (Object.keys(value).length === 1 || form === '$newSecret')
  return right && forms[form]?.(value[form] ?? null) ? [] : [fault('value.form', at)]
}

/** Braces around the name of a variable that stand in a plain text: the app would read them as they are. */
function bracedIn(text: string): boolean {
  return [...text.matchAll(/\{([^{}]{1,120})\}/g)].some(([, name = '']) => isVariable(name.trim()))
}
