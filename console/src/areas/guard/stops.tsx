import type { GuardStanding } from '../../contract/guard.ts'
import type { Voice } from '../../i18n/index.tsx'

/** How a stop is lifted over the API, and on the server's command line. */
export type Lift = 'unfreeze' | 'close-breaker' | 'release-epoch' | 'confirm-time'

/** Something that is stopped: what, why, and how it is lifted. */
export interface Stop {
  lift: Lift
  bold: string
  text: string
  lifting: { allowed: boolean; reason: string | null }
}

/** What is stopped now, the widest first. */
export function stopsOf({ t, f }: Voice, guard: GuardStanding, now: number): Stop[] {
  const stops: Stop[] = []
  const { frozen, breaker, restored, time } = guard
  if (frozen) {
    const values = { age: f.relative(frozen.at, now), by: frozen.by ?? t('held.local'), reason: frozen.reason ?? '' }
    stops.push({ lift: 'unfreeze', bold: t('guard.frozen'), text: t('guard.frozenText', values), ...frozen })
  }
  if (breaker) {
    const values = { n: breaker.acknowledged, minutes: breaker.minutes }
    stops.push({ lift: 'close-breaker', bold: t('guard.breaker'), text: t('guard.breakerText', values), ...breaker })
  }
  if (restored)
    stops.push({ lift: 'release-epoch', bold: t('guard.restored'), text: t('guard.restoredText'), ...restored })
  if (time) {
    const values = { span: f.span(Math.abs(time.byMs)) }
    stops.push({ lift: 'confirm-time', bold: t('guard.time'), text: t('guard.timeText', values), ...time })
  }
  return stops
}
