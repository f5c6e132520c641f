import { type Fields, isFields, type Part } from './compiled.ts'

const open = (configuration: Fields): Part => ({
  fields: { openNetworkConfiguration: { Type: 'UnencryptedConfiguration', ...configuration } },
  apps: [],
  left: [],
})

/** Networks and authorities, which are said in one object together. (Open Network Configuration) */
export function onc(item: string, kind: 'wifi' | 'certificates', value: Fields): Part | string {
  if (kind === 'certificates') return open({ Certificates: anchorsOf(item, value['certificates']) })
  const { security, ssid, hidden, autoJoin, eap } = value
  const wifi: Fields = {
    SSID: ssid,
    Security: security === 'open' ? 'None' : String(security).startsWith('enterprise') ? 'WPA-EAP' : 'WPA-PSK',
    AutoConnect: autoJoin !== false,
    HiddenSSID: hidden === true,
    ...(value['password'] === undefined ? {} : { Passphrase: value['password'] }),
  }
  const anchors = isFields(eap) ? anchorsOf(item, eap['anchors']) : []
  if (isFields(eap)) {
    // A certificate of the device's own cannot be handed over in a policy: its key would leave the server in the clear.
    if (eap['method'] === 'tls') return 'honor.no-such-setting'
    wifi['EAP'] = eapOf(eap, anchors)
  }
  return open({
    NetworkConfigurations: [{ GUID: item, Name: ssid, Type: 'WiFi', WiFi: wifi }],
    ...(anchors.length > 0 ? { Certificates: anchors } : {}),
  })
}

const inner: Readonly<Record<string, string>> = { pap: 'PAP', chap: 'CHAP', mschap: 'MSCHAP', mschapv2: 'MSCHAPv2' }

function eapOf(eap: Fields, anchors: readonly Fields[]): Fields {
  const { method, username, password, outerIdentity, serverNames } = eap
  return {
    Outer: method === 'peap' ? 'PEAP' : 'EAP-TTLS',
    Inner: method === 'peap' ? 'MSCHAPv2' : (inner[String(eap['inner'])] ?? 'MSCHAPv2'),
    ...(username === undefined ? {} : { Identity: username }),
    ...(password === undefined ? {} : { Password: password }),
    ...(outerIdentity === undefined ? {} : { AnonymousIdentity: outerIdentity }),
    ...(anchors.length > 0 ? { ServerCARefs: anchors.map(a => a['GUID']) } : {}),
    ...(Array.isArray(serverNames) && serverNames.length > 0 ? { DomainSuffixMatch: serverNames } : {}),
  }
}

function anchorsOf(item: string, list: unknown): Fields[] {
  if (!Array.isArray(list)) return []
  return list.map((one, at) => ({ GUID: `${item} ${at}`, Type: 'Authority', X509: bytesOf(one) }))
}

/** A certificate in base64, whether it is written so, as PEM, or as bytes. */
function bytesOf(one: unknown): string {
  const text = isFields(one) && typeof one['$data'] === 'string' ? one['$data'] : String(one)
  return text.replaceAll(/-----[A-Z ]+-----|\s+/g, '')
}
