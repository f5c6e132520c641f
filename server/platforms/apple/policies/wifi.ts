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

const encryption: Readonly<Record<string, string>> = {
  open: 'None',
  wpa2: 'WPA2',
  wpa3: 'WPA3',
  'enterprise-wpa2': 'WPA2',
  'enterprise-wpa3': 'WPA3',
}
/** EAP types by their number (IANA: EAP Method Types). */
const eapTypes: Readonly<Record<string, number>> = { tls: 13, ttls: 21, peap: 25 }
const inner: Readonly<Record<string, string>> = { pap: 'PAP', chap: 'CHAP', mschap: 'MSCHAP', mschapv2: 'MSCHAPv2' }

/** A wireless network. */
export const wifi: Writer = (value, pen, instance) => {
  const ssid = instance ?? textOf(value['ssid']) ?? ''
  const eap = isValues(value['eap']) ? value['eap'] : null
  const source = eap?.['method'] === 'tls' ? sourceIn(eap['identity']) : null
  const certificate = source ? addIdentity(pen, source, 'identity', `${ssid} certificate`) : undefined
  const anchors = eap ? addAnchors(pen, itemsOf(eap['anchors']), 'anchor') : []
  // A Mac joins with the certificate of the machine before anybody has signed in only when told so.
  const setup = certificate !== undefined && pen.on.platform === 'macos' ? ['System'] : undefined
  pen.add(
    'com.apple.wifi.managed',
    'wifi',
    given({
      SSID_STR: ssid,
      HIDDEN_NETWORK: flagOf(value['hidden']) ?? false,
      AutoJoin: flagOf(value['autoJoin']) ?? true,
      EncryptionType: encryption[String(value['security'])] ?? 'Any',
      Password: pen.secret(value['password']),
      PayloadCertificateUUID: certificate,
      EAPClientConfiguration: eap ? eapOf(eap, pen, anchors) : undefined,
      SetupModes: setup,
      ...proxyOf(value['proxy'], pen),
      ...privacyOf(value, pen),
    }),
    ssid,
  )
  return { displayName: ssid }
}

function eapOf(eap: Values, pen: Pen, anchors: string[]): Dict {
  const method = String(eap['method'])
  const minimum = textOf(eap['minimumTls'])
  return given({
    AcceptEAPTypes: [eapTypes[method] ?? 13],
    UserName: textOf(eap['username']),
    UserPassword: pen.secret(eap['password']),
    OuterIdentity: textOf(eap['outerIdentity']),
    TTLSInnerAuthentication: method === 'ttls' ? (inner[String(eap['inner'] ?? 'mschapv2')] ?? 'MSCHAPv2') : undefined,
    TLSTrustedServerNames: nonEmpty(textsOf(eap['serverNames'])),
    PayloadCertificateAnchorUUID: nonEmpty(anchors),
    TLSMinimumVersion: minimum,
    // The default maximum is 1.2, which nothing that starts at 1.3 can meet.
    TLSMaximumVersion: minimum === '1.3' ? '1.3' : undefined,
  })
}

function proxyOf(value: Values[string] | undefined, pen: Pen): Dict {
  if (!isValues(value)) return {}
  if (pen.on.enrollment === 'user-enrollment') {
    pen.leaveOut('proxy', 'not-in-this-enrollment')
    return {}
  }
  if (value['mode'] === 'manual')
    return given({
      ProxyType: 'Manual',
      ProxyServer: textOf(value['server']),
      ProxyServerPort: wholeOf(value['port']),
      ProxyUsername: textOf(value['username']),
      ProxyPassword: pen.secret(value['password']),
    })
  return given({
    ProxyType: 'Auto',
    ProxyPACURL: textOf(value['url']),
    ProxyPACFallbackAllowed: flagOf(value['directFallback']),
  })
}

function privacyOf(value: Values, pen: Pen): Dict {
  const address = flagOf(value['privateAddress'])
  const skip = flagOf(value['skipSignInPage'])
  const settable = sinceOn(pen.on, { ios: '14', macos: '15' }) && pen.on.enrollment !== 'user-enrollment'
  return given({
    DisableAssociationMACRandomization: address === undefined || !settable ? undefined : !address,
    CaptiveBypass: skip === undefined || pen.on.platform === 'macos' ? undefined : skip,
  })
}

function nonEmpty(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined
}
