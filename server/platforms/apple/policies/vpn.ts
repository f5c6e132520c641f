import type { Dict } from '@muster/wire/plist/plist.ts'
import { addAnchors, addIdentity, sourceIn } from './certificates.ts'
import {
  flagOf,
  given,
  isValues,
  itemsOf,
  type Pen,
  textOf,
  textsOf,
  type Values,
  wholeOf,
  type Writer,
} from './pen.ts'
import { sinceOn } from './target.ts'
import { tunnelUuid } from './ties.ts'

/** A tunnel by IKEv2. */
export const vpn: Writer = (value, pen, instance) => {
  const name = instance ?? textOf(value['name']) ?? 'VPN'
  const mode = textOf(value['mode']) ?? 'by-hand'
  const refused = refusalOf(mode, pen)
  if (refused) return { refused }
  const source = value['authentication'] === 'certificate' ? sourceIn(value['identity']) : null
  const certificate = source ? addIdentity(pen, source, 'identity', `${name} certificate`) : undefined
  addAnchors(pen, itemsOf(value['anchors']), 'anchor')
  const ike = given({ ...tunnel(value, pen, certificate), ...demand(value, mode, pen) })
  if (mode === 'always-on') pen.add('com.apple.vpn.managed', 'vpn', alwaysOn(value, name, ike), name)
  else if (mode === 'per-app') pen.add('com.apple.vpn.managed.applayer', 'vpn', perApp(value, name, ike, pen), name)
  else
    pen.add(
      'com.apple.vpn.managed',
      'vpn',
      { UserDefinedName: name, VPNType: 'IKEv2', IKEv2: ike, ...names(value, pen) },
      name,
    )
  return { displayName: name, needsSupervision: mode === 'always-on' }
}

function refusalOf(mode: string, { on }: Pen): string | null {
  if (on.enrollment === 'user-enrollment' && mode !== 'per-app') return 'not-in-this-enrollment'
  if (mode === 'always-on') {
    if (on.platform === 'macos' || on.platform === 'tvos') return 'no-such-setting'
    return on.supervised === true ? null : 'needs-supervision'
  }
  if (on.platform !== 'tvos') return null
  if (mode === 'per-app') return 'no-such-setting'
  return sinceOn(on, { tvos: '17' }) ? null : 'needs-newer-os'
}

const byBit = (value: boolean | undefined): number | undefined => (value === undefined ? undefined : value ? 1 : 0)

function tunnel(value: Values, pen: Pen, certificate: string | undefined): Dict {
  const shared = value['authentication'] === 'shared-secret'
  const password = value['authentication'] === 'password'
  const mobility = flagOf(value['mobility'])
  const local = flagOf(value['localNetworks'])
  const { on } = pen
  return given({
    RemoteAddress: textOf(value['server']),
    RemoteIdentifier: textOf(value['remoteId']),
    LocalIdentifier: textOf(value['localId']),
    // With a name and password the server proves itself by certificate, and the person inside the tunnel (RFC 7296 §2.16).
    AuthenticationMethod: shared ? 'SharedSecret' : password ? 'None' : 'Certificate',
    SharedSecret: shared ? pen.secret(value['sharedSecret']) : undefined,
    PayloadCertificateUUID: certificate,
    ExtendedAuthEnabled: password ? 1 : 0,
    AuthName: password ? textOf(value['username']) : undefined,
    AuthPassword: password ? pen.secret(value['password']) : undefined,
    ServerCertificateIssuerCommonName: textOf(value['serverIssuer']),
    ServerCertificateCommonName: textOf(value['serverName']),
    DeadPeerDetectionRate: capital(textOf(value['deadPeerDetection'])),
    EnablePFS: byBit(flagOf(value['perfectForwardSecrecy'])),
    EnableCertificateRevocationCheck: byBit(flagOf(value['revocationCheck'])),
    DisableMOBIKE: mobility === undefined ? undefined : mobility ? 0 : 1,
    MTU: sinceOn(on, { ios: '14', macos: '11', tvos: '17' }) ? wholeOf(value['mtu']) : undefined,
    IncludeAllNetworks: sinceOn(on, { ios: '14', macos: '10.15' }) ? byBit(flagOf(value['everything'])) : undefined,
    ExcludeLocalNetworks: sinceOn(on, { ios: '14.2', macos: '10.15' }) ? byBit(local) : undefined,
    IKESecurityAssociationParameters: proposal(value['ike']),
    ChildSecurityAssociationParameters: proposal(value['child']),
  })
}

const ciphers: Readonly<Record<string, string>> = {
  'aes-128': 'AES-128',
  'aes-256': 'AES-256',
  'aes-128-gcm': 'AES-128-GCM',
  'aes-256-gcm': 'AES-256-GCM',
  'chacha20-poly1305': 'ChaCha20Poly1305',
}

function proposal(value: Values[string] | undefined): Dict | undefined {
  if (!isValues(value)) return undefined
  return given({
    EncryptionAlgorithm: ciphers[String(value['encryption'])],
    IntegrityAlgorithm: textOf(value['integrity'])?.toUpperCase(),
    DiffieHellmanGroup: wholeOf(value['group']),
    LifeTimeInMinutes: wholeOf(value['lifetimeMinutes']),
  })
}

/** When the tunnel opens by itself. Without a last rule for everything else, a device would do as it likes there. */
function demand(value: Values, mode: string, { on }: Pen): Dict {
  if (mode !== 'on-demand' && mode !== 'per-app') return {}
  const rules = itemsOf(value['onDemand']).flatMap(rule => (isValues(rule) ? [ruleOf(rule)] : []))
  if (mode === 'on-demand' && rules.length === 0) return {}
  const off = flagOf(value['turningOff'])
  const settable = on.platform !== 'macos' && sinceOn(on, { ios: '14', tvos: '17' })
  return given({
    OnDemandEnabled: mode === 'on-demand' ? 1 : undefined,
    OnDemandRules: rules.length > 0 ? [...rules, { Action: 'Ignore' }] : undefined,
    OnDemandUserOverrideDisabled: off === undefined || !settable ? undefined : off ? 0 : 1,
  })
}

const interfaces: Readonly<Record<string, string>> = { wifi: 'WiFi', cellular: 'Cellular', ethernet: 'Ethernet' }

function ruleOf(rule: Values): Dict {
  return given({
    Action: capital(textOf(rule['action'])),
    SSIDMatch: some(textsOf(rule['networks'])),
    InterfaceTypeMatch: interfaces[String(rule['interface'])],
    DNSDomainMatch: some(textsOf(rule['dnsDomains'])),
    DNSServerAddressMatch: some(textsOf(rule['dnsServers'])),
    URLStringProbe: textOf(rule['probe']),
  })
}

function names(value: Values, { on }: Pen): Dict {
  const servers = textsOf(value['dnsServers'])
  if (servers.length === 0) return {}
  const dns = given({
    DNSProtocol: sinceOn(on, { ios: '14', macos: '11', tvos: '17' }) ? 'Cleartext' : undefined,
    ServerAddresses: servers,
    SearchDomains: some(textsOf(value['searchDomains'])),
    SupplementalMatchDomains: some(textsOf(value['matchDomains'])),
  })
  return { DNS: dns }
}

function alwaysOn(value: Values, name: string, ike: Dict): Dict {
  return {
    UserDefinedName: name,
    VPNType: 'AlwaysOn',
    AlwaysOn: {
      UIToggleEnabled: byBit(flagOf(value['turningOff'])) ?? 1,
      AllowCaptiveWebSheet: byBit(flagOf(value['signInPages'])) ?? 0,
      TunnelConfigurations: [{ ProtocolType: 'IKEv2', Interfaces: ['Cellular', 'WiFi'], ...ike }],
    },
  }
}

function perApp(value: Values, name: string, ike: Dict, pen: Pen): Dict {
  return given({
    UserDefinedName: name,
    VPNType: 'IKEv2',
    IKEv2: ike,
    // What apps are tied to the tunnel with; it stays while the tunnel does.
    VPNUUID: tunnelUuid(name),
    SafariDomains: some(textsOf(value['browserDomains'])),
    MailDomains: pen.on.platform === 'macos' ? some(textsOf(value['mailDomains'])) : undefined,
    ...names(value, pen),
  })
}

function some(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined
}

function capital(text: string | undefined): string | undefined {
  return text === undefined ? undefined : text.charAt(0).toUpperCase() + text.slice(1)
}
