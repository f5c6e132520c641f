import type { Dict } from '@muster/wire/plist/plist.ts'
import type { Json } from '../../../areas/policies/index.ts'
import { flagOf, given, isValues, itemsOf, type Pen, textOf, textsOf, type Values, type Writer } from './pen.ts'
import { sinceOn } from './target.ts'

/** Where which app is. */
export const homeScreen: Writer = (value, pen) => {
  const refused = refusalOf(pen)
  if (refused) return { refused }
  pen.add(
    'com.apple.homescreenlayout',
    'home-screen',
    given({
      Dock: Array.isArray(value['dock']) ? iconsOf(value['dock']) : undefined,
      Pages: itemsOf(value['pages']).map(iconsOf),
    }),
    'Home screen',
  )
  return { displayName: 'Home screen', needsSupervision: true }
}

function refusalOf({ on }: Pen): string | null {
  if (on.platform === 'macos') return 'no-such-setting'
  if (on.enrollment === 'user-enrollment') return 'not-in-this-enrollment'
  return on.supervised === true ? null : 'needs-supervision'
}

function iconsOf(row: Json): Dict[] {
  return itemsOf(row).flatMap(icon => (isValues(icon) ? [iconOf(icon)] : []))
}

function iconOf(icon: Values): Dict {
  if (icon['type'] === 'folder')
    return { Type: 'Folder', DisplayName: textOf(icon['name']) ?? '', Pages: itemsOf(icon['pages']).map(iconsOf) }
  if (icon['type'] === 'link') return { Type: 'WebClip', URL: textOf(icon['url']) ?? '' }
  return { Type: 'App', BundleID: textOf(icon['app']) ?? '' }
}

/** What is turned off while one app is in front; ours say what stays on. */
const disabled: Readonly<Record<string, string>> = {
  touch: 'DisableTouch',
  rotation: 'DisableDeviceRotation',
  volumeButtons: 'DisableVolumeButtons',
  ringerSwitch: 'DisableRingerSwitch',
  sleepButton: 'DisableSleepWakeButton',
  autoLock: 'DisableAutoLock',
}
const enabled: Readonly<Record<string, string>> = {
  screenReader: 'EnableVoiceOver',
  zoom: 'EnableZoom',
  invertColors: 'EnableInvertColors',
  assistiveTouch: 'EnableAssistiveTouch',
  speakSelection: 'EnableSpeakSelection',
  monoAudio: 'EnableMonoAudio',
  voiceControl: 'EnableVoiceControl',
}
const mayChange: Readonly<Record<string, string>> = {
  'screen-reader': 'VoiceOver',
  zoom: 'Zoom',
  'invert-colors': 'InvertColors',
  'assistive-touch': 'AssistiveTouch',
  'voice-control': 'VoiceControl',
}
/** All that a television has of them. */
const onTv = new Set([
  'DisableTouch',
  'DisableAutoLock',
  'EnableVoiceOver',
  'EnableZoom',
  'EnableInvertColors',
  'VoiceOver',
  'Zoom',
  'InvertColors',
])

/** One app in front. */
export const singleApp: Writer = (value, pen) => {
  const refused = refusalOf(pen)
  if (refused) return { refused }
  const able = (word: string): boolean => {
    if (pen.on.platform === 'tvos') return onTv.has(word)
    return !word.endsWith('VoiceControl') || sinceOn(pen.on, { ios: '13' })
  }
  const options: Dict = {}
  for (const [key, is] of Object.entries(value)) {
    const word = disabled[key] ?? enabled[key]
    const flag = flagOf(is)
    if (word === undefined || flag === undefined) continue
    if (able(word)) options[word] = disabled[key] === undefined ? flag : !flag
    else pen.leaveOut(key, 'no-such-setting')
  }
  const theirs = textsOf(value['userMayChange'])
    .flatMap(one => mayChange[one] ?? [])
    .filter(able)
  pen.add(
    'com.apple.app.lock',
    'single-app',
    {
      App: given({
        Identifier: textOf(value['app']),
        Options: Object.keys(options).length > 0 ? options : undefined,
        UserEnabledOptions: theirs.length > 0 ? Object.fromEntries(theirs.map(word => [word, true])) : undefined,
      }),
    },
    'Single app',
  )
  return { displayName: 'Single app', needsSupervision: true }
}
