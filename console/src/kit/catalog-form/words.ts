import {
  type Availability,
  availability,
  bySystem,
  type CatalogTarget,
  factsOn,
} from '@muster/wire/apple/catalog/available.ts'
import { type Artifact, systems, type SystemFacts, type SystemTable } from '@muster/wire/apple/catalog/catalog.ts'
import type { Finding } from '@muster/wire/apple/catalog/finding.ts'
import type { FormField } from '@muster/wire/apple/catalog/form.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { IconName } from '../Icon.tsx'

/** A finding of whoever looked at the value; codes have texts in four languages. */
export interface Remark {
  readonly severity: Finding['severity']
  readonly code: string
  readonly path: string
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
}

/** A remark as a sentence. */
export function sayRemark(voice: Voice, { code, facts }: Remark): string {
  const key = `finding.${code}`
  if (!voice.has(key)) return code
  return voice.tell(
    key,
    Object.fromEntries(Object.entries(facts ?? {}).map(([k, v]) => [k, v === null ? '' : String(v)])),
  )
}

/** The names of systems; they are the same in every language. */
const names = { ios: 'iOS', macos: 'macOS', tvos: 'tvOS', visionos: 'visionOS', watchos: 'watchOS' } as const

/** A small mark beside a setting. */
export interface Badge {
  readonly text: string
  /** It names a system. */
  readonly system?: true
  readonly icon?: IconName
}

/** Where a setting is available, as marks: every system with the version it came with, then what it asks of a device. */
export function badgesOf(voice: Voice, tables: readonly SystemTable[]): Badge[] {
  const { t } = voice
  const there = systems.flatMap(system => {
    const facts = factsOn(tables, system)
    return facts ? [{ system, facts }] : []
  })
  if (there.length === 0) return []
  const every = (test: (facts: SystemFacts) => boolean): boolean => there.every(({ facts }) => test(facts))
  const shared = every(f => f.supervised === true)
  const badges: Badge[] = there.map(({ system, facts }) => ({
    system: true as const,
    text: [
      `${names[system]} ${facts.introduced ?? ''}`.trim(),
      ...(facts.supervised && !shared ? [t('form.supervised')] : []),
      ...(facts.removed === undefined ? [] : [t('form.removed', { version: facts.removed })]),
      ...(facts.deprecated === undefined ? [] : [t('form.deprecated', { version: facts.deprecated })]),
    ].join(' · '),
  }))
  if (shared) badges.push({ text: t('form.supervised'), icon: 'shield' })
  if (every(f => f.deviceChannel === false && f.userChannel === true))
    badges.push({ text: t('form.userChannel'), icon: 'user' })
  if (there.some(({ facts }) => facts.userChannel === true && facts.deviceChannel === true))
    badges.push({ text: t('form.bothChannels') })
  return badges
}

/** The marks that a setting has and the artifact around it has not: what is the same everywhere need not be said at every line. */
export function ownBadges(voice: Voice, field: FormField): Badge[] {
  const [outer] = field.os
  const whole = new Set(outer ? badgesOf(voice, [outer]).map(b => b.text) : [])
  const own = badgesOf(voice, field.os)
  if (own.length === whole.size && own.every(b => whole.has(b.text))) return []
  return own.filter(b => b.system || !whole.has(b.text))
}

/** Why a setting does nothing on a target, in words; null where it works. */
export function sayUnavailable(voice: Voice, field: FormField, target: CatalogTarget | undefined): string | null {
  return target ? sayAvailability(voice, bySystem(field.os, target)) : null
}

/** Why an artifact does nothing on a target, in words; null where it works. */
export function sayArtifact(voice: Voice, artifact: Artifact, target: CatalogTarget | undefined): string | null {
  return target ? sayAvailability(voice, availability(artifact, target)) : null
}

/** An availability as a sentence; null for yes. */
export function sayAvailability(voice: Voice, said: Availability): string | null {
  if (said.can === 'yes') return null
  const facts = said.can === 'no' ? said.facts : {}
  return voice.tell(`unavailable.${said.can === 'ignored' ? 'ignored' : said.reason}`, {
    ...facts,
    ...(facts.system ? { system: names[facts.system as keyof typeof names] ?? facts.system } : {}),
  })
}

/** What a number may be, in words; '' when it may be anything. */
export function sayBounds(voice: Voice, { min, max, unit }: FormField): string {
  const { t, f } = voice
  const counted = unit === undefined ? '' : unit
  const range =
    min !== undefined && max !== undefined
      ? t('form.between', { min: f.number(min), max: f.number(max) })
      : min !== undefined
        ? t('form.least', { min: f.number(min) })
        : max !== undefined
          ? t('form.most', { max: f.number(max) })
          : ''
  const key = `form.unit.${counted}`
  return [range, counted && voice.has(key) ? voice.t(key) : ''].filter(Boolean).join(' ')
}

/** What a switch says beside it. */
export function saySwitch({ t }: Voice, field: FormField, on: boolean): string {
  if (field.words === 'allow') return t(on ? 'form.allowed' : 'form.notAllowed')
  if (field.words === 'force') return t(on ? 'form.forced' : 'form.notForced')
  return t(on ? 'form.on' : 'form.off')
}
