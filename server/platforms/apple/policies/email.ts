import type { Dict } from '@muster/wire/plist/plist.ts'
import { addIdentity, sourceIn } from './certificates.ts'
import { flagOf, given, isValues, type Pen, textOf, type Values, wholeOf, type Writer } from './pen.ts'
import { sinceOn } from './target.ts'

const authentication: Readonly<Record<string, string>> = {
  password: 'EmailAuthPassword',
  'cram-md5': 'EmailAuthCRAMMD5',
  ntlm: 'EmailAuthNTLM',
  'http-md5': 'EmailAuthHTTPMD5',
  none: 'EmailAuthNone',
}

/** An account for mail. On a Mac and on a shared iPad accounts belong to people, so it goes by the channel of the account that is signed in. */
export const email: Writer = (value, pen, instance) => {
  const { platform, channels } = pen.on
  if (platform === 'tvos') return { refused: 'no-such-setting' }
  const personal = platform === 'macos' || pen.on.enrollment === 'shared-ipad'
  if (personal && !channels.user) return { refused: 'needs-user-channel' }
  const name = instance ?? textOf(value['name']) ?? 'Mail'
  const exchange = isValues(value['exchange']) ? value['exchange'] : null
  if (value['protocol'] !== 'exchange') pen.add('com.apple.mail.managed', 'mail', mailbox(value, name, pen), name)
  else if (platform === 'macos') addMacExchange(value, exchange ?? {}, name, pen)
  else addExchange(value, exchange ?? {}, name, pen)
  return { displayName: name, channel: personal ? 'user' : 'device' }
}

function mailbox(value: Values, name: string, pen: Pen): Dict {
  const { incoming, outgoing } = value
  const inbound = isValues(incoming) ? incoming : {}
  const outbound = isValues(outgoing) ? outgoing : {}
  return given({
    EmailAccountDescription: name,
    EmailAccountName: textOf(value['displayName']),
    EmailAccountType: value['protocol'] === 'pop' ? 'EmailTypePOP' : 'EmailTypeIMAP',
    EmailAddress: textOf(value['address']),
    IncomingMailServerHostName: textOf(inbound['server']),
    IncomingMailServerPortNumber: wholeOf(inbound['port']),
    IncomingMailServerUseSSL: flagOf(inbound['tls']) ?? true,
    IncomingMailServerAuthentication: authenticationOf(inbound),
    IncomingMailServerUsername: textOf(inbound['username']),
    IncomingPassword: pen.secret(inbound['password']),
    IncomingMailServerIMAPPathPrefix: textOf(inbound['pathPrefix']),
    OutgoingMailServerHostName: textOf(outbound['server']),
    OutgoingMailServerPortNumber: wholeOf(outbound['port']),
    OutgoingMailServerUseSSL: flagOf(outbound['tls']) ?? true,
    OutgoingMailServerAuthentication: authenticationOf(outbound),
    OutgoingMailServerUsername: textOf(outbound['username']),
    OutgoingPassword: pen.secret(outbound['password']),
    OutgoingPasswordSameAsIncomingPassword: flagOf(outbound['samePassword']),
    ...handling(value, pen),
  })
}

function authenticationOf(server: Values): string {
  return authentication[String(server['authentication'] ?? 'password')] ?? 'EmailAuthPassword'
}

/** What may be done with the account's mail; `Prevent…` and `disable…` say the opposite of ours. */
function handling(value: Values, pen: Pen): Dict {
  const mailDrop = flagOf(value['largeAttachments'])
  const shared = {
    allowMailDrop: mailDrop !== undefined && sinceOn(pen.on, { ios: '9.2', macos: '10.12' }) ? mailDrop : undefined,
  }
  if (pen.on.platform === 'macos') return given(shared)
  return given({
    PreventMove: opposite(flagOf(value['moving'])),
    PreventAppSheet: opposite(flagOf(value['otherApps'])),
    disableMailRecentsSyncing: opposite(flagOf(value['recents'])),
    ...shared,
  })
}

function opposite(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value
}

const services: readonly (readonly [ours: string, theirs: string])[] = [
  ['mail', 'EnableMail'],
  ['contacts', 'EnableContacts'],
  ['calendars', 'EnableCalendars'],
  ['reminders', 'EnableReminders'],
  ['notes', 'EnableNotes'],
]

function addExchange(value: Values, exchange: Values, name: string, pen: Pen): void {
  const source = sourceIn(exchange['identity'])
  const certificate = source ? addIdentity(pen, source, 'identity', `${name} certificate`) : undefined
  const days = exchange['syncDays']
  const since13 = sinceOn(pen.on, { ios: '13' })
  pen.add(
    'com.apple.eas.account',
    'exchange',
    given({
      EmailAddress: textOf(value['address']),
      Host: textOf(exchange['server']),
      SSL: flagOf(exchange['tls']) ?? true,
      UserName: textOf(exchange['username']),
      Password: pen.secret(exchange['password']),
      OAuth: flagOf(exchange['oauth']),
      OAuthSignInURL: since13 ? textOf(exchange['signInUrl']) : undefined,
      OAuthTokenRequestURL: since13 ? textOf(exchange['tokenUrl']) : undefined,
      PayloadCertificateUUID: certificate,
      MailNumberOfPastDaysToSync: days === undefined ? undefined : days === 'all' ? 0 : wholeOf(days),
      ...(since13 ? given(Object.fromEntries(services.map(([ours, theirs]) => [theirs, flagOf(exchange[ours])]))) : {}),
      ...handling(value, pen),
    }),
    name,
  )
}

function addMacExchange(value: Values, exchange: Values, name: string, pen: Pen): void {
  const source = sourceIn(exchange['identity'])
  const certificate = source ? addIdentity(pen, source, 'identity', `${name} certificate`) : undefined
  pen.add(
    'com.apple.ews.account',
    'exchange',
    given({
      EmailAddress: textOf(value['address']),
      Host: textOf(exchange['server']),
      SSL: flagOf(exchange['tls']) ?? true,
      UserName: textOf(exchange['username']),
      Password: pen.secret(exchange['password']),
      OAuth: flagOf(exchange['oauth']),
      OAuthSignInURL: textOf(exchange['signInUrl']),
      AuthenticationCertificateUUID: certificate,
      ...handling(value, pen),
    }),
    name,
  )
}
