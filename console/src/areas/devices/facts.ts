import { createElement } from 'react'
import type { Fact } from '../../contract.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { FactLine } from '../../kit/Facts.tsx'
import { Masked } from '../../kit/Masked.tsx'

/** The word for a fact: ours when the catalog has it, else its own key made readable. */
export function factLabel(voice: Voice, key: string): string {
  const name = `fact.${key}`
  if (voice.has(name)) return voice.t(name)
  const words = key
    .replace(/^(identity|os|storage|battery|network|cellular|security|other)\./, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[._-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** The value of a fact as people read it, by its type and by what its key ends in. */
export function factValue(voice: Voice, key: string, value: unknown): string {
  const { t, f } = voice
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? t('kit.yes') : t('kit.no')
  if (typeof value === 'number') return numberOf(voice, key, value)
  if (typeof value === 'string') {
    const word = `fact.value.${value}`
    if (voice.has(word)) return voice.t(word)
    return isoDate.test(value) ? f.dateTime(Date.parse(value)) : value
  }
  if (Array.isArray(value)) {
    const said = value.filter(part => part !== null)
    const plain = said.every(part => ['string', 'number', 'boolean'].includes(typeof part))
    if (said.length === 0) return t('fact.nothing')
    return plain ? said.join(', ') : t('fact.entries', { n: said.length })
  }
  return JSON.stringify(value)
}

/** How the memory of a device is encrypted, by the two bits in which it says so. */
const encryption = ['none', 'blocks', 'files', 'both']

function numberOf(voice: Voice, key: string, value: number): string {
  const { f } = voice
  const word = `fact.encryption.${encryption[value]}`
  if (key.endsWith('.hardwareEncryption') && voice.has(word)) return voice.t(word)
  if (/bytes$/i.test(key)) return f.bytes(value)
  if (/(capacity|GB)$/i.test(key)) return f.bytes(value * 1e9)
  if (/(level|percent|share)$/i.test(key)) return value < 0 ? '–' : f.percent(value <= 1 ? value : value / 100)
  if (/At$/.test(key) && value > 1e11) return f.dateTime(value)
  if (/Ms$/.test(key)) return f.span(value)
  if (/Seconds$/.test(key)) return value === 0 ? voice.t('fact.value.none') : f.span(value * 1000)
  return f.number(value)
}

/** Whether a device said anything; a value that it left open has no place among the others. */
export const isSaid = ({ value }: Fact): boolean => value !== null && value !== undefined && value !== ''

const machine = /serial|udid|imei|meid|iccid|mac$|identifier|build|eid$|address|token|identity\.model$|partNumber/i

/** A number that reaches a person is not read out over a shoulder. */
const isPrivate = (fact: Fact): boolean =>
  /phoneNumber/i.test(fact.key) && typeof fact.value === 'string' && fact.value !== ''

/** Facts as lines with their ages, identifiers in monospace. */
export function factLines(voice: Voice, facts: readonly Fact[], all: readonly Fact[] = facts): FactLine[] {
  // FileVault is the Mac's word; an Android device says its level, and no other does.
  const android = all.some(fact => fact.key === 'os.apiLevel')
  return facts.map(fact => ({
    key: fact.key,
    label: android && fact.key === 'security.encrypted' ? voice.t('android.encrypted') : factLabel(voice, fact.key),
    value: isPrivate(fact) ? createElement(Masked, { text: String(fact.value) }) : wholeValue(voice, fact, all),
    at: fact.at,
    mono: machine.test(fact.key) && (typeof fact.value === 'string' || Array.isArray(fact.value)),
  }))
}

/** What stands first on the page, in this order; everything else is one step away. */
const first: readonly string[] = [
  'identity.modelName',
  'identity.serial',
  'storage.availableBytes',
  'battery.level',
  'cellular.imei',
  'identity.name',
  'os.version',
  'security.passcode',
  'security.encrypted',
  'security.findMy',
  'security.activationLock',
  'security.lastCloudBackup',
  'identity.timeZone',
  'cellular.carrier',
  'cellular.phoneNumber',
  'cellular.roaming',
  'network.wifiMac',
  'network.ethernetMac',
  'cellular.iccid',
]

/** The facts of the overview in their order, and all others. */
export function arranged(facts: readonly Fact[]): { first: Fact[]; rest: Fact[] } {
  const byKey = new Map(facts.filter(isSaid).map(fact => [fact.key, fact]))
  const leading = first.map(key => byKey.get(key)).filter(fact => fact !== undefined)
  return { first: leading, rest: [...byKey.values()].filter(fact => !leading.includes(fact)) }
}

/** The value of a fact together with a sibling that completes it: build beside version, free beside total. */
export function wholeValue(voice: Voice, fact: Fact, all: readonly Fact[]): string {
  const other = (key: string) => all.find(one => one.key === key)?.value
  const value = factValue(voice, fact.key, fact.value)
  if (fact.key === 'os.version' && typeof other('os.build') === 'string')
    return `${value} (${String(other('os.build'))})`
  const total = other('storage.capacityBytes')
  if (fact.key === 'storage.availableBytes' && typeof total === 'number')
    return voice.t('fact.ofTotal', { free: value, total: voice.f.bytes(total) })
  return value
}

/** A list in three parts of about the same length, for three columns; no part is empty. */
export function thirds<T>(all: readonly T[]): T[][] {
  const size = Math.ceil(all.length / 3)
  return [0, 1, 2].map(at => all.slice(at * size, (at + 1) * size)).filter(part => part.length > 0)
}
