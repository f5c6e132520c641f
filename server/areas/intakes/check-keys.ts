import type { Ctx } from '../../base/ctx.ts'
import * as certificates from '../certificates/index.ts'
import * as push from '../push/index.ts'
import type { Batch, Check } from './check.ts'

const soonMs = 14 * 86_400_000
const link = '/settings/certificates'

/** Whether devices can be woken on the day. */
export async function pushCheck(ctx: Ctx, { until }: Batch): Promise<Check[]> {
  const { state, notAfter, refused } = await push.standing(ctx)
  const missing = state === 'missing' || notAfter === null
  const red = missing || notAfter <= until || refused !== null
  const amber = !red && notAfter <= until + soonMs
  const why = missing ? 'missing' : refused !== null ? 'refused' : red || amber ? 'ends' : 'good'
  return [
    { code: 'push', subject: '', state: red ? 'red' : amber ? 'amber' : 'green', facts: { why, at: notAfter }, link },
  ]
}

/** Whether every other certificate that somebody must renew is good past the day. What renews itself does. */
export async function certificateCheck(ctx: Ctx, { until }: Batch): Promise<Check[]> {
  const kept = (await certificates.list(ctx)).filter(c => c.purpose !== 'apns' && c.renewable !== 'itself')
  const [first] = kept.toSorted((a, b) => a.notAfter - b.notAfter)
  const ending = kept.filter(c => c.notAfter <= until + soonMs)
  const red = ending.some(c => c.notAfter <= until)
  const facts = {
    certificates: kept.length,
    ending: ending.length,
    first: first?.subject ?? '',
    at: first?.notAfter ?? null,
  }
  const state = red ? 'red' : ending.length > 0 ? 'amber' : 'green'
  return [{ code: 'certificates', subject: '', state, facts, link }]
}
