import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import type { Batch, Check } from './check.ts'

/** Whether every line can be expected. */
export async function lineCheck(_: Ctx, { intake, lines, blocked }: Batch): Promise<Check[]> {
  const facts = { devices: lines.length, blocked }
  const state = blocked > 0 || (lines.length === 0 && intake.gathered === null) ? 'red' : 'green'
  return [{ code: 'lines', subject: '', state, facts, link: linesOf(intake.id, 'faulty:yes') }]
}

/** Whether the people who were named are known. Their devices would come, and belong to nobody. */
export async function peopleCheck(_: Ctx, { intake, lines }: Batch): Promise<Check[]> {
  const named = lines.filter(l => l.person !== '' || l.user_id !== null)
  if (named.length === 0) return []
  const matched = named.filter(l => l.user_id !== null).length
  const state = matched === named.length ? 'green' : 'amber'
  const facts = { matched, named: named.length, devices: lines.length }
  return [{ code: 'people', subject: '', state, facts, link: linesOf(intake.id, 'faulty:yes') }]
}

/** Whether some of them are managed already: they would have to be erased to be received anew. */
export async function managedCheck(ctx: Ctx, { intake, lines }: Batch): Promise<Check[]> {
  const waiting = lines.filter(l => l.state === 'expected').map(l => l.serial_key)
  const managed: string[] = []
  for (let at = 0; at < waiting.length; at += 500)
    for (const device of await devices.devicesAmong(ctx, { serials: waiting.slice(at, at + 500) }))
      if (device.state !== 'ended') managed.push(device.serial ?? '')
  if (managed.length === 0) return []
  const facts = { managed: managed.length, first: managed[0] ?? '' }
  return [
    { code: 'managed', subject: '', state: 'amber', facts, link: linesOf(intake.id, `serial:${managed[0] ?? ''}`) },
  ]
}

function linesOf(intake: string, filter: string): string {
  return `/enrollment/batches/${intake}?show=lines&filter=${encodeURIComponent(filter)}`
}
