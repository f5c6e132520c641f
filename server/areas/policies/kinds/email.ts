import type { Finding, Json } from '../kind.ts'
import { define, fault, isValues, missing, type Values, warning } from './define.ts'
import { address, flag, group, host, needed, one, plain, port, secret, text } from './form.ts'
import { checkSource, ownCertificate } from './identity.ts'

const mailbox = ['imap', 'pop'] as const
const authentication = one(['password', 'cram-md5', 'ntlm', 'http-md5', 'none'], { default: 'password' })

const server = {
  server: needed(host()),
  port: port(),
  tls: flag({ default: true }),
  authentication,
  username: text(254),
  password: secret(),
}

const exchange = group(
  {
    server: host(),
    tls: flag({ default: true }),
    username: text(254),
    password: secret(),
    oauth: flag({ default: false }),
    signInUrl: address(),
    tokenUrl: address(),
    identity: ownCertificate(),
    syncDays: one(['1', '3', '7', '14', '31', 'all'], { default: '7' }),
    mail: flag({ default: true }),
    contacts: flag({ default: true }),
    calendars: flag({ default: true }),
    reminders: flag({ default: true }),
    notes: flag({ default: true }),
  },
  { when: { protocol: ['exchange'] } },
)

/** An account for mail, and with Exchange for contacts and calendars. */
export const email = define({
  kind: 'email',
  merge: 'instances',
  identity: 'name',
  keys: {
    name: needed(plain(100)),
    protocol: needed(one([...mailbox, 'exchange'])),
    address: needed(text(254)),
    displayName: text(200, { when: { protocol: mailbox } }),
    incoming: group({ ...server, pathPrefix: plain(200) }, { when: { protocol: mailbox } }),
    outgoing: group({ ...server, samePassword: flag({ default: false }) }, { when: { protocol: mailbox } }),
    exchange,
    moving: flag({ default: true }),
    otherApps: flag({ default: true }),
    recents: flag({ default: true }),
    largeAttachments: flag({ default: false }),
  },
  honors: {
    '': 'i4 m10.7~user-channel a5~exchange-only',
    displayName: 'i4 m10.7',
    incoming: 'i4 m10.7~user-channel',
    outgoing: 'i4 m10.7~user-channel',
    moving: 'i5',
    otherApps: 'i5',
    recents: 'i6',
    largeAttachments: 'i9.2 m10.12~user-channel',
    'exchange/oauth': 'i12 m10.14~user-channel a5',
    'exchange/tokenUrl': 'i13',
    'exchange/signInUrl': 'i13 m10.14~user-channel',
    'exchange/identity': 'i4 m10.12~user-channel a5',
    'exchange/syncDays': 'i4 a5',
    'exchange/mail': 'i13',
    'exchange/contacts': 'i13',
    'exchange/calendars': 'i13',
    'exchange/reminders': 'i13',
    'exchange/notes': 'i13',
  },
  also: value => [...checkProtocol(value), ...checkOutgoing(value['outgoing']), ...checkExchange(value['exchange'])],
})

function checkProtocol(value: Values): Finding[] {
  const [wanted, other] =
    value['protocol'] === 'exchange'
      ? [['exchange'], ['incoming', 'outgoing']]
      : [['incoming', 'outgoing'], ['exchange']]
  const extra = other.filter(key => value[key] !== undefined)
  return [
    ...missing(value, '', wanted),
    ...extra.map(key => fault('email.not-with-protocol', `/${key}`)),
    ...inTheClear(value),
  ]
}

/** Mail and passwords that anybody on the way can read. */
function inTheClear(value: Values): Finding[] {
  return ['incoming', 'outgoing', 'exchange'].flatMap(part => {
    const of = value[part]
    return isValues(of) && of['tls'] === false ? [warning('email.in-the-clear', `/${part}/tls`)] : []
  })
}

function checkOutgoing(value: Json | undefined): Finding[] {
  return isValues(value) && value['samePassword'] === true && value['password'] !== undefined
    ? [fault('email.two-passwords', '/outgoing/password')]
    : []
}

function checkExchange(value: Json | undefined): Finding[] {
  if (!isValues(value)) return []
  const found = checkSource(value['identity'], '/exchange/identity')
  return value['oauth'] === true && value['password'] !== undefined
    ? [...found, fault('email.oauth-or-password', '/exchange/password')]
    : found
}
