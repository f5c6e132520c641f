import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import type { DeviceRow, PolicyRow, Tables } from './rows.ts'

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function addDevice(ctx: On, row: Omit<DeviceRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('android_devices')
    .values({ org: ctx.org, ...row })
    .execute()
}

const deviceBy = (column: 'enrollment' | 'name') =>
  fixed<Tables, { org: string; value: string }>()((from, v) =>
    from
      .selectFrom('android_devices')
      .selectAll()
      .where('org', '=', v.org)
      .where(column, '=', v.value)
      .where('ended_at', 'is', null),
  )

const devicesBy = { enrollment: deviceBy('enrollment'), name: deviceBy('name') }

/** A device that was not let go of. */
export async function findDevice(
  ctx: On,
  by: { enrollment: string } | { name: string },
): Promise<DeviceRow | undefined> {
  const { org } = ctx
  const [row] =
    'name' in by
      ? await devicesBy.name(ctx.tx, { org, value: by.name })
      : await devicesBy.enrollment(ctx.tx, { org, value: by.enrollment })
  return row
}

/** Whether a device of this name was let go of here. */
export async function wasEnded(ctx: On, name: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('android_devices')
    .select('enrollment')
    .where('org', '=', ctx.org)
    .where('name', '=', name)
    .where('ended_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function changeDevice(
  ctx: On,
  enrollment: string,
  change: Partial<Omit<DeviceRow, 'org' | 'enrollment'>>,
): Promise<void> {
  await db(ctx)
    .updateTable('android_devices')
    .set(change)
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .execute()
}

/** Lets go of a device: nothing of it is kept but its name. */
export async function endDevice(ctx: Ctx, enrollment: string): Promise<void> {
  const nothing = { policy: '', hash: '', wanted: '', report: null, due_at: null }
  await changeDevice(ctx, enrollment, { ...nothing, ended_at: ctx.now })
  await db(ctx)
    .updateTable('android_operations')
    .set({ look_at: null })
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .execute()
}

/** Devices for which there is something to do, the longest waiting first. */
export function dueDevices(ctx: Ctx, program: string, most: number): Promise<DeviceRow[]> {
  return db(ctx)
    .selectFrom('android_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('due_at', '<=', ctx.now)
    .orderBy('due_at')
    .orderBy('enrollment')
    .limit(most)
    .execute()
}

/** Says that a device needs nothing more, unless it was asked for again since. */
export async function settleDevice(
  ctx: On,
  enrollment: string,
  due: number | null,
  next: number | null,
): Promise<void> {
  await db(ctx)
    .updateTable('android_devices')
    .set({ due_at: next })
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('due_at', due === null ? 'is' : '=', due)
    .execute()
}

/** When the next device is due; null when none is. */
export async function nextDue(ctx: On, program: string): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('android_devices')
    .select(e => e.fn.min('due_at').as('at'))
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .executeTakeFirst()
  return row?.at === null || row?.at === undefined ? null : Number(row.at)
}

/** Devices that are on another policy than they should be. */
export function misplaced(ctx: On, program: string, after: string, most: number): Promise<DeviceRow[]> {
  return db(ctx)
    .selectFrom('android_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('wanted', '!=', '')
    .whereRef('wanted', '!=', 'hash')
    .where('enrollment', '>', after)
    .where('ended_at', 'is', null)
    .orderBy('enrollment')
    .limit(most)
    .execute()
}

/** Whether every device on the policy should have exactly this. */
export async function allWant(ctx: On, program: string, policy: string, hash: string): Promise<boolean> {
  const other = await db(ctx)
    .selectFrom('android_devices')
    .select('enrollment')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('policy', '=', policy)
    .where('wanted', '!=', hash)
    .limit(1)
    .executeTakeFirst()
  return other === undefined
}

/** Devices on a policy. */
export function devicesOn(ctx: On, program: string, policy: string): Promise<DeviceRow[]> {
  return db(ctx)
    .selectFrom('android_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('policy', '=', policy)
    .orderBy('enrollment')
    .execute()
}

export async function keepContent(ctx: On, hash: string, content: string): Promise<void> {
  await db(ctx)
    .insertInto('android_contents')
    .values({ org: ctx.org, hash, content })
    .onConflict(c => c.doNothing())
    .execute()
}

export async function contentOf(ctx: On, hash: string): Promise<string | undefined> {
  const row = await db(ctx)
    .selectFrom('android_contents')
    .select('content')
    .where('org', '=', ctx.org)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row?.content
}

export function findPolicy(
  ctx: On,
  program: string,
  by: { id: string } | { hash: string },
): Promise<PolicyRow | undefined> {
  const [column, value] = 'id' in by ? (['id', by.id] as const) : (['hash', by.hash] as const)
  return db(ctx)
    .selectFrom('android_policies')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where(column, '=', value)
    .executeTakeFirst()
}

/** Keeps a policy as Google has it now. */
export async function putPolicy(ctx: Ctx, row: Pick<PolicyRow, 'program' | 'id' | 'hash' | 'version'>): Promise<void> {
  const { hash, version } = row
  await db(ctx)
    .insertInto('android_policies')
    .values({ org: ctx.org, ...row, made_at: ctx.now, unused_at: null })
    .onConflict(c => c.columns(['org', 'program', 'id']).doUpdateSet({ hash, version, unused_at: null }))
    .execute()
}

/** Policies that no device is on or should be on. */
export function unusedPolicies(ctx: On, program: string, most: number): Promise<PolicyRow[]> {
  return db(ctx)
    .selectFrom('android_policies as p')
    .selectAll()
    .where('p.org', '=', ctx.org)
    .where('p.program', '=', program)
    .where(e =>
      e.not(
        e.exists(
          e
            .selectFrom('android_devices as d')
            .select('d.enrollment')
            .whereRef('d.org', '=', 'p.org')
            .whereRef('d.program', '=', 'p.program')
            .where(x => x.or([x('d.policy', '=', x.ref('p.id')), x('d.wanted', '=', x.ref('p.hash'))])),
        ),
      ),
    )
    .orderBy('p.id')
    .limit(most)
    .execute()
}

export async function dropPolicy(ctx: On, program: string, id: string): Promise<void> {
  await db(ctx)
    .deleteFrom('android_policies')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('id', '=', id)
    .execute()
}

/** Notes since when no device is on a policy. */
export async function markUnused(ctx: On, program: string, id: string, at: number): Promise<void> {
  await db(ctx)
    .updateTable('android_policies')
    .set({ unused_at: at })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('id', '=', id)
    .execute()
}

/** A page of a program's devices, by enrollment. */
export function devicesIn(ctx: On, program: string, after: string, most: number): Promise<DeviceRow[]> {
  return db(ctx)
    .selectFrom('android_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('enrollment', '>', after)
    .where('ended_at', 'is', null)
    .orderBy('enrollment')
    .limit(most)
    .execute()
}

/** Every device of a program is looked at again. */
export async function askAll(ctx: Ctx, program: string): Promise<void> {
  await db(ctx)
    .updateTable('android_devices')
    .set({ due_at: ctx.now })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('ended_at', 'is', null)
    .execute()
}

/** How many devices a program speaks for. */
export async function countDevices(ctx: On, program: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('android_devices')
    .select(e => e.fn.countAll().as('n'))
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}
