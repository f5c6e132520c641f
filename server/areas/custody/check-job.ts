import type { Scope } from '../../base/ctx.ts'
import { greet, type Greeting } from '../../base/greeting.ts'
import type { JobKind } from '../../base/jobs.ts'
import { ask } from '../../base/outside.ts'
import { Unavailable } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import * as certificates from '../certificates/index.ts'
import * as push from '../push/index.ts'
import { type CheckCode, type Found, inside } from './check.ts'
import * as store from './check-store.ts'
import { checkSetup } from './later.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Checks the set-up from this server: as devices come in, and what it must reach. */
export const checkJob: JobKind<Record<string, never>> = {
  name: checkSetup,
  leaseMs: 3 * minute,
  run: async (base, { scope }) => {
    const own = await certificates.trustPem(base)
    const greeting = await greet(base.config.url, own)
    const found: Partial<Record<CheckCode, Found>> = {
      reach: await reach(base, greeting, own),
      tls: tls(base, greeting),
      push: await pushes(base, scope),
      clock: await clock(base),
    }
    await base.transact(scope, async ctx => {
      for (const [code, { state, why, facts }] of Object.entries({ ...found, ...(await inside(ctx)) }))
        await store.put(ctx, { code, state, facts: JSON.stringify({ why, ...facts }) })
      await store.end(ctx)
    })
    return { againInMs: day }
  },
}

/** By the public name, as devices come: does this server answer there, and who can reach it? */
async function reach(base: Base, { address, from, fault, trusted }: Greeting, own: string): Promise<Found> {
  const { url } = base.config
  const facts = { url, address: address ?? '', reason: fault }
  if (address === null) return { state: 'danger', why: 'name', facts }
  if (from === 'machine') return { state: 'danger', why: 'machine', facts }
  if (trusted === null && !fault.includes('CERT') && fault !== '') return { state: 'danger', why: 'silent', facts }
  if (trusted === 'public' && !(await isUs(base, own))) return { state: 'danger', why: 'other', facts }
  return from === 'network' ? { state: 'attention', why: 'network', facts } : { state: 'ok', why: 'good', facts }
}

/** Our own authority is told by nobody else. Asked only where the line is trusted. */
async function isUs(base: Base, own: string): Promise<boolean> {
  try {
    const answer = await ask(base.config, 'own address', { url: `${base.config.url}/trust.pem`, timeoutMs: 10_000 })
    return answer.status === 200 && answer.text().trim() === own.trim()
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}

function tls(base: Base, { address, trusted, notAfter, fault }: Greeting): Found {
  const facts = { at: notAfter, reason: fault }
  if (address === null || notAfter === null) return { state: 'unknown', why: 'silent', facts }
  if (notAfter <= base.clock.now()) return { state: 'danger', why: 'over', facts }
  if (trusted === null) return { state: 'danger', why: 'untrusted', facts }
  return trusted === 'own' ? { state: 'attention', why: 'own', facts } : { state: 'ok', why: 'good', facts }
}

async function pushes(base: Base, scope: Scope): Promise<Found> {
  const { state, reason } = await push.probe(base, scope)
  return { state: state === 'good' ? 'ok' : 'danger', why: state, facts: { reason } }
}

/** Compared with the clock of the vendor's list of versions, which every server must reach anyhow. */
async function clock(base: Base): Promise<Found> {
  try {
    const answer = await ask(base.config, 'time', { url: base.config.updatesUrl, timeoutMs: 10_000 })
    const told = Date.parse(String(answer.headers['date'] ?? ''))
    if (Number.isNaN(told)) return { state: 'unknown', why: 'silent', facts: {} }
    const seconds = Math.round((base.clock.now() - told) / 1000)
    const off = Math.abs(seconds)
    const facts = { seconds: off, side: seconds < 0 ? 'behind' : 'ahead' }
    if (off <= 30) return { state: 'ok', why: 'good', facts }
    return { state: off <= 300 ? 'attention' : 'danger', why: 'off', facts }
  } catch (error) {
    if (error instanceof Unavailable) return { state: 'unknown', why: 'silent', facts: {} }
    throw error
  }
}
