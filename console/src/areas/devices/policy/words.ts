import type { DeviceItem, EffectiveSetting, ItemState, Miss, NamedReach, Stuck } from '../../../contract/effective.ts'
import type { Json } from '../../../contract/policies.ts'
import type { Voice } from '../../../i18n/index.tsx'
import type { Values } from '../../../i18n/messages.ts'
import { kindNames, platformNames } from '../../../kit/platforms.ts'
import { sayHonor } from '../../../kit/PreviewRemarks.tsx'
import { sayItem, sayKey, sayKind, sayValue } from '../../../kit/values.tsx'

/** States in which something is on its way by itself. */
export const underWay: readonly ItemState[] = ['wanted', 'sent', 'removing', 'waiting']

/** What keeps an item back, in words, and what to do about it. */
export function sayStuck(voice: Voice, stuck: Stuck): { text: string; next: string } {
  const { code } = stuck
  const facts: Values = Object.fromEntries(
    Object.entries(stuck.facts).map(([name, value]) => [name, typeof value === 'number' ? value : String(value ?? '')]),
  )
  for (const key of [`explained.${code}`, `explained.apple.${code}`])
    if (voice.has(key)) {
      const next = `${key}.next`
      return { text: voice.tell(key, facts), next: voice.has(next) ? voice.tell(next, facts) : '' }
    }
  return { text: voice.has(`honor.${code}`) || code.startsWith('honor.') ? sayHonor(voice, code) : code, next: '' }
}

/** What a setting of an item is called; an item that is taken whole by its own name, an app by its name. */
export function saySetting(voice: Voice, item: Pick<DeviceItem, 'item' | 'kind' | 'settings'>, key: string): string {
  if (key === '') return sayItem(voice, item.item)
  const app = item.kind === 'app' ? item.settings.find(one => one.key === 'app')?.value : undefined
  const name = typeof app === 'string' ? voice.nameOf?.(app) : undefined
  if (name === undefined) return sayKey(voice, item.kind, key)
  return key === 'presence' ? name : voice.t('effective.ofApp', { app: name, setting: sayKey(voice, item.kind, key) })
}

/** A value in a line; of a group of values the first few that are plain. */
export function sayWhole(voice: Voice, kind: string, key: string, value: Json): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return sayValue(voice, key, value, kind)
  // A form of a value, such as a secret or a variable, is said as what it is.
  if (Object.keys(value).some(name => name.startsWith('$'))) return sayValue(voice, key, value, kind)
  const plain = Object.entries(value).filter(
    ([name, one]) => one !== null && typeof one !== 'object' && !/UUID|Identifier$/.test(name),
  )
  if (plain.length === 0) return sayValue(voice, key, value)
  const shown = plain
    .slice(0, 3)
    .map(([name, one]) => `${sayKey(voice, kind, name)}: ${sayValue(voice, name, one, kind)}`)
  return voice.f.list(shown)
}

/** What says something, by how near it is: this device, its person, a group, a unit. */
export function sayReach({ t }: Voice, { level, name }: NamedReach): string {
  if (level === 'device') return t('why.level.device')
  if (level === 'trial') return t('why.level.trial')
  if (level === 'user') return name ?? t('why.level.user')
  if (level === 'group') return name === null ? t('why.level.otherGroup') : t('why.level.group', { name })
  return name ?? t('why.level.otherUnit')
}

/** Why this value and no other, in two words. */
export function sayDecided({ t }: Voice, { decided, from }: EffectiveSetting): string {
  const [first] = from
  if (first?.reach.level === 'trial') return t('because.trial')
  if (decided === 'nearest') {
    const level = first?.reach.level ?? 'unit'
    if (level === 'device') return t('because.device')
    if (level === 'user') return t('because.user')
    if (level === 'group') return t('because.group')
    return t('because.nearest')
  }
  if (decided === 'same') return t('because.same', { n: from.length })
  if (decided === 'strictest') return t('because.strictest')
  if (decided === 'union') return t('because.union', { n: from.length })
  return t('because.only')
}

/** Which condition keeps a device out, in a sentence. */
export function sayMiss(voice: Voice, { why, asked, is }: Miss): string {
  const key = `miss.${why}`
  if (!voice.has(key)) return why
  const said = (text: string | null) => {
    if (text === null) return ''
    if (why === 'not-yet' || why === 'over') return voice.f.dateTime(Number(text))
    const names: Record<string, string> = { ...platformNames, ...kindNames }
    if (why === 'platform') return voice.f.either(text.split(/[,|] ?/).map(one => names[one] ?? one))
    if (why === 'ownership')
      return voice.f.either(
        text.split(/[,|] ?/).map(one => {
          const owned = `device.ownership.${one}`
          return voice.has(owned) ? voice.t(owned) : one
        }),
      )
    return text
  }
  return voice.tell(key, { asked: said(asked), is: said(is), named: asked === null ? 'no' : 'yes' })
}

export { sayItem, sayKind }
