import type { Json } from '../../../areas/policies/index.ts'
import { flagOf, given, isValues, itemsOf, textOf, textsOf, wholeOf, type Writer } from './pen.ts'
import { sinceOn } from './target.ts'

/** Encryption of what is stored. Devices that always encrypt are only as safe as the passcode that guards the key, so they are told to have one. */
export const encryption: Writer = (value, pen) => {
  const required = flagOf(value['required']) === true
  if (pen.on.platform === 'tvos') return { refused: 'no-such-setting' }
  if (pen.on.platform !== 'macos') {
    if (!required) return { refused: 'no-such-setting' }
    if (pen.on.enrollment === 'shared-ipad') return { refused: 'not-in-this-enrollment' }
    pen.add('com.apple.mobiledevice.passwordpolicy', 'passcode', { forcePIN: true }, 'Encryption')
    return { displayName: 'Encryption' }
  }
  if (pen.on.enrollment === 'user-enrollment') return { refused: 'not-in-this-enrollment' }
  if (required) {
    const setup = flagOf(value['atSetup'])
    pen.add(
      'com.apple.MCX.FileVault2',
      'disk',
      given({
        Enable: 'On',
        // The person's password is needed, and nobody but they have it: it turns on when they next sign in.
        Defer: true,
        UseRecoveryKey: true,
        // It is kept here, and a key on a slip of paper opens the disk for whoever finds it.
        ShowRecoveryKey: false,
        DeferForceAtUserLoginMaxBypassAttempts: wholeOf(value['deferrals']),
        ForceEnableInSetupAssistant: setup !== undefined && sinceOn(pen.on, { macos: '14' }) ? setup : undefined,
      }),
      'Encryption',
    )
    const certificate = { PayloadContent: pen.recipient() }
    const uuid = pen.add('com.apple.security.pkcs1', 'recipient', certificate, 'Recovery keys')
    const where = { Location: 'Your organization keeps the recovery key.', EncryptCertPayloadUUID: uuid }
    pen.add('com.apple.security.FDERecoveryKeyEscrow', 'escrow', where, 'Recovery key')
  }
  const off = flagOf(value['turningOff'])
  if (off === false) pen.add('com.apple.MCX', 'disk-stays', { dontAllowFDEDisable: true }, 'Encryption stays on')
  return required || off === false ? { displayName: 'Encryption' } : { refused: 'no-such-setting' }
}

/** What a locked device says. */
export const lockScreen: Writer = (value, pen) => {
  const { platform, supervised } = pen.on
  const message = textOf(value['message'])
  const assetTag = textOf(value['assetTag'])
  if (platform === 'tvos' || (message === undefined && assetTag === undefined)) return { refused: 'no-such-setting' }
  if (pen.on.enrollment === 'user-enrollment') return { refused: 'not-in-this-enrollment' }
  if (platform === 'macos') {
    const said = [message, assetTag].filter(text => text !== undefined).join('\n')
    pen.add('com.apple.loginwindow', 'lock-screen', { LoginwindowText: said }, 'Lock screen')
    return { displayName: 'Lock screen' }
  }
  if (supervised !== true) return { refused: 'needs-supervision' }
  const content = given({ LockScreenFootnote: message, AssetTagInformation: assetTag })
  pen.add('com.apple.shareddeviceconfiguration', 'lock-screen', content, 'Lock screen')
  return { displayName: 'Lock screen', needsSupervision: true }
}

/** Which sites may be opened. */
export const webFilter: Writer = (value, pen) => {
  const { platform, supervised } = pen.on
  if (platform === 'macos' || platform === 'tvos') return { refused: 'no-such-setting' }
  if (supervised !== true) return { refused: 'needs-supervision' }
  const only = itemsOf(value['only']).flatMap(site =>
    isValues(site) ? [{ URL: withScheme(textOf(site['url']) ?? ''), Title: textOf(site['title']) ?? '' }] : [],
  )
  const now = sinceOn(pen.on, { ios: '14.5' })
  const deny = some(textsOf(value['deny']).map(withScheme))
  const hide = flagOf(value['hideDenied'])
  pen.add(
    'com.apple.webcontent-filter',
    'web-filter',
    given({
      FilterType: 'BuiltIn',
      AutoFilterEnabled: flagOf(value['adult']) ?? false,
      PermittedURLs: some(textsOf(value['allow']).map(withScheme)),
      [now ? 'DenyListURLs' : 'BlacklistedURLs']: deny,
      [now ? 'AllowListBookmarks' : 'WhitelistedBookmarks']: some(only),
      HideDenyListURLs: hide !== undefined && sinceOn(pen.on, { ios: '18' }) ? hide : undefined,
    }),
    'Web filter',
  )
  return { displayName: 'Web filter', needsSupervision: true }
}

function withScheme(url: string): string {
  return /^https?:\/\//i.test(url) ? url : `https://${url}`
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}

/** The org's own domains. */
export const managedDomains: Writer = (value, pen) => {
  const { platform, supervised } = pen.on
  if (platform === 'tvos') return { refused: 'no-such-setting' }
  if (pen.on.enrollment === 'user-enrollment') return { refused: 'not-in-this-enrollment' }
  const mac = platform === 'macos'
  const leave = (key: string, is: Json | undefined, reason: string): undefined => {
    if (is !== undefined) pen.leaveOut(key, reason)
    return undefined
  }
  const { web, mail, passwordAutoFill: fill, crossSiteTracking: across } = value
  const newer = sinceOn(pen.on, { ios: '16.2', macos: '13.1' })
  const known = supervised === true || mac
  const content = given({
    WebDomains: mac ? leave('web', web, 'no-such-setting') : some(textsOf(web)),
    EmailDomains: some(textsOf(mail)),
    SafariPasswordAutoFillDomains: mac
      ? leave('passwordAutoFill', fill, 'no-such-setting')
      : known
        ? some(textsOf(fill))
        : leave('passwordAutoFill', fill, 'needs-supervision'),
    CrossSiteTrackingPreventionRelaxedDomains: !newer
      ? leave('crossSiteTracking', across, 'needs-newer-os')
      : known
        ? some(textsOf(across))
        : leave('crossSiteTracking', across, 'needs-supervision'),
  })
  if (Object.keys(content).length === 0) return { refused: 'no-such-setting' }
  pen.add('com.apple.domains', 'domains', content, 'Managed domains')
  return { displayName: 'Managed domains' }
}
