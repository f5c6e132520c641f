import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { unitFor } from '../identity/index.ts'
import { secretEvents } from './events.ts'
import type { Json } from './kind.ts'
import { bumpRevision } from './revision-store.ts'
import * as store from './secret-store.ts'
import { anyNaming } from './store.ts'
import { form, secretsIn } from './variable.ts'

/** What is known of a secret beside what it says. */
export interface Secret {
  id: Id<'secret'>
  name: string
  unit: string
  unitPath: string
  version: number
  createdAt: number
  rotatedAt: number
}

const longest = 256 * 1024

/** Seals a secret on a unit. It is never read back; policies name it by the id answered. */
export async function putSecret(
  ctx: Ctx,
  { name, unit, value }: { name: string; unit: string; value: string },
): Promise<Secret> {
  const { id: on, path } = await unitFor(ctx, unit, 'policies:write')
  demandLength(value)
  const id = newId('secret')
  const row: store.SecretRow = {
    org: ctx.org,
    id,
    name,
    unit: on,
    unit_path: path,
    version: 1,
    sealed: await ctx.secrets.seal(ctx, store.placeOf(id), value),
    created_at: ctx.now,
    rotated_at: ctx.now,
  }
  await store.putSecret(ctx, row)
  await record(ctx, secretEvents.added, { kind: 'secret', id, path }, { name })
  return toSecret(row)
}

/** Gives a secret another value. Every item that uses it is thereby another version of itself. */
export async function rotateSecret(ctx: Ctx, id: string, value: string): Promise<Secret> {
  const row = await changeable(ctx, id)
  demandLength(value)
  const sealed = await ctx.secrets.seal(ctx, store.placeOf(id), value)
  const after = { ...row, sealed, version: row.version + 1, rotated_at: ctx.now }
  await store.putSecret(ctx, after)
  await bumpRevision(ctx)
  const { name, version } = after
  await record(ctx, secretEvents.rotated, { kind: 'secret', id, path: row.unit_path }, { name, version })
  return toSecret(after)
}

/** Forgets a secret that no version of a policy names. */
export async function removeSecret(ctx: Ctx, id: string): Promise<void> {
  const row = await changeable(ctx, id)
  if (await anyNaming(ctx, id)) throw new Problem('policy-secret.in-use')
  await store.removeSecret(ctx, id)
  await record(ctx, secretEvents.removed, { kind: 'secret', id, path: row.unit_path }, { name: row.name })
}

/** The secret's value, for platforms at the moment of delivery and for nobody else. */
export async function openSecret(ctx: Ctx, id: string): Promise<string> {
  const row = await store.findSecret(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return Buffer.from(await ctx.secrets.open(ctx, store.placeOf(id), row.sealed)).toString('utf8')
}

/** The present versions of these secrets; those gone are absent. */
export async function secretVersions(
  ctx: Pick<Ctx, 'tx' | 'org'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  return new Map((await store.secretsAmong(ctx, ids)).map(s => [s.id, s.version]))
}

/** A stored row as a secret. */
export function toSecret(row: Omit<store.SecretRow, 'sealed'>): Secret {
  return {
    id: row.id as Id<'secret'>,
    name: row.name,
    unit: row.unit,
    unitPath: row.unit_path,
    version: row.version,
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
  }
}

async function changeable(ctx: Ctx, id: string): Promise<store.SecretRow> {
  const row = await store.findSecret(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, 'policies:write', row.unit_path, 'policies:read')
  return row
}

function demandLength(value: string): void {
  if (Buffer.byteLength(value) > longest) throw new Problem('policy.too-large', { limit: longest })
}

/**
 * A value as it is stored: every `{"$newSecret": "…", "name"?: "…"}` in it has become a sealed secret on the policy's unit, named by `{"$secret": id}`.
 * So what is typed into a form is never in a policy's text, nor in the log.
 */
export async function sealIn(ctx: Ctx, of: { unit: string; name: string }, value: Json): Promise<Json> {
  const text = form(value, '$newSecret')
  if (text !== undefined) {
    const { name } = value as { name?: Json }
    if (typeof text !== 'string' || text === '') throw new Problem('policy-secret.malformed')
    const named = typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : of.name
    return { $secret: (await putSecret(ctx, { name: named, unit: of.unit, value: text })).id }
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const all: Json[] = []
    for (const one of value as readonly Json[]) all.push(await sealIn(ctx, of, one))
    return all
  }
  const pairs: [string, Json][] = []
  for (const [key, one] of Object.entries(value)) pairs.push([key, await sealIn(ctx, of, one)])
  return Object.fromEntries(pairs)
}

/**
 * Refuses secrets that are not there, and those of units where the actor may not write policies: naming a foreign secret would carry it
 * to a device of one's own. What the policy names already stays allowed.
 */
export async function demandSecrets(ctx: Ctx, value: Json, before: Json | null): Promise<void> {
  const ids = secretsIn(value)
  if (ids.length === 0) return
  const kept = new Set(before === null ? [] : secretsIn(before))
  const known = new Map((await store.secretsAmong(ctx, ids)).map(s => [s.id, s]))
  for (const id of ids) {
    const secret = known.get(id)
    if (secret && (kept.has(id) || may(ctx.authority, 'policies:write', secret.unit_path))) continue
    throw new Problem('policy-secret.unknown', {}, { fields: [{ path: 'value', message: id }] })
  }
}
