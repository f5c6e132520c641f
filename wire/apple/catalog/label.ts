/** Words that keep their own spelling, by their lower-case form. */
const spelled = new Map(
  [
    ...['ACME', 'AFP', 'AIM', 'API', 'APN', 'APNS', 'ARD', 'CA', 'CAPTCHA', 'CPU', 'DHCP', 'DNS', 'EAP', 'EAS', 'FDE'],
    ...['FTP', 'GPS', 'GUID', 'HTTP', 'HTTPS', 'ICCID', 'ID', 'IDs', 'IKE', 'IMEI', 'IP', 'JSON', 'KDC', 'L2TP', 'LAN'],
    ...[
      'LDAP',
      'LDAPS',
      'LOM',
      'MAC',
      'MCC',
      'MDM',
      'MEID',
      'MNC',
      'MTU',
      'NAT',
      'NFC',
      'NFS',
      'NTP',
      'OCSP',
      'OS',
      'OTA',
    ],
    ...['PAC', 'PEAP', 'PEM', 'PFS', 'PIN', 'PKI', 'PKINIT', 'PPP', 'PPTP', 'PSK', 'PSSO', 'QoS', 'RCS', 'RSA', 'SAN'],
    ...['SCEP', 'SHA', 'SIM', 'SMB', 'SMTP', 'SPI', 'SSH', 'SSID', 'SSL', 'SSO', 'SSPR', 'TCP', 'TLS', 'TTL', 'TTLS'],
    ...['TV', 'UDID', 'UDP', 'UI', 'UID', 'UPN', 'URI', 'URL', 'URLs', 'USB', 'UTI', 'UUID', 'UUIDs', 'VLAN', 'VoIP'],
    ...['VPN', 'VPP', 'WAPI', 'WEP', 'WPA', 'XML', 'XPC'],
    ...['AirDrop', 'AirPlay', 'AirPrint', 'Apple', 'Bluetooth', 'Bonjour', 'CalDAV', 'CardDAV', 'Classroom', 'eSIM'],
    ...[
      'FaceTime',
      'FileVault',
      'Finder',
      'Genmoji',
      'Google',
      'iBeacon',
      'iCloud',
      'iKEv2',
      'iMessage',
      'iOS',
      'iPad',
    ],
    ...['iPhone', 'iTunes', 'IPv4', 'IPv6', 'IKEv2', 'IPSec', 'Kerberos', 'macOS', 'Mac', 'NetBIOS', 'OAuth', 'OAuth2'],
    ...['PKCS1', 'PKCS12', 'Safari', 'SecureBoot', 'Siri', 'S/MIME', 'Spotlight', 'Thunderbolt', 'tvOS', 'visionOS'],
    ...['watchOS', 'WebClip', 'Wi-Fi', 'XAuth', 'Xsan'],
  ].map(word => [word.toLowerCase().replaceAll(/[^a-z0-9]/g, ''), word] as const),
)
for (const [as, word] of [
  ['mac', 'MAC'],
  ['ikev2', 'IKEv2'],
  ['passbook', 'Wallet'],
] as const)
  spelled.set(as, word)

/** Words of mixed case, which splitting at capitals would tear apart; longest first. */
const whole = [
  ...[
    'VisualVoicemail',
    'AirDrop',
    'AirPlay',
    'AirPrint',
    'CalDAV',
    'CardDAV',
    'FaceTime',
    'FileVault',
    'IKEv2',
    'IPSec',
  ],
  ...['IPv4', 'IPv6', 'NetBIOS', 'OAuth', 'PKCS12', 'PKCS1', 'SMIME', 'WebClip', 'WiFi', 'XAuth', 'iBeacon', 'iCloud'],
  ...['iPhone', 'iTunes', 'iPad', 'macOS', 'tvOS', 'visionOS', 'watchOS', 'iOS', 'L2TP', 'VoIP', 'QoS'],
].sort((a, b) => b.length - a.length)
const wholeWords = new RegExp(`(${whole.join('|')})(?=$|[^a-z]|i[A-Z])`, 'g')

/** A label that a person can read, made from the name of a key: `allowScreenShot` → “Allow screen shot”. */
export function labelOf(name: string): string {
  const words = name
    .replace(/^com\.apple\.|_STR$/g, '')
    .replaceAll(wholeWords, ' $1 ')
    .split(/[\s._/:-]+/)
    .flatMap(part =>
      whole.includes(part)
        ? [part]
        : (part.match(/[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\sA-Za-z\d]+/g) ?? []),
    )
    .flatMap(apart)
  const said = words.map((word, i) => {
    const own = spelled.get(word.toLowerCase())
    if (own) return own
    return i === 0 ? word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase() : word.toLowerCase()
  })
  return said.join(' ') || name
}

/** Two words in capitals that stand side by side: `VPNUUID`. */
function apart(word: string): string[] {
  if (!/^[A-Z]{5,}$/.test(word) || spelled.has(word.toLowerCase())) return [word]
  for (let at = 2; at < word.length - 1; at++) {
    const pair = [word.slice(0, at), word.slice(at)]
    if (pair.every(w => spelled.has(w.toLowerCase()))) return pair
  }
  return [word]
}
