import type { z } from 'zod'
import type { Finding, Json } from '../kind.ts'
import { define, isValues, missing, type Values, warning } from './define.ts'
import { address, flag, group, needed, one, plain, secret, text } from './form.ts'

/** How a device comes by a certificate of its own: from this server's authority, or from another that speaks SCEP. */
const source: Readonly<Record<string, z.ZodType>> = {
  source: needed(one(['built-in', 'scep'], { default: 'built-in' })),
  url: address({ when: { source: ['scep'] } }),
  authorityName: plain(200, { when: { source: ['scep'] } }),
  challenge: secret({ when: { source: ['scep'] } }),
  fingerprint: plain(200, { when: { source: ['scep'] }, pattern: /^(?:[0-9A-Fa-f]{2}[: ]?){20,64}$/ }),
  commonName: text(64),
  organization: text(64),
  organizationalUnit: text(64),
  email: text(254),
  dnsName: text(253),
  uri: text(2000),
  principalName: text(254),
  keyBits: one(['2048', '4096'], { default: '2048' }),
  extractable: flag({ default: false }),
  allApps: flag({ default: false }),
}

/** A certificate of the device's own inside another kind: of a network, an account, a tunnel. */
export const ownCertificate = (when?: Readonly<Record<string, readonly string[]>>) =>
  group(source, when ? { when } : {})

/** What is wrong with where a certificate comes from. */
export function checkSource(value: Json | undefined, path: string): Finding[] {
  if (!isValues(value)) return []
  if (value['source'] === 'scep') return missing(value, path, ['url', 'commonName'])
  const foreign = ['url', 'challenge', 'fingerprint', 'authorityName'].filter(key => value[key] !== undefined)
  return foreign.map(key => warning('identity.only-of-scep', `${path}/${key}`))
}

/** A certificate and its key, made on the device and never leaving it. */
export const identity = define({
  kind: 'identity',
  merge: 'instances',
  identity: 'name',
  keys: { name: needed(plain(100)), ...source },
  honors: {
    '': 'i4 m10.7 t9 a5 w10 l',
    extractable: 'm10.13.4 w10',
    allApps: 'm10.10',
    uri: 'i4 m10.7 t9',
    organization: 'i4 m10.7 t9 w10 l',
    organizationalUnit: 'i4 m10.7 t9 w10 l',
  },
  also: (value: Values) => checkSource(value, ''),
})
