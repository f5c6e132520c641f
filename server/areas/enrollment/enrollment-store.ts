import { CompiledQuery } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import type { Id } from '../../base/id.ts'
import type { Account } from './account.ts'
import type { AccountRow } from './account-store.ts'
import type { EndReason, Enrollment } from './enrollment.ts'
import type { Speaking } from './pin.ts'

interface EnrollmentRow {
  org: string
  id: string
  device: string
  platform: string
  identity_key: string
  kind: string
  state: string
  invitation: string | null
  arrival: string | null
  access_rights: number | null
  started_at: number
  activated_at: number | null
  heard_at: number | null
  ending_at: number | null
  ended_at: number | null
  end_reason: string | null
  setting_up: number
}

interface PinRow {
  fingerprint: string
  org: string
  enrollment: string
  certificate: string
  state: string
  since: number
}

interface Tables {
  enrollments: EnrollmentRow
  pins: PinRow
  enrolled_accounts: AccountRow
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function putEnrollment(ctx: On, enrollment: Enrollment): Promise<void> {
  const row = fromEnrollment(ctx, enrollment)
  await db(ctx)
    .insertInto('enrollments')
    // Whether a run goes on is said by the run alone: a row that was read before it began must not take it back.
    .values({ ...row, setting_up: 0 })
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

const enrollmentById = fixed<Tables, { org: string; id: string }>()((from, v) =>
  from.selectFrom('enrollments').selectAll().where('org', '=', v.org).where('id', '=', v.id),
)

export async function findEnrollment(ctx: On, id: string): Promise<Enrollment | undefined> {
  const [row] = await enrollmentById(ctx.tx, { org: ctx.org, id })
  return row && toEnrollment(row)
}

export async function findLive(ctx: On, platform: string, identityKey: string): Promise<Enrollment | undefined> {
  const row = await db(ctx)
    .selectFrom('enrollments')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('platform', '=', platform)
    .where('identity_key', '=', identityKey)
    .where('state', '<>', 'ended')
    .executeTakeFirst()
  return row && toEnrollment(row)
}

const ofDevice = fixed<Tables, { org: string; device: string }>()((from, v) =>
  from
    .selectFrom('enrollments')
    .selectAll()
    .where('org', '=', v.org)
    .where('device', '=', v.device)
    .orderBy('id', 'desc'),
)

/** Newest first. */
export async function listOfDevice(ctx: On, device: string): Promise<Enrollment[]> {
  const rows = await ofDevice(ctx.tx, { org: ctx.org, device })
  return rows.map(toEnrollment)
}

/** The active enrollments of these devices. */
export async function activeOf(ctx: On, devices: readonly string[]): Promise<Enrollment[]> {
  if (devices.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('enrollments')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', 'in', devices)
    .where('state', '=', 'active')
    .orderBy('id')
    .execute()
  return rows.map(toEnrollment)
}

/** How many enrollments by the invitation are still pending. */
export async function countPending(ctx: On, invitation: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('enrollments')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('invitation', '=', invitation)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** In any org: the newest enrollments that a device with this key has. */
export async function listClaimed(
  ctx: Pick<Ctx, 'tx'>,
  identityKey: string,
): Promise<{ org: Id<'org'>; enrollment: Enrollment }[]> {
  const rows = await db(ctx)
    .selectFrom('enrollments')
    .selectAll()
    .where('identity_key', '=', identityKey)
    .orderBy('id', 'desc')
    .limit(5)
    .execute()
  return rows.map(row => ({ org: row.org as Id<'org'>, enrollment: toEnrollment(row) }))
}

type SpeakingRow = EnrollmentRow & {
  pin_state: string
  pin_since: number
  certificate: string
  account: string | null
  account_state: string | null
}

/** The statement of every contact, as text: writing it anew each time costs as much as running it. By connection, because engines differ. */
const speakingTexts = new WeakMap<object, string>()

function speakingText(ctx: Pick<Ctx, 'tx'>): string {
  const known = speakingTexts.get(ctx.tx)
  if (known !== undefined) return known
  const { sql: text } = db(ctx)
    .selectFrom('pins as p')
    .innerJoin('enrollments as e', j => j.onRef('e.org', '=', 'p.org').onRef('e.id', '=', 'p.enrollment'))
    .leftJoin('enrolled_accounts as a', j =>
      j.onRef('a.org', '=', 'e.org').onRef('a.enrollment', '=', 'e.id').on('a.account_key', '=', 'first'),
    )
    .selectAll('e')
    .select([
      'p.state as pin_state',
      'p.since as pin_since',
      'p.certificate',
      'a.id as account',
      'a.state as account_state',
    ])
    .where('p.fingerprint', '=', 'second')
    .compile()
  speakingTexts.set(ctx.tx, text)
  return text
}

/** The pin with its enrollment and, when the platform named one, the account: everything a contact needs, in one statement. */
export async function findSpeaking(
  ctx: Pick<Ctx, 'tx'>,
  fingerprint: string,
  accountKey: string,
): Promise<Speaking | undefined> {
  const query = CompiledQuery.raw(speakingText(ctx), [accountKey, fingerprint])
  const [row] = (await ctx.tx.executeQuery<SpeakingRow>(query)).rows
  if (!row) return undefined
  return {
    org: row.org as Id<'org'>,
    enrollment: toEnrollment(row),
    certificate: row.certificate as Id<'certificate'>,
    pin: { state: row.pin_state as 'active' | 'retired', since: row.pin_since },
    account:
      row.account === null ? null : { id: row.account as Id<'account'>, state: row.account_state as Account['state'] },
  }
}

export async function addPin(ctx: On, pin: Omit<PinRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('pins')
    .values({ org: ctx.org, ...pin })
    .execute()
}

export async function retirePins(ctx: On, enrollment: string, at: number): Promise<void> {
  await db(ctx)
    .updateTable('pins')
    .set({ state: 'retired', since: at })
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('state', '=', 'active')
    .execute()
}

export async function findActivePin(
  ctx: On,
  enrollment: string,
): Promise<{ fingerprint: string; certificate: Id<'certificate'>; since: number } | undefined> {
  const row = await db(ctx)
    .selectFrom('pins')
    .select(['fingerprint', 'certificate', 'since'])
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return row && { ...row, certificate: row.certificate as Id<'certificate'> }
}

function fromEnrollment(ctx: On, e: Enrollment): Omit<EnrollmentRow, 'setting_up'> {
  return {
    org: ctx.org,
    id: e.id,
    device: e.device,
    platform: e.platform,
    identity_key: e.identityKey,
    kind: e.kind,
    state: e.state,
    invitation: e.invitation,
    arrival: e.arrival,
    access_rights: e.accessRights,
    started_at: e.startedAt,
    activated_at: e.activatedAt,
    heard_at: e.heardAt,
    ending_at: e.endingAt,
    ended_at: e.endedAt,
    end_reason: e.endReason,
  }
}

function toEnrollment(row: EnrollmentRow): Enrollment {
  return {
    id: row.id as Id<'enrollment'>,
    device: row.device as Id<'device'>,
    platform: row.platform,
    identityKey: row.identity_key,
    kind: row.kind,
    state: row.state as Enrollment['state'],
    invitation: row.invitation as Id<'invitation'> | null,
    arrival: row.arrival as Id<'arrival'> | null,
    accessRights: row.access_rights,
    startedAt: row.started_at,
    activatedAt: row.activated_at,
    heardAt: row.heard_at,
    endingAt: row.ending_at,
    endedAt: row.ended_at,
    endReason: row.end_reason as EndReason | null,
    settingUp: Number(row.setting_up) === 1,
  }
}
