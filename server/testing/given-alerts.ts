import { alertsFollower } from '../areas/alerts/follow.ts'
import * as alerts from '../areas/alerts/store.ts'
import type { Event } from '../base/events.ts'
import { newId } from '../base/id.ts'
import type { House } from './house.ts'

/** An alert about a device that did not finish its enrollment, on a unit. */
export async function givenAlert(h: House, what: { unit?: string; device?: string } = {}): Promise<{ id: string }> {
  const device = what.device ?? (await h.given.device(what.unit === undefined ? {} : { unit: what.unit })).id
  const event = said(h, 'enrollment.stuck', device, { enrollment: newId('enrollment'), minutes: 60 })
  return h.run(async ctx => {
    await alertsFollower.take(ctx, [event])
    const [made] = await alerts.openOfDevice(ctx, device, ['enrollment-stuck'])
    if (!made) throw new Error('no alert was opened')
    return { id: made.id }
  })
}

/** An event about a device, as the log would have it. */
export function said(h: House, type: string, device: string | null, data: Record<string, unknown>): Event {
  return {
    id: newId('event'),
    org: h.org,
    seq: 1,
    at: h.now(),
    type,
    actor: { kind: 'system', id: 'test' },
    about: device === null ? null : { kind: 'device', id: device },
    path: '/',
    data,
    request: '',
  }
}
