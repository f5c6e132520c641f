import type { Finding } from '../kind.ts'
import { checkAnchor } from './certificate.ts'
import { define, fault, isValues, missing, type Values, warning } from './define.ts'
import { address, certificate, flag, group, host, needed, one, plain, port, secret, several, text } from './form.ts'
import { checkSource, ownCertificate } from './identity.ts'

const personal = ['wpa2', 'wpa3'] as const
const enterprise = ['enterprise-wpa2', 'enterprise-wpa3'] as const

const eap = group(
  {
    method: needed(one(['tls', 'peap', 'ttls'])),
    identity: ownCertificate({ method: ['tls'] }),
    username: text(254, { when: { method: ['peap', 'ttls'] } }),
    password: secret({ when: { method: ['peap', 'ttls'] } }),
    inner: one(['pap', 'chap', 'mschap', 'mschapv2'], { default: 'mschapv2', when: { method: ['ttls'] } }),
    outerIdentity: text(254),
    serverNames: several(plain(253), 20),
    anchors: several(certificate(), 20),
    minimumTls: one(['1.0', '1.1', '1.2', '1.3']),
  },
  { when: { security: enterprise } },
)

const proxy = group({
  mode: needed(one(['manual', 'automatic'])),
  server: host({ when: { mode: ['manual'] } }),
  port: port({ when: { mode: ['manual'] } }),
  username: text(254, { when: { mode: ['manual'] } }),
  password: secret({ when: { mode: ['manual'] } }),
  url: address({ when: { mode: ['automatic'] } }),
  directFallback: flag({ default: false, when: { mode: ['automatic'] } }),
})

/** A wireless network that devices join. Of two about one network, the nearest counts whole. */
export const wifi = define({
  kind: 'wifi',
  merge: 'instances',
  identity: 'ssid',
  keys: {
    ssid: needed(plain(32)),
    security: needed(one(['open', ...personal, ...enterprise])),
    password: secret({ when: { security: personal } }),
    eap,
    hidden: flag({ default: false }),
    autoJoin: flag({ default: true }),
    privateAddress: flag({ default: true }),
    skipSignInPage: flag({ default: false }),
    proxy,
  },
  honors: {
    '': 'i4 m10.7 t9 a5 w10 l',
    privateAddress: 'i14! m15! a13',
    skipSignInPage: 'i10 t10',
    proxy: 'i5! m10.7! t9 a5~proxy-not-per-network w10~proxy-not-per-network l~proxy-not-per-network',
    'eap/minimumTls': 'i11 m10.13 t11',
    'eap/outerIdentity': 'i4 m10.7 t9 a5 l',
    autoJoin: 'i5 m10.7 t9 a5 w10 l',
  },
  also: value => [...checkName(value), ...checkSecurity(value), ...checkEap(value), ...checkProxy(value)],
})

/** A network's name has up to 32 bytes, however few characters they are (IEEE 802.11 §9.4.2.2). */
function checkName(value: Values): Finding[] {
  const bytes = Buffer.byteLength(String(value['ssid'] ?? ''))
  return bytes > 32 ? [fault('wifi.name-too-long', '/ssid', { bytes })] : []
}

function checkSecurity(value: Values): Finding[] {
  const security = String(value['security'])
  if (security === 'open') {
    const extra = ['password', 'eap'].filter(key => value[key] !== undefined)
    return [warning('wifi.open', '/security'), ...extra.map(key => fault('wifi.not-with-open', `/${key}`))]
  }
  if (personal.some(p => p === security)) {
    const found = missing(value, '', ['password'])
    return value['eap'] === undefined ? found : [...found, fault('wifi.not-with-password', '/eap')]
  }
  const found = missing(value, '', ['eap'])
  return value['password'] === undefined ? found : [...found, fault('wifi.not-with-enterprise', '/password')]
}

function checkEap({ eap: value }: Values): Finding[] {
  if (!isValues(value)) return []
  const { anchors, serverNames } = value
  const trust = Array.isArray(anchors) ? anchors.flatMap((a, at) => checkAnchor(a, `/eap/anchors/${at}`)) : []
  const blind =
    anchors === undefined && serverNames === undefined ? [warning('wifi.trusts-any-server', '/eap/serverNames')] : []
  if (value['method'] === 'tls')
    return [
      ...trust,
      ...blind,
      ...missing(value, '/eap', ['identity']),
      ...checkSource(value['identity'], '/eap/identity'),
    ]
  const unused = value['identity'] === undefined ? [] : [fault('wifi.certificate-unused', '/eap/identity')]
  return [...trust, ...blind, ...unused]
}

function checkProxy({ proxy: value }: Values): Finding[] {
  if (!isValues(value)) return []
  return missing(value, '/proxy', value['mode'] === 'manual' ? ['server', 'port'] : [])
}
