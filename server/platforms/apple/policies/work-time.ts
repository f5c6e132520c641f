import { isValues, textOf, type Writer } from './pen.ts'
import { restrict, restrictionWords } from './restrictions.ts'

/**
 * What stays allowed whatever else is, so that nobody is locked out of help: calling, the settings (which show who manages the device), and web
 * clips, by which people ask for an exception.
 */
const alwaysAllowed = ['com.apple.mobilephone', 'com.apple.Preferences', 'com.apple.webapp']

const outside: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ['camera', 'screenCapture', 'nearbySharing', 'assistant', 'cloudDocuments', 'appInstallation', 'allowedApps'].map(
    key => [key, restrictionWords.restrictions[key] ?? []],
  ),
)

/** What remains outside working time. Whether it is outside is not asked here: inside, nothing is delivered. */
export const workTime: Writer = (value, pen) => {
  const apps = value['allowedApps']
  const said = Object.fromEntries(
    Object.entries({ ...value, ...(Array.isArray(apps) ? { allowedApps: [...apps, ...alwaysAllowed] } : {}) }).filter(
      ([key]) => Object.hasOwn(outside, key),
    ),
  )
  const draft = restrict(said, pen, { kind: 'work-time', words: outside, name: 'Outside working time' })
  const ask = value['ask']
  if ('refused' in draft || !isValues(ask) || pen.on.platform === 'macos') return draft
  if (pen.on.enrollment === 'shared-ipad') return draft
  const content = {
    Label: textOf(ask['label']) ?? '',
    URL: textOf(ask['url']) ?? '',
    FullScreen: true,
    IsRemovable: false,
  }
  pen.add('com.apple.webClip.managed', 'ask', content, content.Label)
  return draft
}
