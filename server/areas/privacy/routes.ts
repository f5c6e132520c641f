import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import { type Route, route } from '../../base/route.ts'
import { assertionShape, requestShape } from '../identity/index.ts'
import { annexRoutes } from './annex-routes.ts'
import { type Rules, rulesShape } from './charter.ts'
import { findCharter, listCharters, rulesOf } from './charter-store.ts'
import { beginSigning, changeCharter, getChange, look, refuse, sign } from './change.ts'
import { listChanges } from './change-store.ts'
import { examine, lastCheck } from './check.ts'
import { rulesNow } from './asking.ts'
import { preset, presetNames } from './presets.ts'
import { changeShape, charterShape, checkShape, differenceShape, versionShape, wishShape } from './shapes.ts'
import { shownChanges, shownCharter, shownVersions } from './shown.ts'
import { dataTypes } from './type.ts'
import { signersToChoose } from './wish.ts'
import { Problem } from '../../base/problem.ts'

const byId = z.object({ id: z.string().max(60) })
const page = z.object({
  cursor: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
const permission = 'privacy:read'
const change = '/api/v1/privacy/charter/changes'

const reading: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/privacy/charter',
    permission,
    summary:
      'The charter in force: what may be collected and ordered on whose devices, who signs, and what no charter can loosen.',
    reply: charterShape,
    run: ctx => shownCharter(ctx),
  }),
  route({
    method: 'GET',
    path: '/api/v1/privacy/charters',
    permission,
    summary: 'Every version of the charter with who signed it, newest first.',
    query: page,
    reply: z.object({ items: z.array(versionShape), next: z.string().nullable() }),
    run: async (ctx, { query: { cursor, limit } }) => {
      const rows = await listCharters(ctx, cursor === undefined ? null : Number.parseInt(cursor, 10) || 0, limit)
      return { items: await shownVersions(ctx, rows), next: nextOf(rows, limit, r => String(r.version)) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/privacy/charters/:id',
    permission,
    summary: 'One version of the charter with its rules.',
    params: byId,
    reply: versionShape.extend({ rules: rulesShape, cosigners: z.array(z.string()) }),
    run: async (ctx, { params: { id } }) => {
      const row = await findCharter(ctx, id)
      const rules = row && (await rulesOf(ctx, id))
      const [shown] = row ? await shownVersions(ctx, [row]) : []
      if (!row || !rules || !shown) throw new Problem('id.unknown')
      return { ...shown, rules, cosigners: JSON.parse(row.cosigners) as string[] }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/privacy/presets',
    permission,
    summary: 'Charters to begin with, and what each would change now.',
    reply: z.object({
      items: z.array(z.object({ name: z.enum(presetNames), rules: rulesShape, differences: z.array(differenceShape) })),
    }),
    run: async ctx => {
      const { apps } = await rulesNow(ctx)
      const items = presetNames.map(name => ({ name, rules: { ...preset(name), apps } satisfies Rules }))
      const shown = []
      for (const one of items) shown.push({ ...one, differences: (await look(ctx, { rules: one.rules })).differences })
      return { items: shown }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/privacy/retention',
    permission,
    summary: 'After how many days each kind of datum that was not told anew is deleted; null: never for its age.',
    reply: z.object({ items: z.array(z.object({ type: z.enum(dataTypes), days: z.number().nullable() })) }),
    run: async ctx => {
      const { retention } = await rulesNow(ctx)
      return { items: dataTypes.map(type => ({ type, days: retention[type] })) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/privacy/check',
    permission,
    summary: 'What the last examination of the invariants found; it is made at every start and every day.',
    reply: z.object({ check: checkShape.nullable() }),
    run: async ctx => ({ check: await lastCheck(ctx) }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/privacy/check',
    permission,
    summary: 'Examines the invariants now.',
    reply: z.object({ check: checkShape }),
    run: async ctx => {
      demandWhole(ctx.authority, permission)
      return { check: await examine(ctx) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/privacy/signers',
    permission,
    summary: 'Admins who may be named as co-signers of the charter.',
    reply: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
    run: async ctx => {
      demandWhole(ctx.authority, permission)
      return { items: await signersToChoose(ctx) }
    },
  }),
]

const changing: readonly Route[] = [
  route({
    method: 'GET',
    path: change,
    permission,
    summary: 'Changes of the charter that loosen something: waiting, signed, refused; newest first.',
    query: page,
    reply: z.object({ items: z.array(changeShape), next: z.string().nullable() }),
    run: async (ctx, { query: { cursor, limit } }) => {
      const rows = await listChanges(ctx, cursor ?? null, limit)
      return { items: await shownChanges(ctx, rows), next: nextOf(rows, limit, r => r.id) }
    },
  }),
  route({
    method: 'POST',
    path: change,
    permission: 'privacy:write',
    summary:
      'Changes the charter: at once where nothing is loosened, else when those it names have signed. dryRun shows what differs.',
    query: z.object({ dryRun: z.stringbool().default(false) }),
    body: wishShape,
    reply: z.object({
      charter: z.string().nullable(),
      change: z.string().nullable(),
      differences: z.array(differenceShape),
      loosens: z.boolean(),
      signers: z.array(z.string()),
    }),
    run: async (ctx, { body, query }) => {
      demandWhole(ctx.authority, 'privacy:write')
      const { differences, loosens, signers } = await look(ctx, body)
      const made = query.dryRun ? {} : await changeCharter(ctx, body)
      return { charter: null, change: null, ...made, differences, loosens, signers }
    },
  }),
  route({
    method: 'POST',
    path: `${change}/:id/signature-options`,
    permission,
    summary: 'What the passkey of a named co-signer is to sign.',
    params: byId,
    reply: requestShape,
    run: (ctx, { params: { id } }) => beginSigning(ctx, id),
  }),
  route({
    method: 'POST',
    path: `${change}/:id/sign`,
    permission,
    summary: 'Signs a change of the charter. The last signature puts it into force.',
    params: byId,
    body: z.strictObject({ response: assertionShape }),
    reply: changeShape,
    run: async (ctx, { params: { id }, body }) => one(await shownChanges(ctx, [await sign(ctx, id, body.response)])),
  }),
  route({
    method: 'POST',
    path: `${change}/:id/refuse`,
    permission,
    summary: 'A co-signer refuses a change, or who may change charters takes it back.',
    params: byId,
    body: z.strictObject({ reason: z.string().trim().min(3).max(1000) }),
    reply: changeShape,
    run: async (ctx, { params: { id }, body }) => {
      await refuse(ctx, id, body.reason)
      return one(await shownChanges(ctx, [await getChange(ctx, id)]))
    },
  }),
]

function nextOf<R>(rows: readonly R[], limit: number, key: (row: R) => string): string | null {
  const last = rows.at(-1)
  return last !== undefined && rows.length === limit ? key(last) : null
}

function one<T>(all: readonly T[]): T {
  const [first] = all
  if (first === undefined) throw new Problem('id.unknown')
  return first
}

/** Every route of this area. What is read of one device is a route of the devices' room. */
export const routes: readonly Route[] = [...reading, ...changing, ...annexRoutes]
