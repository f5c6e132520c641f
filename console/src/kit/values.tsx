import { labelOf } from '@muster/wire/apple/catalog/label.ts'
import { nameOf } from '@muster/wire/apple/catalog/names.ts'
import type { ReactNode } from 'react'
import type { Json } from '../contract/policies.ts'
import type { Voice } from '../i18n/index.tsx'

/** A key as people read it: our own label where there is one, else its name taken apart into words. */
export function sayKey(voice: Voice, kind: string, key: string): string {
  const last = key.slice(key.lastIndexOf('/') + 1)
  const shared = key.includes('identity/') ? 'identity' : kind
  for (const own of [`setting.${kind}.${key.replaceAll('/', '.')}`, `setting.${shared}.${last}`])
    if (voice.has(own)) return voice.t(own)
  return labelOf(last)
}

/** What a kind is called: our own word for kinds of ours, the catalog's name for the vendor's. */
export function sayKind(voice: Voice, kind: string): string {
  const own = `policyKind.${kind}`
  if (voice.has(own)) return voice.t(own)
  const [, family, id] = /^apple\.(payload|declaration):(.+)$/.exec(kind) ?? []
  if (id === undefined) return labelOf(kind)
  return nameOf({ family: family === 'payload' ? 'payload' : 'declaration', id })
}

/** An item by its kind and, of several, by its own name. */
export function sayItem(voice: Voice, item: string): string {
  const [kind = item, ...instance] = item.split('#')
  return instance.length === 0 ? sayKind(voice, kind) : `${sayKind(voice, kind)} ${instance.join('#')}`
}

const longest = 60

/** A value in one short line of words; forms of the value (variables, secrets, bytes) by what they are. */
export function sayValue(voice: Voice, key: string, value: Json, kind = ''): string {
  const { t } = voice
  if (value === null) return t('value.none')
  if (typeof value === 'boolean') {
    if (allows(kind, key)) return t(value ? 'value.allowed' : 'value.notAllowed')
    return t(value ? 'value.on' : 'value.off')
  }
  if (typeof value === 'number') return sayNumber(voice, key, value)
  if (typeof value === 'string') {
    const option = `choice.${kind}.${key.replaceAll('/', '.')}.${value}`
    return voice.has(option) ? voice.t(option) : value === '' ? t('value.empty') : short(voice.nameOf?.(value) ?? value)
  }
  if (Array.isArray(value)) return sayList(voice, key, value)
  return sayObject(voice, key, value as Readonly<Record<string, Json>>)
}

const lengths: readonly [RegExp, number][] = [
  [/Seconds$/, 1000],
  [/Minutes$/, 60_000],
  [/Days$/, 86_400_000],
]

/** A number; where its key ends in a unit of time, with that. */
function sayNumber({ f }: Voice, key: string, value: number): string {
  const each = lengths.find(([ending]) => ending.test(key))?.[1]
  return each === undefined || value <= 0 ? f.number(value) : f.span(value * each)
}

function sayList(voice: Voice, key: string, list: readonly Json[]): string {
  const plain = list.every(one => one === null || typeof one !== 'object')
  if (list.length === 0) return voice.t('value.emptyList')
  if (!plain || list.length > 4) return voice.t('value.entries', { n: list.length })
  return short(voice.f.list(list.map(one => sayValue(voice, key, one))))
}

function sayObject(voice: Voice, key: string, value: Readonly<Record<string, Json>>): string {
  const { t } = voice
  if (typeof value['$var'] === 'string') return `{${value['$var']}}`
  if (Array.isArray(value['$text']))
    return short(value['$text'].map((piece: Json) => sayValue(voice, key, piece)).join(''))
  if ('$secret' in value || '$newSecret' in value) return t('value.secret')
  if (typeof value['$data'] === 'string') return t('value.bytes', { n: Math.floor((value['$data'].length * 3) / 4) })
  if (typeof value['$date'] === 'string') return voice.f.dateTime(Date.parse(value['$date']))
  if ('$real' in value) return String(value['$real'])
  if (typeof value['$long'] === 'number') return t('value.long', { n: value['$long'] })
  return t('value.fields', { n: Object.keys(value).length })
}

/** Whether true means that something is allowed, rather than on. */
export const allows = (kind: string, key: string): boolean =>
  /^(allow|permit)/i.test(key) || (kind === 'restrictions' && !key.startsWith('require'))

const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)

/** What a key was and will be: the old struck through, the new bold. */
export function Change(props: { voice: Voice; kind: string; name: string; before: Json; after: Json }): ReactNode {
  const { voice, kind, name, before, after } = props
  return (
    <>
      {before !== null && (
        <>
          <s className="muted">{sayValue(voice, name, before, kind)}</s> <span aria-hidden="true">→</span>{' '}
        </>
      )}
      {after === null ? (
        <span className="muted">{voice.t('value.noLonger')}</span>
      ) : (
        <b>{sayValue(voice, name, after, kind)}</b>
      )}
    </>
  )
}
