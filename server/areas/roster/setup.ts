import { z } from 'zod'
import { demand, everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { digest, type Id, newId, newSecret } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import * as enrollment from '../enrollment/index.ts'
import * as identity from '../identity/index.ts'
import type { Entry } from './entry.ts'
import { setupEvents } from './events.ts'
import { receivingOf, wake } from './platform.ts'
import { listPrograms } from './program-store.ts'
import * as store from './setup-store.ts'

const word = (most: number) => z.string().trim().max(most)

/** Every choice of how promised devices are received. */
export const setupBody = z.strictObject({
  supervised: z.boolean().default(true),
  /** The person cannot go on without enrolling. */
  mandatory: z.boolean().default(true),
  /** The person may end management later. */
  removable: z.boolean().default(false),
  /** The device waits at the end of its assistant until what it needs is there, at most so long. */
  awaits: z.boolean().default(true),
  awaitMinutes: z.number().int().min(1).max(240).default(15),
  /** The assistant goes through by itself, in this language and region. */
  autoAdvance: z.boolean().default(false),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/)
    .nullable()
    .default(null),
  region: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  /** Many people share the device, each with an account of the org. */
  sharedDevice: z.boolean().default(false),
  returnToService: z.boolean().default(false),
  /** Computers may be connected by cable and trusted. */
  pairing: z.boolean().default(true),
  /** A device restored from a backup takes these choices and not those of the backup. */
  freshFromBackup: z.boolean().default(true),
  /** Older systems are asked to update before they go on: always, or only where the device can do it there. */
  minimumOs: z
    .strictObject({ version: z.string().regex(/^\d{1,3}(\.\d{1,3}){0,2}$/), mode: z.enum(['always', 'when-possible']) })
    .nullable()
    .default(null),
  /** Whether the person signs in on a page of this server first. */
  signIn: z.enum(['none', 'web']).default('none'),
  /** Steps of the assistant that are left out. */
  skip: z.array(z.string().max(60)).max(200).default([]),
  support: z
    .strictObject({ phone: word(50).default(''), email: word(250).default(''), department: word(125).default('') })
    .default({ phone: '', email: '', department: '' }),
})

/** Every choice, as it is kept. */
export type SetupBody = z.output<typeof setupBody>

/** How promised devices are received. The address they come to is a secret, which `setupSecret` opens for the vendor. */
export interface Setup extends SetupBody {
  id: Id<'setup'>
  name: string
  platform: string
  unit: Id<'unit'>
  unitPath: string
  /** Standing, for any number of devices. */
  invitation: Id<'invitation'>
  /** Grows with every change. */
  version: number
  createdAt: number
  changedAt: number
}

/** What whoever makes a setup says. */
export interface SetupWish {
  name: string
  platform: string
  unit: string
  body: SetupBody
}

/** The invitation of a setup outlives everybody who made it. */
const standingHours = 100 * 365 * 24

/** Makes a setup with a standing invitation of its own. */
export async function addSetup(ctx: Ctx, wish: SetupWish): Promise<Setup> {
  const unit = await identity.unitFor(ctx, wish.unit, 'roster:write')
  check(wish.platform, wish.body)
  await demandNameFree(ctx, wish.name, null)
  const rights = enrollment.findPlatform(wish.platform)?.allRights ?? 0
  // Whoever may say how devices are received thereby invites them, whether or not they may invite anybody else.
  const { invitation } = await enrollment.invite(as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything }), {
    platform: wish.platform,
    name: wish.name,
    unit: unit.id,
    user: null,
    ownership: 'company',
    accessRights: rights,
    uses: null,
    expiresInHours: standingHours,
    origin: 'setup',
  })
  const setup: Setup = {
    ...wish.body,
    id: newId('setup'),
    name: wish.name,
    platform: wish.platform,
    unit: unit.id,
    unitPath: unit.path,
    invitation: invitation.id,
    version: 1,
    createdAt: ctx.now,
    changedAt: ctx.now,
  }
  const secret = newSecret()
  const sealed = await ctx.secrets.seal(ctx, store.placeOf(setup.id), secret)
  await store.addSetup(ctx, setup, { secret: sealed, secret_hash: digest(secret) })
  await record(ctx, setupEvents.added, aboutSetup(setup), { name: setup.name })
  return setup
}

/** Changes a setup; devices that have not come yet are told anew through their vendor. */
export async function changeSetup(
  ctx: Ctx,
  id: string,
  change: { name?: string | undefined; unit?: string | undefined; body?: SetupBody | undefined },
): Promise<Setup> {
  const before = await setupFor(ctx, id, 'roster:write')
  const unit = change.unit === undefined ? null : await identity.unitFor(ctx, change.unit, 'roster:write')
  if (change.body) check(before.platform, change.body)
  if (change.name !== undefined) await demandNameFree(ctx, change.name, before.id)
  const after: Setup = {
    ...before,
    ...change.body,
    name: change.name ?? before.name,
    ...(unit ? { unit: unit.id, unitPath: unit.path } : {}),
    version: before.version + 1,
    changedAt: ctx.now,
  }
  await store.changeSetup(ctx, after)
  const fields = changedFields(before, after)
  await record(ctx, setupEvents.changed, aboutSetup(after), { name: after.name, fields })
  for (const program of await listPrograms(ctx, 'devices')) await wake(ctx, program)
  return after
}

/** Removes a setup that no program and no device is meant to have any more, and takes its invitation back. */
export async function removeSetup(ctx: Ctx, id: string): Promise<void> {
  const setup = await setupFor(ctx, id, 'roster:write')
  const uses = await store.usesOf(ctx, setup.id)
  if (uses.programs + uses.devices > 0) throw new Problem('setup.in-use', uses)
  await store.removeSetup(ctx, setup.id)
  await enrollment.revoke(as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything }), setup.invitation)
  await record(ctx, setupEvents.removed, aboutSetup(setup), { name: setup.name })
}

/** The setup, where the actor may do this with those of its unit. */
export async function setupFor(ctx: Ctx, id: string, permission: string): Promise<Setup> {
  const setup = await store.findSetup(ctx, id)
  if (!setup) throw new Problem('id.unknown')
  demand(ctx.authority, permission, setup.unitPath, 'roster:read')
  return setup
}

/** Every setup below the units where the actor may read them, by name. An org has a few. */
export async function setups(ctx: Ctx): Promise<Setup[]> {
  return store.listSetups(ctx, ctx.authority.where('roster:read'))
}

/** Setups that devices of a program are meant to have now. */
export async function setupsInUse(ctx: Pick<Ctx, 'tx' | 'org'>, program: string): Promise<Setup[]> {
  return store.setupsInUse(ctx, program)
}

/** The setup with this id, if it is there; for platforms. */
export async function findSetup(ctx: Pick<Ctx, 'tx' | 'org'>, id: string): Promise<Setup | undefined> {
  return store.findSetup(ctx, id)
}

/** The setup that an address opens, in whatever org it is: the address is the proof. */
export async function setupBySecret(
  ctx: Pick<Ctx, 'tx'>,
  secret: string,
): Promise<{ org: Id<'org'>; setup: Setup } | null> {
  if (secret.length < 22 || secret.length > 128) return null
  return (await store.findBySecret(ctx, digest(secret))) ?? null
}

/** The setup that is wanted for a promised device. */
export async function setupOf(ctx: Pick<Ctx, 'tx' | 'org'>, entry: Entry): Promise<Setup | null> {
  return entry.setup === null ? null : ((await store.findSetup(ctx, entry.setup)) ?? null)
}

/** The last part of the address devices come to, in the clear: for the vendor alone. */
export async function setupSecret(ctx: Ctx, setup: Pick<Setup, 'id'>): Promise<string> {
  const sealed = await store.secretOf(ctx, setup.id)
  if (!sealed) throw new Problem('id.unknown')
  return new TextDecoder().decode(await ctx.secrets.open(ctx, store.placeOf(setup.id), sealed))
}

/** What events about a setup say they are about. */
export function aboutSetup(setup: Pick<Setup, 'id' | 'unitPath'>): About {
  return { kind: 'setup', id: setup.id, path: setup.unitPath }
}

function check(platform: string, body: SetupBody): void {
  const receiving = receivingOf(platform)
  if (!receiving) throw malformed('platform', 'is not a platform that promised devices come from')
  const unknown = body.skip.filter(step => !receiving.steps.includes(step))
  if (unknown.length > 0) throw new Problem('setup.step-unknown', { steps: unknown })
  if (body.autoAdvance && (body.language === null || body.region === null))
    throw malformed('language', 'and region are needed where the assistant goes through by itself')
  if (body.autoAdvance && body.signIn !== 'none')
    throw malformed('signIn', 'is for somebody who is there, and the assistant goes through without anybody')
  // What the system would quietly not do is refused while somebody can still choose.
  if (body.sharedDevice && !body.supervised) throw malformed('supervised', 'is needed where many people share a device')
  if (!body.removable && !body.supervised) throw malformed('removable', 'can be no only where the device is supervised')
}

async function demandNameFree(ctx: Ctx, name: string, mine: string | null): Promise<void> {
  const holder = await store.setupNamed(ctx, fold(name))
  if (holder !== undefined && holder !== mine) throw new Problem('setup.name-taken')
}

function changedFields(before: Setup, after: Setup): string[] {
  const was = new Map(Object.entries(before))
  const silent = new Set(['version', 'changedAt', 'unitPath'])
  return Object.entries(after)
    .filter(([key, value]) => !silent.has(key) && JSON.stringify(was.get(key)) !== JSON.stringify(value))
    .map(([key]) => key)
}

function malformed(field: string, message: string): Problem {
  return new Problem('request.malformed', {}, { fields: [{ path: `body.${field}`, message }] })
}
