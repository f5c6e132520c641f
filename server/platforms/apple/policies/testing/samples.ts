import type { Json } from '../../../../areas/policies/index.ts'

const root = `-----BEGIN CERTIFICATE-----
MIIBrDCCAVOgAwIBAgIUGBMKk1IHelDgOUMoH814nci6f9gwCgYIKoZIzj0EAwIw
LDEYMBYGA1UEAwwPSGF2c3RlbiBSb290IENBMRAwDgYDVQQKDAdIYXZzdGVuMB4X
DTI2MTEyNzAzMTcwN1oXDTM2MTEyNDAzMTcwN1owLDEYMBYGA1UEAwwPSGF2c3Rl
biBSb290IENBMRAwDgYDVQQKDAdIYXZzdGVuMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEwXeknu+FKjKViV/BDeANYlCtmEsTfxT6cNZOui+RxJIwATvs6Y9P5jCk
x37shJ1XN6X4MkpVicTWOWcVIQPtNKNTMFEwHQYDVR0OBBYEFDeRRRN0/qbBlKnX
8BAOWg2zO0ZHMB8GA1UdIwQYMBaAFDeRRRN0/qbBlKnX8BAOWg2zO0ZHMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgENuvGuszk0fG9s49uO7SlXck
CHx+CmiLZB9kp5IGm/cCIEmKVlHDYxmwILU6ujty0BanYqXfKbk6Z4HFr0+0YWcK
-----END CERTIFICATE-----
`
const secret = { $secret: 'sec_1' }
const own = {
  source: 'built-in',
  organization: 'Havsten',
  organizationalUnit: 'IT',
  email: 'a@havsten.example',
  dnsName: 'a.havsten.example',
}
const foreign = {
  source: 'scep',
  url: 'https://ca.example/scep',
  authorityName: 'Example',
  challenge: secret,
  commonName: 'TYO-1',
  fingerprint: 'aa'.repeat(32),
  keyBits: '4096',
  uri: 'urn:device:1',
  principalName: 'a@havsten.example',
  extractable: false,
  allApps: true,
}

const outside = { camera: false, screenCapture: false, nearbySharing: false, assistant: false, cloudDocuments: false }
const always = [{ days: ['mon', 'sun'], from: '22:00', to: '06:00' }]
const when = { zone: 'Asia/Tokyo', calendars: [`cal_${'0'.repeat(32)}`], holidays: ['2026-12-24'] }
const clip = { label: 'Ask for time', url: 'https://muster.example/my' }

/** Values of every kind of ours, as they are when their variables are filled in: between them they say every key. */
export const samples: readonly (readonly [kind: string, value: Json, instance?: string])[] = [
  [
    'work-time',
    { windows: always, ...when, ...outside, appInstallation: false, allowedApps: ['com.example.a'], ask: clip },
  ],
  [
    'passcode',
    {
      required: true,
      minLength: 8,
      alphanumeric: true,
      minComplexCharacters: 1,
      simple: false,
      maxAgeDays: 365,
      history: 5,
      maxFailedAttempts: 10,
      maxInactivityMinutes: 30,
      gracePeriodMinutes: 5,
      failedAttemptsResetMinutes: 15,
      changeAtNextSignIn: true,
    },
  ],
  ['wifi', { ssid: 'Guest', security: 'open', hidden: true, skipSignInPage: true }, 'Guest'],
  [
    'wifi',
    {
      ssid: 'Shop',
      security: 'wpa3',
      password: secret,
      autoJoin: false,
      privateAddress: false,
      proxy: { mode: 'manual', server: 'proxy.example', port: 3128, username: 'a', password: secret },
    },
    'Shop',
  ],
  [
    'wifi',
    {
      ssid: 'Corp',
      security: 'enterprise-wpa3',
      eap: { method: 'tls', identity: own, serverNames: ['radius.example'], anchors: [root], minimumTls: '1.3' },
      proxy: { mode: 'automatic', url: 'https://proxy.example/pac', directFallback: true },
    },
    'Corp',
  ],
  [
    'wifi',
    {
      ssid: 'Old',
      security: 'enterprise-wpa2',
      eap: { method: 'ttls', username: 'a', password: secret, inner: 'pap', outerIdentity: 'anonymous' },
    },
    'Old',
  ],
  [
    'email',
    {
      name: 'Mail',
      protocol: 'imap',
      address: 'a@havsten.example',
      displayName: 'A',
      incoming: { server: 'imap.example', port: 993, username: 'a', password: secret, pathPrefix: 'INBOX' },
      outgoing: {
        server: 'smtp.example',
        port: 587,
        tls: true,
        username: 'a',
        samePassword: true,
        authentication: 'cram-md5',
      },
      moving: false,
      otherApps: false,
      recents: false,
      largeAttachments: true,
    },
    'Mail',
  ],
  [
    'email',
    {
      name: 'Exchange',
      protocol: 'exchange',
      address: 'a@havsten.example',
      exchange: {
        server: 'outlook.example',
        username: 'a',
        oauth: true,
        signInUrl: 'https://login.example',
        tokenUrl: 'https://login.example/token',
        identity: own,
        syncDays: 'all',
        mail: true,
        contacts: true,
        calendars: true,
        reminders: false,
        notes: false,
      },
    },
    'Exchange',
  ],
  [
    'vpn',
    {
      name: 'Office',
      server: 'vpn.example',
      remoteId: 'vpn.example',
      localId: 'TYO-1',
      authentication: 'certificate',
      identity: foreign,
      mode: 'on-demand',
      onDemand: [
        { action: 'disconnect', networks: ['Corp'], interface: 'wifi' },
        {
          action: 'connect',
          dnsDomains: ['havsten.example'],
          dnsServers: ['10.0.0.1'],
          probe: 'https://intranet.example',
        },
      ],
      turningOff: false,
      anchors: [root],
      serverIssuer: 'Havsten Root CA',
      serverName: 'vpn.example',
      everything: true,
      localNetworks: false,
      dnsServers: ['10.0.0.1'],
      searchDomains: ['havsten.example'],
      matchDomains: ['havsten.example'],
      ike: { encryption: 'aes-256-gcm', integrity: 'sha2-384', group: '20', lifetimeMinutes: 600 },
      child: { encryption: 'chacha20-poly1305', integrity: 'sha2-256', group: '31' },
      perfectForwardSecrecy: true,
      revocationCheck: true,
      deadPeerDetection: 'high',
      mobility: false,
      mtu: 1400,
    },
    'Office',
  ],
  [
    'vpn',
    {
      name: 'Always',
      server: 'vpn.example',
      remoteId: 'vpn.example',
      localId: 'TYO-1',
      authentication: 'shared-secret',
      sharedSecret: secret,
      mode: 'always-on',
      app: 'org.example.tunnel',
      turningOff: false,
      signInPages: true,
    },
    'Always',
  ],
  [
    'vpn',
    {
      name: 'Apps',
      server: 'vpn.example',
      remoteId: 'vpn.example',
      localId: 'TYO-1',
      authentication: 'password',
      username: 'a',
      password: secret,
      mode: 'per-app',
      browserDomains: ['havsten.example'],
      mailDomains: ['havsten.example'],
    },
    'Apps',
  ],
  ['certificates', { name: 'Roots', certificates: [root] }, 'Roots'],
  ['identity', { name: 'Own', ...own }, 'Own'],
  ['identity', { name: 'Foreign', ...foreign }, 'Foreign'],
  ['encryption', { required: true, turningOff: false, deferrals: 3, atSetup: true }],
  [
    'os-update',
    {
      deferDays: 30,
      deferMajorDays: 60,
      minimum: Object.fromEntries(
        ['ios', 'ipados', 'macos', 'tvos'].map(p => [p, { version: '18.2', build: '22C152', by: '2026-12-01T12:00' }]),
      ),
      details: 'https://it.example/updates',
      downloads: 'always',
      installs: 'never',
      securityResponses: true,
      removingSecurityResponses: false,
      allNotices: false,
      window: { from: '22:00', to: '05:00' },
      freezes: [{ from: '11-20', to: '01-10' }],
      standardUsers: false,
      beta: false,
    },
  ],
  [
    'web-filter',
    {
      adult: true,
      deny: ['games.example', 'https://bets.example/x'],
      allow: ['library.example'],
      only: [{ title: 'Intranet', url: 'intranet.example' }],
      hideDenied: true,
    },
  ],
  ['lock-screen', { message: 'Found? Call 03-0000-0000 & ask for <IT>', assetTag: 'TYO-1' }],
  [
    'home-screen',
    {
      dock: [{ type: 'app', app: 'com.example.mail' }],
      pages: [
        [
          { type: 'link', url: 'https://intranet.example' },
          { type: 'folder', name: 'Tools', pages: [[{ type: 'app', app: 'com.example.tool' }]] },
        ],
      ],
    },
  ],
  [
    'single-app',
    {
      app: 'com.example.kiosk',
      touch: true,
      rotation: false,
      volumeButtons: false,
      ringerSwitch: false,
      sleepButton: false,
      autoLock: false,
      screenReader: true,
      zoom: true,
      invertColors: false,
      assistiveTouch: false,
      speakSelection: false,
      monoAudio: false,
      voiceControl: false,
      userMayChange: ['screen-reader', 'zoom', 'voice-control'],
    },
  ],
  [
    'managed-domains',
    {
      web: ['havsten.example'],
      mail: ['havsten.example'],
      passwordAutoFill: ['havsten.example'],
      crossSiteTracking: ['a.example'],
    },
  ],
  [
    'managed-open-in',
    {
      managedToPersonal: false,
      personalToManaged: false,
      personalReadsContacts: true,
      managedWritesContacts: true,
      clipboardFollows: true,
      nearbySharingIsPersonal: true,
    },
  ],
]
