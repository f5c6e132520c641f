import { type Finding, type Json, type KindSource, offerKinds, type PolicyKind } from '../areas/policies/index.ts'

/*
 * Two small kinds of policies whose rules a test can hold in its head. They are found by name and not listed, so that nothing else meets them:
 *   test.settings  merged key by key; `least` takes the strictest, `all` is united, everything else the nearest.
 *                  `wrong` is an error, `odd` a warning, `password` must be a secret. iOS honors all but `mac`; macOS knows only `mac`.
 *   test.network   instances told apart by `ssid`
 */

const record = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function check(value: Json): Finding[] {
  if (!record(value)) return [{ severity: 'error', code: 'value.type', path: '' }]
  const found: Finding[] = []
  if ('wrong' in value) found.push({ severity: 'error', code: 'value.unknown-key', path: '/wrong' })
  if ('odd' in value) found.push({ severity: 'warning', code: 'value.odd', path: '/odd' })
  if (typeof value['password'] === 'string')
    found.push({ severity: 'error', code: 'policy.secret-plain', path: '/password' })
  return found
}

const settings: PolicyKind = {
  kind: 'test.settings',
  family: 'ours',
  merge: 'settings',
  rules: { least: { rule: 'strictest', by: 'least' }, all: { rule: 'union' } },
  check,
  schema: null,
  honors: (platform, key) => {
    if (platform === 'ios') return key === 'mac' ? { how: 'no', reason: 'test.not-here' } : { how: 'full' }
    if (platform === 'macos')
      return key === 'mac' || key === '' ? { how: 'full' } : { how: 'no', reason: 'test.not-here' }
    return null
  },
}

const network: PolicyKind = {
  kind: 'test.network',
  family: 'ours',
  merge: 'instances',
  identity: value => (record(value) && typeof value['ssid'] === 'string' ? value['ssid'] : null),
  check,
  schema: null,
  honors: () => ({ how: 'full' }),
}

const known = new Map([settings, network].map(k => [k.kind, k]))
const source: KindSource = { find: kind => known.get(kind), list: () => [] }

/** Makes the test kinds known in this process; asking again is nothing. */
export function offerTestKinds(): void {
  offerKinds(source)
}
