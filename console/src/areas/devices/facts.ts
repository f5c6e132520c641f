import type { Fact } from '../../contract.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { FactLine } from '../../kit/Facts.tsx'

/** The word for a fact: ours when the catalog has it, else its own key made readable. */
export function factLabel(voice: Voice, key: string): string {
  const name = `fact.${key}`
  if (voice.has(name)) return voice.t(name)
  const words = key
    .replace(/^(identity|os|storage|battery|network|cellular|security|other)\./, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[._-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The value of a fact as people read it, by its type and by what its key ends in. */
export function factValue(voice: Voice, key: string, value: unknown): string {
  const { t, f } = voice
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? t('kit.yes') : t('kit.no')
  if (typeof value === 'number') return numberOf(voice, key, value)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    const plain = value.every(part => ['string', 'number', 'boolean'].includes(typeof part))
    return plain ? f.list(value.map(String)) : t('fact.entries', { n: value.length })
  }
  return JSON.stringify(value)
}

function numberOf({ f }: Voice, key: string, value: number): string {
  if (/bytes$/i.test(key)) return f.bytes(value)
  if (/(capacity|GB)$/i.test(key)) return f.bytes(value * 1e9)
  if (/(level|percent|share)$/i.test(key)) return value < 0 ? '–' : f.percent(value <= 1 ? value : value / 100)
  if (/At$/.test(key) && value > 1e11) return f.dateTime(value)
  if (/Ms$/.test(key)) return f.span(value)
  return f.number(value)
}

const machine = /serial|udid|imei|meid|iccid|mac$|identifier|build|eid$|address|token|identity\.model$|partNumber/i

/** Facts as lines with their ages, identifiers in monospace. */
export function factLines(voice: Voice, facts: readonly Fact[]): FactLine[] {
  return facts.map(fact => ({
    key: fact.key,
    label: factLabel(voice, fact.key),
    value: factValue(voice, fact.key, fact.value),
    at: fact.at,
    mono: machine.test(fact.key) && typeof fact.value === 'string',
  }))
}
