import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import * as privacy from '../privacy/index.ts'
import { commandEvents } from './events.ts'
import { openSecret } from './sealing.ts'
import * as store from './secret-store.ts'

/** A secret of a device, and whether the device has acknowledged it. */
export interface Revealed {
  value: string
  state: string
  at: number
  command: string
}

/**
 * Shows a secret of a device and records who looked and why. `value` is the acknowledged one, else the newest that was sent;
 * `values` has them all, newest first, because a device may have taken one without our hearing of it.
 */
export async function reveal(
  ctx: Ctx,
  device: devices.Device,
  name: string,
  purpose: string,
): Promise<{ value: string; values: Revealed[] }> {
  const rows = await store.secretsOf(ctx, device.id, name)
  const best = rows.find(r => r.state === 'current') ?? rows[0]
  if (!best) throw new Problem('secret.none', { name })
  const user = device.shared ? null : device.user
  await privacy.openLook(ctx, { device: device.id, unitPath: device.unitPath, user, what: 'secrets', purpose })
  await record(ctx, commandEvents.secretRevealed, devices.about(device), { name, purpose })
  const values: Revealed[] = []
  for (const row of rows.slice(0, 10))
    values.push({ value: await openSecret(ctx, row), state: row.state, at: row.at, command: row.command })
  return { value: await openSecret(ctx, best), values }
}
