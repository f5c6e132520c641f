import { encodePushRequest } from '@muster/wire/apple/push-request.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import type { Scope } from '../../base/ctx.ts'
import type { JobKind } from '../../base/jobs.ts'
import { oneLine } from '../../base/mail.ts'
import { type Answered, ask } from '../../base/outside.ts'
import { Problem, Unavailable } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { askSigner } from './later.ts'
import { keepSigned, renewalPlace } from './renewal.ts'
import * as store from './renewal-store.ts'
import { type Reader, readSigned } from './request.ts'
import { signerPlace } from './signer.ts'

const attempts = 8
const answerBytes = 256 * 1024

/** Asks the signing service until it answers; what it says is kept with the request. */
export const signJob: JobKind<{ renewal: string }> = {
  name: askSigner,
  attempts,
  maxWaitMs: 5 * 60_000,
  run: async (base, job) => {
    const asked = await base.read(job.scope, ctx => questionOf(ctx, job.payload.renewal))
    if (asked === null) return undefined
    try {
      const answer = await ask(base.config, 'signing service', asked.asking)
      await note(base, job.scope, job.payload.renewal, judge(answer, asked.reader))
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      const last = job.attempt >= attempts
      const why = error.cause instanceof Error ? error.cause.message : 'no answer'
      await note(base, job.scope, job.payload.renewal, {
        problem: 'silent',
        text: why,
        state: last ? 'made' : 'signing',
      })
      throw error
    }
    return undefined
  },
}

type Ctx = Parameters<Parameters<Base['read']>[1]>[0]

async function questionOf(ctx: Ctx, id: string) {
  const row = await store.find(ctx)
  const signer = await store.signer(ctx, 'service')
  if (!row || row.id !== id || row.state !== 'signing' || !signer?.url) return null
  const key =
    signer.secret === null
      ? ''
      : Buffer.from(await ctx.secrets.open(ctx, signerPlace('service'), signer.secret)).toString('utf8')
  const base64 = (label: string, der: Uint8Array): string => Buffer.from(toPem(label, der)).toString('base64')
  const body = {
    csr: base64('CERTIFICATE REQUEST', row.request),
    email: signer.email ?? row.email,
    key,
    encrypt: base64('CERTIFICATE', row.opening),
  }
  const openingKey = await ctx.secrets.open(ctx, renewalPlace('opening_key'), row.opening_key)
  const reader: Reader = { request: row.request, opening: row.opening, openingKey }
  const headers = { 'content-type': 'application/json', ...(key === '' ? {} : { authorization: `Bearer ${key}` }) }
  const asking = {
    url: signer.url,
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    limitBytes: answerBytes,
  } as const
  return { asking, reader }
}

type Judged = { signed: string } | { mailed: true } | { problem: string; text: string; state: 'made' | 'signing' }

/** A signed request, plain or encrypted for us; the word that it comes by mail; or why not. */
function judge(answer: Answered, reader: Reader): Judged {
  const said = answer.text()
  const failed = (problem: string, text: string): Judged => ({ problem, text: oneLine(text, 300), state: 'made' })
  if (answer.status >= 500 || answer.status === 429)
    throw new Unavailable('signing service', new Error(`status ${answer.status}`))
  if (answer.status !== 200 && answer.status !== 201) return failed('refused', `${answer.status} ${said}`)
  const fields = objectOf(said)
  if (fields?.['result'] === 'failure') return failed('refused', String(fields['reason'] ?? said))
  const found = fields ? textOf(fields, ['signed', 'result', 'request']) : said
  if (fields && (found === null || found === 'success')) return { mailed: true }
  try {
    return { signed: encodePushRequest(readSigned(found ?? '', reader)) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const packed = fields ? null : binary(answer.bytes, reader)
    return packed ?? failed(error.code === 'push.signed-other' ? 'other' : 'unreadable', said)
  }
}

/** The encrypted answer as bare DER. */
function binary(bytes: Uint8Array, reader: Reader): Judged | null {
  if (bytes[0] !== 0x30) return null
  try {
    return { signed: encodePushRequest(readSigned(Buffer.from(bytes).toString('base64'), reader)) }
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function objectOf(text: string): Record<string, unknown> | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}

function textOf(fields: Record<string, unknown>, names: readonly string[]): string | null {
  return names.map(name => fields[name]).find(value => typeof value === 'string') ?? null
}

async function note(base: Base, scope: Scope, id: string, judged: Judged): Promise<void> {
  await base.transact(scope, async ctx => {
    const row = await store.find(ctx)
    // It was discarded, or signed in another way meanwhile.
    if (!row || row.id !== id || row.state !== 'signing') return
    if ('signed' in judged) await keepSigned(ctx, { signed: judged.signed, way: 'service' })
    else if ('mailed' in judged) await store.change(ctx, { state: 'mailed', problem: null, problem_text: null })
    else await store.change(ctx, { state: judged.state, problem: judged.problem, problem_text: judged.text })
  })
}
