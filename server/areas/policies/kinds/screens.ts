import type { Finding, Json } from '../kind.ts'
import { define, fault, isValues, missing, type Values } from './define.ts'
import { address, flag, group, needed, one, plain, several, text } from './form.ts'

/** What a locked device says to whoever finds it. */
export const lockScreen = define({
  kind: 'lock-screen',
  merge: 'settings',
  keys: { message: text(500, { long: true }), assetTag: text(200) },
  honors: { message: 'i9.3S! m10.7! a7 w10 l~desktop-session', assetTag: 'i9.3S! m10.7! a7 w10' },
})

const appId = plain(200, { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/ })
const icon = {
  type: needed(one(['app', 'link'])),
  app: appId,
  url: address(),
}
const row = group({
  ...icon,
  type: needed(one(['app', 'link', 'folder'])),
  name: plain(100, { when: { type: ['folder'] } }),
  pages: several(several(group(icon), 40), 10, { when: { type: ['folder'] } }),
})

/** Where which app is on the home screen; people cannot move them. */
export const homeScreen = define({
  kind: 'home-screen',
  merge: 'settings',
  keys: { dock: several(row, 20), pages: needed(several(several(row, 60), 20)) },
  honors: { '': 'i9.3S! m-vendor-kind t11S a5~launcher-needed', dock: 'i9.3S! m-vendor-kind a5~launcher-needed' },
  also: value => [...icons(value['dock'], '/dock'), ...pagesOf(value['pages'], '/pages'), ...twice(value)],
})

function pagesOf(value: Json | undefined, at: string): Finding[] {
  return Array.isArray(value) ? value.flatMap((page, n) => icons(page, `${at}/${n}`)) : []
}

const demanded: Readonly<Record<string, readonly string[]>> = { app: ['app'], link: ['url'], folder: ['name', 'pages'] }

function icons(value: Json | undefined, at: string): Finding[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each: Json, n) => {
    if (!isValues(each)) return []
    const found = missing(each, `${at}/${n}`, demanded[String(each['type'])] ?? [])
    return each['type'] === 'folder' ? [...found, ...pagesOf(each['pages'], `${at}/${n}/pages`)] : found
  })
}

/** An app has one place. */
function twice(value: Values): Finding[] {
  const seen = new Set<string>()
  const found: Finding[] = []
  const walk = (each: Json | undefined, at: string): void => {
    if (Array.isArray(each)) for (const [n, inner] of each.entries()) walk(inner, `${at}/${n}`)
    if (!isValues(each)) return
    const app = each['app']
    if (typeof app === 'string' && seen.has(app)) found.push(fault('home-screen.app-twice', `${at}/app`, { app }))
    if (typeof app === 'string') seen.add(app)
    walk(each['pages'], `${at}/pages`)
  }
  walk(value['dock'], '/dock')
  walk(value['pages'], '/pages')
  return found
}

const on = flag({ default: true })
const off = flag({ default: false })

/** One app in front, and no way out of it. */
export const singleApp = define({
  kind: 'single-app',
  merge: 'settings',
  keys: {
    app: needed(appId),
    touch: on,
    rotation: on,
    volumeButtons: on,
    ringerSwitch: on,
    sleepButton: on,
    autoLock: on,
    screenReader: off,
    zoom: off,
    invertColors: off,
    assistiveTouch: off,
    speakSelection: off,
    monoAudio: off,
    voiceControl: off,
    userMayChange: several(one(['screen-reader', 'zoom', 'invert-colors', 'assistive-touch', 'voice-control']), 5),
  },
  honors: {
    app: 'i6S! t10.2S a5 w10~edition',
    touch: 'i7S! t10.2S',
    rotation: 'i7S!',
    volumeButtons: 'i7S! a5',
    ringerSwitch: 'i7S!',
    sleepButton: 'i7S! a5',
    autoLock: 'i7S! t10.2S a5',
    screenReader: 'i7S! t10.2S',
    zoom: 'i7S! t10.2S',
    invertColors: 'i7S! t10.2S',
    assistiveTouch: 'i7S!',
    speakSelection: 'i7S!',
    monoAudio: 'i7S!',
    voiceControl: 'i13S!',
    userMayChange: 'i7S! t10.2S',
  },
})
