import { Malformed } from '@muster/wire/malformed.ts'
import { verify } from '@muster/wire/cms/signed.ts'
import { asText, read } from '@muster/wire/der/der.ts'
import type { FailInfo, ScepRequest } from '@muster/wire/scep/message.ts'
import type { Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Base } from '../../base/transact.ts'
import { certificateEvents } from './events.ts'

/** Why no certificate is issued: a sentence for the log, a code for the client. */
export class Refusal extends Error {
  readonly failInfo: FailInfo
  readonly bound: { kind: string; id: string; path: string } | null
  constructor(reason: string, failInfo: FailInfo, bound: Refusal['bound'] = null) {
    super(reason)
    this.failInfo = failInfo
    this.bound = bound
  }
}

const unsuitable = ['cms.cipher', 'cms.digest', 'x509.key', 'x509.algorithm']
const unsound = ['cms.decrypt', 'cms.recipient', 'cms.signature', 'scep.request']

/** What a client is told of a message that cannot be read (RFC 8894 §3.2.1.4.5). */
export function failInfoOf(error: Malformed): FailInfo {
  if (unsuitable.includes(error.code)) return 'badAlg'
  return unsound.includes(error.code) ? 'badMessageCheck' : 'badRequest'
}

const transactionId = '2.16.840.1.113733.1.9.7'
const senderNonce = '2.16.840.1.113733.1.9.5'

/** As much of a message that was refused as an answer needs, or null when its signature or these attributes do not hold. */
export function readRefused(message: Uint8Array): ScepRequest | null {
  try {
    const { attributes, signer, digest } = verify(message, { legacySha1: true })
    const [transaction] = attributes.get(transactionId) ?? []
    const [nonce] = attributes.get(senderNonce) ?? []
    if (!transaction || !nonce) return null
    const id = asText(read(transaction))
    if (id === '' || id.length > 256) return null
    return {
      messageType: 'PKCSReq',
      transactionId: id,
      senderNonce: read(nonce).content,
      signer,
      content: new Uint8Array(),
      cipher: 'aes-256-cbc',
      digest,
    }
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

const mostPerMinute = 60
const recorded = new WeakMap<object, { minute: number; count: number }>()

/** Records the refusal in its own transaction; at most sixty a minute, because anyone may ask. */
export async function recordRefusal(
  base: Base,
  scope: Scope,
  refusal: Refusal,
  transaction: string | null,
): Promise<void> {
  const minute = Math.floor(base.clock.now() / 60_000)
  const before = recorded.get(base.secrets)
  const count = before?.minute === minute ? before.count + 1 : 1
  recorded.set(base.secrets, { minute, count })
  if (count > mostPerMinute) return
  const { bound } = refusal
  await base.transact(scope, ctx =>
    record(ctx, certificateEvents.refused, bound ? { kind: bound.kind, id: bound.id, path: bound.path } : null, {
      reason: refusal.message,
      failInfo: refusal.failInfo,
      transaction: transaction?.slice(0, 100) ?? null,
      forKind: bound?.kind ?? null,
      forId: bound?.id ?? null,
    }),
  )
}
