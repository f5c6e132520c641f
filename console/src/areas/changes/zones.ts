/** The zones this browser knows, the viewer's own first. */
export function zones(): string[] {
  const own = ownZone()
  return [own, ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== own)]
}

/** The viewer's zone. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The instant that a wall clock of a zone shows as `2026-12-01T00:00`; of two it is the first, and a skipped hour counts from before the change. */
export function instantOf(local: string, zone: string): number {
  const wanted = Date.parse(`${local}:00Z`)
  const shows = (at: number): number => {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }).formatToParts(at)
    const part = (type: string) => Number(parts.find(one => one.type === type)?.value ?? 0)
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  }
  const early = wanted - (shows(wanted - 86_400_000) - (wanted - 86_400_000))
  const late = wanted - (shows(early) - early)
  return shows(early) !== wanted && shows(late) === wanted ? late : early
}

/** The wall clock of a zone at an instant, as a date-and-time field takes it. */
export function localOf(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(at)
  return parts.replace(' ', 'T')
}
