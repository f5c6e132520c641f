import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A secret of a device and the command that put it there. */
export interface SecretRow {
  org: string
  device: string
  name: string
  command: string
  value: Uint8Array
  state: 'pending' | 'current' | 'past'
  at: number
}

interface Tables {
  device_secrets: SecretRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** Stores a secret of a device, not yet acknowledged. */
export async function putSecret(ctx: Ctx, row: Omit<SecretRow, 'org' | 'state' | 'at'>): Promise<void> {
  await db(ctx)
    .insertInto('device_secrets')
    .values({ ...row, org: ctx.org, state: 'pending', at: ctx.now })
    .execute()
}

/** Makes the secret that this command put on the device the current one. */
export async function promoteSecret(ctx: Ctx, device: string, name: string, command: string): Promise<void> {
  const mine = db(ctx).updateTable('device_secrets').where('org', '=', ctx.org).where('device', '=', device)
  await mine.set({ state: 'past' }).where('name', '=', name).where('state', '=', 'current').execute()
  await mine.set({ state: 'current', at: ctx.now }).where('name', '=', name).where('command', '=', command).execute()
}

/** The secrets of a device under this name, newest first. */
export async function secretsOf(ctx: Ctx, device: string, name: string): Promise<SecretRow[]> {
  return db(ctx)
    .selectFrom('device_secrets')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('name', '=', name)
    .orderBy('at', 'desc')
    .orderBy('command', 'desc')
    .execute()
}
