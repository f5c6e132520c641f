import { createHash, createPrivateKey, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { openServerToken, type ServerToken } from '@muster/wire/apple/server-token.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import { demandWhole } from '../../../base/authority.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { newId } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { Base } from '../../../base/transact.ts'
import { wakeWorker } from './work.ts'
import * as store from './store.ts'

const dayMs = 24 * 3_600_000
/** A certificate is uploaded within minutes; a token that comes by it is good for a year, and may be downloaded anew by the same. */
const keyValidMs = 10 * 365 * dayMs
/** Keys that no token came for are forgotten. */
const keyIdleMs = 90 * dayMs

/** A certificate for the vendor to encrypt a token to. */
export interface MadeKey {
  id: string
  certificate: string
  expiresAt: number
}

/** Makes a key pair and its certificate. The private half never leaves the server. */
export async function makeKey(base: Base, scope: Scope): Promise<MadeKey> {
  demandWhole(scope.authority, 'roster:write')
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return base.transact(scope, async ctx => {
    const { name } = await identity.ownOrg(ctx)
    const id = newId('certificate')
    const expiresAt = ctx.now + keyValidMs
    const certificate = issueCertificate({
      subject: [
        ['O', name.slice(0, 64)],
        ['CN', `Muster ${id.slice(-8)}`],
      ],
      spki: spkiOf(privateKey),
      // A vendor whose clock is behind ours takes it all the same.
      notBefore: ctx.now - dayMs,
      notAfter: expiresAt,
      issuer: { key: privateKey },
      keyUsage: ['keyEncipherment', 'dataEncipherment'],
    })
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' })
    const secret = await ctx.secrets.seal(ctx, store.placeOf(id), pkcs8)
    await store.dropKeysBefore(ctx, ctx.now - keyIdleMs)
    await store.putKey(ctx, { id, program: null, certificate, secret, created_at: ctx.now })
    return { id, certificate: toPem('CERTIFICATE', certificate), expiresAt }
  })
}

/** What whoever adds a program says beside its token. */
export interface NewDevices {
  name: string
  token: string
  account?: string | null | undefined
  setup?: string | null | undefined
  unit?: string | null | undefined
}

/** Takes a server token into use as a new program. */
export async function addDevices(ctx: Ctx, wish: NewDevices): Promise<roster.Program> {
  demandWhole(ctx.authority, 'roster:write')
  const { token, key } = await opened(ctx, wish.token, null)
  const program = await roster.addProgram(ctx, {
    platform: 'apple',
    kind: 'devices',
    name: wish.name,
    mark: markOf(token),
    secret: JSON.stringify(token),
    expiresAt: token.expiresAt,
    account: wish.account ?? null,
    setup: wish.setup ?? null,
    unit: wish.unit ?? null,
  })
  await store.bindKey(ctx, key, program.id)
  return program
}

/** Takes a newer token of the same server at the vendor. One of another server is refused, because its devices are others. */
export async function renewDevices(ctx: Ctx, id: string, file: string): Promise<roster.Program> {
  const before = await roster.programFor(ctx, id, 'roster:write')
  if (before.kind !== 'devices' || before.platform !== 'apple') throw new Problem('program.kind-wrong')
  const { token, key } = await opened(ctx, file, id)
  // The vendor keeps the consumer key of a server for as long as the server is there.
  const was: unknown = JSON.parse(await roster.programSecret(ctx, id))
  if (typeof was === 'object' && was !== null && 'consumerKey' in was && was.consumerKey !== token.consumerKey)
    throw new Problem('program.other-server')
  const program = await roster.noteProgram(ctx, id, {
    state: 'new',
    problem: null,
    secret: JSON.stringify(token),
    mark: markOf(token),
    expiresAt: token.expiresAt,
  })
  await store.bindKey(ctx, key, id)
  const client = await store.clientOf(ctx, id)
  // Who we are is asked anew before anything else; silence was asked of the old token.
  await store.putClient(ctx, { ...client, account_at: null, wait_until: null })
  const { kind, name, expiresAt } = program
  await record(ctx, roster.programEvents.renewed, roster.aboutProgram(program), { kind, name, expiresAt })
  await wakeWorker(ctx, program)
  return program
}

/** One server at the vendor has one voice: its consumer key. */
function markOf(token: ServerToken): string {
  return createHash('sha256').update(`ade:${token.consumerKey}`).digest('hex')
}

/** Opens the file with whichever of our keys it is for. */
async function opened(ctx: Ctx, file: string, program: string | null): Promise<{ token: ServerToken; key: string }> {
  const bytes = new TextEncoder().encode(file)
  for (const row of await store.keysFor(ctx, program)) {
    const pkcs8 = await ctx.secrets.open(ctx, store.placeOf(row.id), row.secret)
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    const token = tried(bytes, { certificate: parseCertificate(row.certificate), key })
    if (token === null) continue
    if (token.expiresAt <= ctx.now) throw new Problem('program.token-over')
    return { token, key: row.id }
  }
  throw new Problem('program.key-unknown')
}

/** The token, or null where it was made for another certificate. */
function tried(bytes: Uint8Array, ours: Parameters<typeof openServerToken>[1]): ServerToken | null {
  try {
    return openServerToken(bytes, ours)
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    if (cause.code === 'cms.recipient') return null
    throw new Problem('program.file-unreadable', {}, { cause })
  }
}
