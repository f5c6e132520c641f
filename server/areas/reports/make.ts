import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { JobKind, Running } from '../../base/jobs.ts'
import { sendMail } from '../../base/mail.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import type { Line } from './column.ts'
import { evidence } from './evidence.ts'
import { reportEvents } from './events.ts'
import { failExport, keepMs, makeName, mayHave, rightsOf } from './export.ts'
import * as store from './export-store.ts'
import { kindOf } from './library.ts'
import * as reports from './report-store.ts'
import { say } from './texts.ts'
import { contentTypes, written } from './write.ts'

const attempts = 5
const tellMs = 1000
// What mail servers commonly take, with room for base64.
const mostMailed = 10 * 1024 * 1024

class Canceled extends Error {}

/** Makes one file: reads with what its owner may see by now, writes it as it reads, and mails it in the transaction that says it is done. */
export const make: JobKind<{ export: string }> = {
  name: makeName,
  leaseMs: 1_800_000,
  attempts,
  maxWaitMs: 60_000,
  run: async (base, job) => {
    const { export: id } = job.payload
    const begun = await base.transact(job.scope, ctx => begin(ctx, id))
    if (begun === null) return undefined
    try {
      await carryOut(base, job, begun)
    } catch (error) {
      if (error instanceof Canceled) return undefined
      const final = error instanceof Problem || job.attempt >= attempts
      if (!final) throw error
      const code = error instanceof Problem ? error.code : 'fault'
      await base.transact(job.scope, ctx => failExport(ctx, id, code))
      if (!(error instanceof Problem)) throw error
    }
    return undefined
  },
}

interface Begun {
  one: store.Export
  authority: Scope['authority']
}

async function begin(ctx: Ctx, id: string): Promise<Begun | null> {
  const one = await store.findExport(ctx, id)
  if (!one || !(await store.changeExport(ctx, id, ['waiting', 'running'], { state: 'running', doneRows: 0 })))
    return null
  const report = one.report === null ? null : await reports.findReport(ctx, one.report)
  // A report that was removed meanwhile reaches nothing.
  const authority = await rightsOf(ctx, one.owner, one.report === null ? null : (report?.unit_path ?? 'none'))
  return { one, authority }
}

async function carryOut(base: Base, job: Running<{ export: string }>, { one, authority }: Begun): Promise<void> {
  const { kind: id, at, from, filter, zone, language, columns, format, encoding } = one.wish
  if (format === 'zip') return pack(base, job, { one, authority })
  const kind = kindOf(id)
  if (!mayHave(authority, kind.permission)) throw new Problem('permission.missing', { permission: kind.permission })
  const scope: Scope = { ...job.scope, authority }
  const asked = { filter, at, from: from ?? at, zone, language }
  const totalRows = (await kind.total?.(base, scope, asked)) ?? null
  const counted = await base.transact(job.scope, ctx => store.changeExport(ctx, one.id, ['running'], { totalRows }))
  if (!counted) throw new Canceled()
  let rows = 0
  const lines = (async function* (): AsyncGenerator<Line> {
    let told = base.clock.now()
    for await (const page of kind.lines(base, scope, asked, columns)) {
      yield* page
      rows += page.length
      if (base.clock.now() - told < tellMs) continue
      told = base.clock.now()
      await progress(base, job, one.id, rows)
    }
  })()
  const bytes = written(format, {
    kind: id,
    title: one.wish.title,
    language,
    zone,
    at,
    from,
    filter,
    columns,
    encoding,
    lines,
  })
  const { sha256, size } = await base.blobs.putStream(bytes, job.signal)
  await base.transact(job.scope, ctx => finish(ctx, one, { sha256, size, rows }))
}

async function pack(base: Base, job: Running<{ export: string }>, { one, authority }: Begun): Promise<void> {
  const scope: Scope = { ...job.scope, authority }
  const bytes = evidence(base, scope, one, files => progress(base, job, one.id, files))
  const { sha256, size } = await base.blobs.putStream(bytes, job.signal)
  await base.transact(job.scope, async ctx => {
    const ended = { state: 'done', blob: sha256, size, endedAt: ctx.now, expiresAt: ctx.now + keepMs } as const
    if (!(await store.changeExport(ctx, one.id, ['running'], ended))) return
    const { from, at: to } = one.wish
    await record(ctx, reportEvents.evidence, null, { export: one.id, from: from ?? to, to, sha256 })
  })
}

/** Says how far a file is; throws when it is not wanted any more. */
export async function progress(
  base: Base,
  job: Pick<Running<unknown>, 'scope' | 'signal'>,
  id: string,
  doneRows: number,
): Promise<void> {
  job.signal.throwIfAborted()
  if (!(await base.transact(job.scope, ctx => store.changeExport(ctx, id, ['running'], { doneRows }))))
    throw new Canceled()
}

async function finish(
  ctx: Ctx,
  one: store.Export,
  made: { sha256: string; size: number; rows: number },
): Promise<void> {
  const { sha256, size, rows } = made
  const ended = { state: 'done', blob: sha256, size, doneRows: rows, totalRows: rows } as const
  const kept = { endedAt: ctx.now, expiresAt: ctx.now + keepMs }
  if (!(await store.changeExport(ctx, one.id, ['running'], { ...ended, ...kept }))) return
  const { kind, filter, at: asOf, format, title: name } = one.wish
  const recipients = one.recipients.length
  const about = one.report === null ? null : await reports.findReport(ctx, one.report)
  const place = about ? { kind: 'report', id: about.id, path: about.unit_path } : null
  await record(ctx, reportEvents.made, place, {
    export: one.id,
    kind,
    name,
    filter,
    asOf,
    format,
    rows,
    recipients,
    sha256,
  })
  await mailTo(ctx, one, { sha256, size, rows })
}

async function mailTo(
  ctx: Ctx,
  one: store.Export,
  made: { sha256: string; size: number; rows: number },
): Promise<void> {
  const { language, title: name, zone, at: asOf, format } = one.wish
  if (format === 'zip') return
  const timeZone = zone
  const at = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(asOf)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(asOf)
  const link = `${ctx.config.url}/reports`
  const small = made.size <= mostMailed
  for (const to of one.recipients)
    await sendMail(ctx, {
      to,
      language,
      subject: say(language, 'mail.subject', { name, day }),
      text: say(language, small ? 'mail.text' : 'mail.large', { name, at, rows: made.rows, link }),
      attachments: small ? [{ name: one.name, type: contentTypes[format], blob: made.sha256 }] : [],
      about: { kind: 'export', id: one.id },
    })
}
