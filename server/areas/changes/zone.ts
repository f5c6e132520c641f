import { Problem } from '../../base/problem.ts'

/** Refuses what is no time zone of the IANA database. */
export function demandZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch (cause) {
    throw new Problem('change.zone-unknown', { zone }, { cause })
  }
}

/** The time on the wall in a zone at an instant: `2026-12-01T00:00`. */
export function localAt(instant: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const part = new Map(format.formatToParts(instant).map(p => [p.type, p.value]))
  const [year, month, day] = ['year', 'month', 'day'].map(t => part.get(t as 'year') ?? '')
  return `${year}-${month}-${day}T${part.get('hour') ?? ''}:${part.get('minute') ?? ''}`
}

/**
 * The instant at which a wall in this zone shows this time. Where clocks are put forward over it, the instant they are put forward by as much;
 * where they are put back and it comes twice, the first.
 */
export function instantOf(local: string, zone: string): number {
  demandZone(zone)
  const wanted = Date.parse(`${local}Z`)
  if (Number.isNaN(wanted))
    throw new Problem('request.malformed', {}, { fields: [{ path: 'body.at', message: 'is no time' }] })
  const offset = (instant: number): number => Date.parse(`${localAt(instant, zone)}Z`) - instant
  // The offsets around the time: a change of clocks lies between them if they differ.
  const offsets = [...new Set([wanted - day, wanted + day].map(offset))]
  const fitting = offsets.map(o => wanted - o).filter(instant => localAt(instant, zone) === local.slice(0, 16))
  const [first] = fitting.sort((a, b) => a - b)
  return first ?? wanted - (offsets[0] ?? 0)
}

const day = 86_400_000
