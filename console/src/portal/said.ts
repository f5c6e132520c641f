import type { Voice } from './voice.tsx'

/** The word for a fact: ours when the catalog has it, else its own key made readable. */
export function factLabel(voice: Voice, key: string): string {
  const name = `fact.${key}`
  if (voice.has(name)) return voice.t(name)
  const words = key
    .slice(key.indexOf('.') + 1)
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[._-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** The value of a fact as people read it, by its type and by what its key ends in. */
export function factValue({ t, f }: Voice, key: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return t(value ? 'page.yes' : 'page.no')
  if (typeof value === 'string') return isoDate.test(value) ? f.dateTime(Date.parse(value)) : value
  if (Array.isArray(value)) {
    const plain = value.every(part => part === null || typeof part !== 'object')
    return plain ? value.filter(part => part !== null).join(', ') : t('page.entries', { n: value.length })
  }
  if (typeof value !== 'number') return JSON.stringify(value)
  if (/bytes$/i.test(key)) return f.bytes(value)
  if (/(level|percent|share)$/i.test(key)) return value < 0 ? '–' : f.percent(value <= 1 ? value : value / 100)
  if (/At$/.test(key) && value > 1e11) return f.dateTime(value)
  return f.number(value)
}
