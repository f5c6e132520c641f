import type { Ctx } from '../../base/ctx.ts'
import * as alerts from '../alerts/index.ts'
import type { Decision } from './decisions.ts'

/** Types of which Home says nothing by itself: silence, failed commands, certificates, lost devices and the guard have lines of their own. */
const shown = new Set<string>([
  'left-management',
  'integrity',
  'violation',
  'malware',
  'cloned',
  'newcomer',
  'order-held',
  'push-failing',
  'mail-undelivered',
  'campaign-halted',
  'leading-refused',
  'exception-asked',
  'hours-asked',
  'privacy-check',
] satisfies alerts.AlertType[])

const tones = { critical: 'danger', warning: 'attention', caution: 'pending' } as const

/** One line for each type of alert that waits for someone; what is taken care of needs no decision. */
export async function aboutAlerts(ctx: Ctx): Promise<Decision[]> {
  const waiting = (await alerts.waitingByType(ctx)).filter(w => w.state === 'open' && shown.has(w.type))
  const types = Map.groupBy(waiting, w => w.type)
  return [...types].map(([type, all]) => {
    const worst = alerts.severities.findLast(s => all.some(w => w.severity === s)) ?? 'caution'
    return {
      code: 'alerts',
      tone: tones[worst],
      since: Math.min(...all.map(w => w.since)),
      facts: { type, count: all.reduce((sum, w) => sum + w.count, 0) },
      link: `/alerts?filter=${encodeURIComponent(`type:${type} state:open`)}`,
      due: null,
    }
  })
}
