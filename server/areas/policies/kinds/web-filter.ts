import { define, type Values, warning } from './define.ts'
import { flag, group, needed, plain, several } from './form.ts'

const url = plain(2000, { pattern: /^(?:https?:\/\/)?[^\s/]+(?:\/[^\s]*)?$/i })

/** Which sites may be opened. Lists of several policies are put together. */
export const webFilter = define({
  kind: 'web-filter',
  merge: 'settings',
  keys: {
    adult: flag({ default: false }),
    deny: several(url, 500),
    allow: several(url, 500),
    only: several(group({ title: needed(plain(200)), url: needed(url) }), 200),
    hideDenied: flag({ default: false }),
  },
  rules: {
    adult: { rule: 'strictest', by: 'true' },
    deny: { rule: 'union' },
    allow: { rule: 'union' },
    only: { rule: 'union' },
    hideDenied: { rule: 'strictest', by: 'true' },
  },
  honors: {
    adult: 'i7S! a5~browser-only w10~browser-only l~browser-only',
    deny: 'i7S! a5~browser-only w10~browser-only l~browser-only',
    allow: 'i7S! a5~browser-only w10~browser-only l~browser-only',
    only: 'i7S! a5~browser-only w10~browser-only l~browser-only',
    hideDenied: 'i18S!',
  },
  also: value => [...shadowed(value)],
})

/** Once only some sites may be opened, the other lists say nothing. */
function shadowed(value: Values) {
  if (!Array.isArray(value['only']) || value['only'].length === 0) {
    const allows = Array.isArray(value['allow']) && value['allow'].length > 0
    return allows && value['adult'] !== true ? [warning('web-filter.allow-without-adult', '/allow')] : []
  }
  return ['deny', 'allow', 'adult']
    .filter(key => value[key] !== undefined && value[key] !== false)
    .map(key => warning('web-filter.only-wins', `/${key}`))
}
