import type { Finding, Json } from '../kind.ts'
import { checkAnchor } from './certificate.ts'
import { define, fault, isValues, missing, type Values, warning } from './define.ts'
import {
  address,
  certificate,
  domain,
  flag,
  group,
  host,
  needed,
  one,
  plain,
  secret,
  several,
  text,
  whole,
} from './form.ts'
import { checkSource, ownCertificate } from './identity.ts'

const proposal = group({
  encryption: one(['aes-128', 'aes-256', 'aes-128-gcm', 'aes-256-gcm', 'chacha20-poly1305'], { default: 'aes-256' }),
  integrity: one(['sha2-256', 'sha2-384', 'sha2-512'], { default: 'sha2-256' }),
  group: one(['14', '15', '16', '19', '20', '21', '31', '32'], { default: '14' }),
  lifetimeMinutes: whole(10, 1440, { default: 1440, unit: 'minutes' }),
})

const rule = group({
  action: needed(one(['connect', 'disconnect', 'ignore'])),
  networks: several(plain(32), 50),
  interface: one(['wifi', 'cellular', 'ethernet']),
  dnsDomains: several(domain(), 50),
  dnsServers: several(plain(100), 20),
  probe: address(),
})

/** A tunnel into the org's network, by IKEv2 (RFC 7296). */
export const vpn = define({
  kind: 'vpn',
  merge: 'instances',
  identity: 'name',
  keys: {
    name: needed(plain(100)),
    server: needed(host()),
    remoteId: needed(text(254)),
    localId: needed(text(254)),
    authentication: needed(one(['certificate', 'password', 'shared-secret'])),
    identity: ownCertificate({ authentication: ['certificate'] }),
    username: text(254, { when: { authentication: ['password'] } }),
    password: secret({ when: { authentication: ['password'] } }),
    sharedSecret: secret({ when: { authentication: ['shared-secret'] } }),
    mode: one(['by-hand', 'on-demand', 'always-on', 'per-app'], { default: 'by-hand' }),
    onDemand: several(rule, 50, { when: { mode: ['on-demand', 'per-app'] } }),
    turningOff: flag({ default: true, when: { mode: ['on-demand', 'always-on'] } }),
    app: plain(200, { pattern: /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/, when: { mode: ['always-on'] } }),
    signInPages: flag({ default: false, when: { mode: ['always-on'] } }),
    browserDomains: several(domain(), 500, { when: { mode: ['per-app'] } }),
    mailDomains: several(domain(), 500, { when: { mode: ['per-app'] } }),
    anchors: several(certificate(), 20),
    serverIssuer: text(200),
    serverName: text(253),
    everything: flag({ default: false }),
    localNetworks: flag({ default: true }),
    dnsServers: several(plain(100), 20),
    searchDomains: several(domain(), 50),
    matchDomains: several(domain(), 200),
    ike: proposal,
    child: proposal,
    perfectForwardSecrecy: flag({ default: false }),
    revocationCheck: flag({ default: false }),
    deadPeerDetection: one(['none', 'low', 'medium', 'high'], { default: 'medium' }),
    mobility: flag({ default: true }),
    mtu: whole(1280, 1400, { default: 1280 }),
  },
  honors: {
    '': 'i8! m10.11! t17 a7~vpn-app-needed w10 l',
    mode: 'i8!~always-on-supervised m10.11!~no-always-on t17~no-always-on a7~vpn-app-needed w10',
    onDemand: 'i8! m10.11! t17 w10',
    turningOff: 'i14! a7 w10',
    app: 'a7',
    signInPages: 'i8S!',
    browserDomains: 'i8! m10.11!',
    mailDomains: 'm10.15!',
    everything: 'i14! m10.15! a7 w10 l',
    localNetworks: 'i14.2! m10.15! w10 l',
    dnsServers: 'i10! m10.12! t17 w10 l',
    searchDomains: 'i10! m10.12! t17 w10 l',
    matchDomains: 'i10! m10.12! t17 w10 l',
    mtu: 'i14! m11! t17 l',
  },
  also: value => [
    ...checkProof(value),
    ...checkMode(value),
    ...checkTrust(value),
    ...checkSource(value['identity'], '/identity'),
  ],
})

const proofs: Readonly<Record<string, readonly string[]>> = {
  certificate: ['identity'],
  password: ['username', 'password'],
  'shared-secret': ['sharedSecret'],
}

function checkProof(value: Values): Finding[] {
  const wanted = proofs[String(value['authentication'])] ?? []
  const extra = Object.values(proofs)
    .flat()
    .filter(key => value[key] !== undefined && !wanted.includes(key))
  return [...missing(value, '', wanted), ...extra.map(key => fault('vpn.not-with-authentication', `/${key}`))]
}

function checkMode(value: Values): Finding[] {
  const { mode, onDemand } = value
  if (mode === 'on-demand' && !(Array.isArray(onDemand) && onDemand.length > 0))
    return [fault('value.missing', '/onDemand')]
  if (mode === 'always-on' && value['authentication'] === 'password')
    return [fault('vpn.always-on-password', '/authentication')]
  if (mode !== 'per-app') return []
  const domains = ['browserDomains', 'mailDomains'].some(key => filled(value[key]))
  return domains ? [] : [warning('vpn.no-app', '/browserDomains')]
}

function checkTrust({ anchors }: Values): Finding[] {
  return Array.isArray(anchors) ? anchors.flatMap((each, at) => checkAnchor(each, `/anchors/${at}`)) : []
}

function filled(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && !isValues(value)
}
