import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { languages } from '../../base/say.ts'
import { headOf, signAsLog } from '../../base/seal.ts'
import type { Base } from '../../base/transact.ts'
import { isZone } from '../../base/zone.ts'
import { type ZipEntry, type ZipPart, zipStored } from '../../base/zip.ts'
import * as identity from '../identity/index.ts'
import * as views from '../views/index.ts'
import { type Cell, instant, type Line } from './column.ts'
import { readme } from './evidence-readme.ts'
import * as store from './evidence-store.ts'
import { addExport, exportFor, type exportShape } from './export.ts'
import type { Export } from './export-store.ts'
import { kindOf } from './library.ts'
import { type Manifest, manifestBytes, places } from './verify.ts'
import { written } from './write.ts'

/** What an evidence pack is asked for: a period, both of its days included. */
export const evidenceWish = z.strictObject({
  from: z.string().min(1).max(40),
  to: z.string().min(1).max(40),
  zone: z.string().max(60).refine(isZone, 'is no time zone').default('UTC'),
  language: z.enum(languages).default('en'),
})

const needed = [
  'reports:write',
  'events:read',
  'devices:read',
  'commands:read',
  'certificates:read',
  'admins:read',
] as const

/** Orders an evidence pack of the whole org over a period. */
export async function orderEvidence(
  ctx: Ctx,
  wish: z.output<typeof evidenceWish>,
): Promise<z.input<typeof exportShape>> {
  for (const permission of needed) demandWhole(ctx.authority, permission)
  const at = views.readEnd(ctx, wish.to, wish.zone)
  const from = views.readBegin(wish.from, wish.zone)
  if (from >= at) throw new Problem('past.unread', { from: wish.from, to: wish.to })
  const { zone, language } = wish
  const order = { kind: 'evidence', filter: '', columns: [], zone, language, format: 'zip', encoding: 'utf-8' } as const
  const id = await addExport(ctx, { ...order, columns: [] }, { at, from, report: null, recipients: [] })
  return exportFor(ctx, id)
}

/** The bytes of a pack, as they come to be. Its manifest, signed with the key of the log, comes last and names every other file. */
export function evidence(
  base: Base,
  scope: Scope,
  one: Export,
  told: (files: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for (const permission of needed) demandWhole(scope.authority, permission)
  const files: ZipEntry[] = []
  return zipStored(partsOf(base, scope, one, files, told), entry => files.push(entry))
}

async function* partsOf(
  base: Base,
  scope: Scope,
  one: Export,
  files: readonly ZipEntry[],
  told: (files: number) => Promise<void>,
): AsyncGenerator<ZipPart> {
  const { at: to, from: begun, language, zone } = one.wish
  const from = begun ?? to
  const span = await base.read(scope, ctx => store.spanOf(ctx, from, to))
  const org = await base.read(scope, ctx => identity.ownOrg(ctx))
  const said = { org: org.name, from, to, zone, entries: span.last - span.first + 1 }
  for (const each of languages) yield textPart(`README.${each}.txt`, readme(each, said))
  yield { name: places.events, bytes: eventsOf(base, scope, span) }
  await told(1)
  yield { name: places.heads, bytes: headsOf(base, scope, span) }
  for (const [name, kind, at] of [
    ['inventory/begin.csv', 'inventory', from],
    ['inventory/end.csv', 'inventory', to],
    ['compliance/begin.csv', 'compliance', from],
    ['compliance/end.csv', 'compliance', to],
    ['log/commands.csv', 'commands', to],
    ['log/looks.csv', 'looks', to],
    ['certificates.csv', 'certificates', to],
  ] as const) {
    yield { name, bytes: reportOf(base, scope, { kind, at, from, language, zone }) }
    await told(files.length)
  }
  for (const [name, read] of tables)
    yield { name, bytes: tableOf(name, await base.read(scope, ctx => read(ctx, { from, to })), one) }
  yield* manifestParts(base, scope, { org, from, to, span, files })
}

async function* manifestParts(
  base: Base,
  scope: Scope,
  of: {
    org: { name: string }
    from: number
    to: number
    span: Manifest['log']
    files: readonly ZipEntry[]
  },
): AsyncGenerator<ZipPart> {
  // Signed in one transaction with the key as it is there: the first signing of an org makes it.
  const signed = await base.transact(scope, async ctx => {
    await headOf(ctx.tx, ctx.org)
    const { publicKey } = await signAsLog(ctx, Buffer.from(''))
    const manifest: Manifest = {
      format: 'muster-evidence-1',
      org: { id: ctx.org, name: of.org.name },
      from: of.from,
      to: of.to,
      madeAt: ctx.now,
      log: of.span,
      publicKey,
      files: of.files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    }
    const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
    return { text, signature: (await signAsLog(ctx, manifestBytes(text))).signature }
  })
  yield { name: places.manifest, bytes: once(signed.text) }
  yield textPart(places.signature, signed.signature)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const textPart = (name: string, text: string): ZipPart => ({ name, bytes: once(Buffer.from(`${text}\n`)) })

const pageSize = 500

async function* eventsOf(base: Base, scope: Scope, { first, last }: Manifest['log']): AsyncGenerator<Uint8Array> {
  for (let after = first - 1; after < last; ) {
    const from = after
    const rows = await base.read(scope, ctx => store.entriesAfter(ctx, from, last, pageSize))
    if (rows.length === 0) return
    yield Buffer.from(rows.map(r => `${JSON.stringify(r)}\n`).join(''))
    after = rows.at(-1)?.seq ?? last
  }
}

async function* headsOf(base: Base, scope: Scope, { first, last }: Manifest['log']): AsyncGenerator<Uint8Array> {
  for (let after = 0; ; ) {
    const from = after
    const rows = await base.read(scope, ctx => store.headsBetween(ctx, first, last, from, pageSize))
    if (rows.length > 0) yield Buffer.from(rows.map(r => `${JSON.stringify(r)}\n`).join(''))
    if (rows.length < pageSize) return
    after = rows.at(-1)?.seq ?? last
  }
}

async function* reportOf(
  base: Base,
  scope: Scope,
  of: { kind: string; at: number; from: number; language: Export['wish']['language']; zone: string },
): AsyncGenerator<Uint8Array> {
  const kind = kindOf(of.kind)
  const asked = { filter: '', at: of.at, from: of.from, zone: of.zone, language: of.language }
  const lines = (async function* (): AsyncGenerator<Line> {
    for await (const page of kind.lines(base, scope, asked, kind.columns)) yield* page
  })()
  const from = kind.time === 'period' ? of.from : null
  yield* written('csv', {
    ...asked,
    kind: kind.id,
    title: kind.id,
    from,
    columns: kind.columns,
    encoding: 'utf-8',
    lines,
  })
}

type Table = (ctx: Ctx, period: { from: number; to: number }) => Promise<Record<string, Cell>[]>

const tables: readonly (readonly [name: string, read: Table])[] = [
  [
    'policies/in-force.csv',
    async (ctx, { to }) =>
      (await store.policiesAt(ctx, to)).map(p => ({
        policy: p.id,
        name: p.name,
        kind: p.kind,
        version: p.version,
        savedAt: instant(p.at),
        savedBy: p.by_id ?? p.by_kind,
        note: p.note,
        value: p.value,
      })),
  ],
  [
    'access.csv',
    async ctx => {
      const unit = await identity.unitRefs(ctx)
      return (await store.accessNow(ctx)).map(a => ({
        admin: a.id,
        name: a.name,
        email: a.email,
        state: a.state,
        role: a.role,
        unit: a.unit === null ? null : unit(a.unit).path,
        grantedAt: instant(a.granted_at === null ? null : Number(a.granted_at)),
        lastSignInAt: instant(a.last_sign_in_at === null ? null : Number(a.last_sign_in_at)),
        authenticatorApp: Number(a.code) === 1,
        passkeys: Number(a.passkeys),
      }))
    },
  ],
  [
    'exceptions.csv',
    async (ctx, { from, to }) =>
      (await store.exceptionsBetween(ctx, from, to)).map(e => ({
        rule: e.rule,
        device: e.device,
        person: e.user_id,
        state: e.state,
        reason: e.reason,
        until: instant(Number(e.until)),
        askedBy: e.asked_id,
        askedAt: instant(Number(e.asked_at)),
        approvedBy: e.decided_id,
        approvedAt: instant(e.decided_at === null ? null : Number(e.decided_at)),
      })),
  ],
]

const heads: Readonly<Record<string, readonly string[]>> = {
  'policies/in-force.csv': ['policy', 'name', 'kind', 'version', 'savedAt', 'savedBy', 'note', 'value'],
  'access.csv': [
    'admin',
    'name',
    'email',
    'state',
    'role',
    'unit',
    'grantedAt',
    'lastSignInAt',
    'authenticatorApp',
    'passkeys',
  ],
  'exceptions.csv': [
    'rule',
    'device',
    'person',
    'state',
    'reason',
    'until',
    'askedBy',
    'askedAt',
    'approvedBy',
    'approvedAt',
  ],
}

function tableOf(name: string, rows: readonly Line[], one: Export): AsyncGenerator<Uint8Array> {
  const { language, zone, at, from } = one.wish
  const lines = (async function* (): AsyncGenerator<Line> {
    yield* rows
  })()
  const columns = heads[name] ?? []
  return written('csv', {
    kind: name,
    title: name,
    language,
    zone,
    at,
    from,
    filter: '',
    columns,
    encoding: 'utf-8',
    lines,
  })
}
