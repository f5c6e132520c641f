import { createHash, timingSafeEqual } from 'node:crypto'
import { request } from 'node:http'
import { type Attestation, attestableFormats, readAttestation, verifyAttested } from '@muster/wire/acme/attestation.ts'
import { keyAuthorization, jwkOf } from '@muster/wire/acme/jws.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { type Certificate, fingerprint, parseCertificate } from '@muster/wire/x509/certificate.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { digest, type Id } from '../../../base/id.ts'
import { enqueue, jobName, type JobKind } from '../../../base/jobs.ts'
import type { Base } from '../../../base/transact.ts'
import { certificateEvents } from '../events.ts'
import * as certificateStore from '../store.ts'
import { rootsOf } from './attested-store.ts'
import { AcmeFault, documentOf } from './fault.ts'
import { acmeUrl, type Asked, scopeOf, standing } from './request.ts'
import * as store from './store.ts'

/** What the maker of a device attested of a key, as it is kept until the certificate is issued. */
export interface AttestedKey {
  keyHash: string
  serial: string | null
  udid: string | null
  osVersion: string | null
  sepVersion: string | null
  root: string
}

/** A proof with its identifier as the client wrote it. */
export interface Proof extends store.AuthorizationRow {
  shown: string
}

const validateName = jobName<{ authorization: string }>('acme.validate')
const triesAtMost = 5
const pauseMs = 3_000
const answerLimit = 2_000

/** Where the name of a device in a proof is sealed. */
export const namedPlace = (row: string): { table: string; column: string; row: string } => ({
  table: 'acme_authorizations',
  column: 'named',
  row,
})

/** The proofs with their identifiers as the client wrote them. */
export async function named(ctx: Ctx, rows: readonly store.AuthorizationRow[]): Promise<Proof[]> {
  const found: Proof[] = []
  for (const row of rows) {
    const sealed = row.named
    const opened = sealed === null ? null : await ctx.secrets.open(ctx, namedPlace(row.id), sealed)
    found.push({ ...row, shown: opened === null ? row.value : new TextDecoder().decode(opened) })
  }
  return found
}

/** The proof of one identifier, to the account that needs it. */
export async function proofOf(ctx: Ctx, asked: Asked, id: string): Promise<Proof> {
  const account = await standing(ctx, asked)
  const proof = await store.findProof(ctx, id)
  if (proof?.account !== account.id) throw new AcmeFault('malformed', 'There is no such authorization.', 404)
  const [found] = await named(ctx, [proof])
  if (!found) throw new AcmeFault('malformed', 'There is no such authorization.', 404)
  return found
}

/** The client says that its answer stands (RFC 8555 §7.5.1), or brings it along where a device attests itself. */
export async function answered(base: Base, asked: Asked, id: string): Promise<Proof> {
  const proof = await base.read(scopeOf(asked.org), ctx => proofOf(ctx, asked, id))
  if (proof.state !== 'pending') return proof
  if (proof.expires_at <= base.clock.now()) throw new AcmeFault('malformed', 'The authorization has expired.')
  return proof.type === 'dns' ? look(base, asked, id) : attest(base, asked, id)
}

async function look(base: Base, asked: Asked, id: string): Promise<Proof> {
  return base.transact(scopeOf(asked.org), async ctx => {
    const proof = await proofOf(ctx, asked, id)
    if (proof.state !== 'pending') return proof
    await store.changeProof(ctx, id, { state: 'processing' })
    await enqueue(ctx, validateName, { authorization: id }, { dedupe: id })
    return { ...proof, state: 'processing' }
  })
}

async function attest(base: Base, asked: Asked, id: string): Promise<Proof> {
  return base.transact(scopeOf(asked.org), async ctx => {
    const proof = await proofOf(ctx, asked, id)
    if (proof.state !== 'pending') return proof
    try {
      const attested = await judged(ctx, proof, asked.payload?.attObj)
      const change = { state: 'valid' as const, attested: JSON.stringify(attested), validated_at: ctx.now }
      await store.changeProof(ctx, id, change)
      return { ...proof, ...change }
    } catch (error) {
      if (!(error instanceof AcmeFault)) throw error
      return failed(ctx, proof, error)
    }
  })
}

/** What an attestation proves, or an AcmeFault that says why it proves nothing here. */
async function judged(ctx: Ctx, proof: Proof, object: unknown): Promise<AttestedKey> {
  const roots = (await rootsOf(ctx)).map(row => parseCertificate(row.der))
  if (roots.length === 0)
    throw new AcmeFault(
      'badAttestationStatement',
      'This server knows no maker of devices; an admin adds their authority.',
    )
  const attestation = attestationIn(object)
  if (!attestableFormats.includes(attestation.format))
    throw new AcmeFault('badAttestationStatement', `The format ${attestation.format.slice(0, 40)} is not understood.`)
  const { root, said } = trusted(attestation.chain, roots, ctx.now)
  const wanted = createHash('sha256').update(proof.token).digest()
  if (!said.freshness || said.freshness.length !== wanted.length || !timingSafeEqual(said.freshness, wanted))
    throw new AcmeFault('badAttestationStatement', 'The attestation was made for another question.')
  const challenge = await certificateStore.findChallenge(ctx, proof.value)
  if (challenge?.serial && challenge.serial !== said.serial)
    throw new AcmeFault('rejectedIdentifier', 'Another device was expected.')
  return {
    keyHash: digest(said.spki),
    serial: said.serial,
    udid: said.udid,
    osVersion: said.osVersion,
    sepVersion: said.sepVersion,
    root: fingerprint(root.der),
  }
}

function attestationIn(object: unknown): Attestation {
  if (typeof object !== 'string' || object.length > 40_000 || !/^[A-Za-z0-9_-]+={0,2}$/.test(object))
    throw new AcmeFault('malformed', 'Send attObj: the attestation in base64url.')
  try {
    return readAttestation(new Uint8Array(Buffer.from(object, 'base64url')))
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    throw new AcmeFault('badAttestationStatement', error.message)
  }
}

function trusted(chain: readonly Certificate[], roots: readonly Certificate[], at: number) {
  let reason = 'no root'
  for (const root of roots)
    try {
      return { root, said: verifyAttested(chain, [root], at) }
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      reason = error.message
    }
  throw new AcmeFault('badAttestationStatement', `The chain does not lead to a maker this server knows: ${reason}.`)
}

async function failed(ctx: Ctx, proof: Proof, fault: AcmeFault): Promise<Proof> {
  const error = JSON.stringify(documentOf(fault))
  await store.changeProof(ctx, proof.id, { state: 'invalid', error })
  await store.changeOrder(ctx, proof.order_id, { state: 'invalid', error })
  const challenge = proof.type === 'dns' ? undefined : await certificateStore.findChallenge(ctx, proof.value)
  const about = challenge ? { kind: challenge.for_kind, id: challenge.for_id, path: challenge.unit_path } : null
  await record(ctx, certificateEvents.refused, about, {
    reason: fault.message.slice(0, 300),
    failInfo: fault.type,
    transaction: proof.order_id,
    forKind: challenge?.for_kind ?? null,
    forId: challenge?.for_id ?? null,
  })
  return { ...proof, state: 'invalid', error }
}

/** What was attested for this proof; null when nothing was. */
export function attestedKey(proof: Pick<store.AuthorizationRow, 'attested' | 'state'>): AttestedKey | null {
  return proof.attested === null || proof.state !== 'valid' ? null : (JSON.parse(proof.attested) as AttestedKey)
}

/** Asks the host for the answer (RFC 8555 §8.3), a few times: the client may be a moment behind. */
export const validating: JobKind<{ authorization: string }> = {
  name: validateName,
  run: async (base, job) => {
    const scope = scopeOf(job.org)
    const found = await base.read(scope, async ctx => {
      const proof = await store.findProof(ctx, job.payload.authorization)
      const account = proof ? await store.findAccount(ctx, proof.account) : undefined
      const binding = account?.binding ? await store.findBinding(ctx, account.binding) : undefined
      return proof && account && binding ? { proof, account, binding } : null
    })
    if (found?.proof.state !== 'processing') return undefined
    const { proof, account, binding } = found
    const wanted = keyAuthorization(proof.token, jwkOf(JSON.parse(account.jwk)))
    const fault = await ask({ host: proof.value, port: binding.port, token: proof.token, signal: job.signal }, wanted)
    return base.transact(scope, async ctx => {
      const now = await store.findProof(ctx, proof.id)
      if (now?.state !== 'processing') return undefined
      if (fault === null) {
        await store.changeProof(ctx, proof.id, { state: 'valid', validated_at: ctx.now })
        return undefined
      }
      await store.changeProof(ctx, proof.id, { tries: now.tries + 1 })
      if (now.tries + 1 < triesAtMost) return { againInMs: pauseMs }
      await failed(ctx, { ...now, shown: now.value }, fault)
      return undefined
    })
  },
}

interface Asking {
  host: string
  port: number
  token: string
  signal: AbortSignal
}

/** Null when the host answers what is wanted. Redirects are not followed, and little is read. */
function ask({ host, port, token, signal }: Asking, wanted: string): Promise<AcmeFault | null> {
  const connection = (why: string): AcmeFault => new AcmeFault('connection', `${host}:${port} ${why}`)
  return new Promise(resolve => {
    const sent = request(
      {
        host,
        port,
        path: `/.well-known/acme-challenge/${token}`,
        headers: { host: port === 80 ? host : `${host}:${port}`, 'user-agent': 'Muster' },
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
        agent: false,
      },
      answer => {
        let text = ''
        answer.setEncoding('latin1')
        answer.on('data', (part: string) => {
          text += part
          if (text.length > answerLimit) answer.destroy()
        })
        answer.on('error', error => resolve(connection(error.message)))
        answer.on('close', () => {
          if (answer.statusCode !== 200)
            resolve(new AcmeFault('unauthorized', `${host} answered ${answer.statusCode}.`))
          else if (text.trimEnd() === wanted) resolve(null)
          else resolve(new AcmeFault('incorrectResponse', `${host} answered something else.`))
        })
      },
    )
    sent.on('error', error => resolve(connection(error.message)))
    sent.end()
  })
}

/** An authorization as clients see it; the secret that names a device is not repeated. */
export function proofDocument(base: Base, proof: Proof): Record<string, unknown> {
  return {
    status: proof.state === 'processing' ? 'pending' : proof.state,
    expires: new Date(proof.expires_at).toISOString(),
    identifier: { type: proof.type, value: proof.shown },
    challenges: [challengeDocument(base, proof)],
  }
}

/** The challenge of an authorization as clients see it. */
export function challengeDocument(base: Base, proof: Proof): Record<string, unknown> {
  return {
    type: proof.type === 'dns' ? 'http-01' : 'device-attest-01',
    url: `${acmeUrl(base, proof.org as Id<'org'>)}/challenges/${proof.id}`,
    status: proof.state,
    token: proof.token,
    ...(proof.validated_at === null ? {} : { validated: new Date(proof.validated_at).toISOString() }),
    ...(proof.error === null ? {} : { error: JSON.parse(proof.error) }),
  }
}
