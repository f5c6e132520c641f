import * as enrollment from '../../../areas/enrollment/index.ts'
import { nothing } from '../../../base/authority.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { Call, Reply } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { prove } from '../proof.ts'
import { pinnedOf, speakerOf } from '../speaker.ts'
import { profileNow } from './fill.ts'

/** What the address of a profile names. */
export interface Asked {
  enrollment: string
  account: string
  item: string
  /** PayloadUUID and epoch. */
  content: string
}

/**
 * The profile of an item to the device it was made for, and to no other: the caller proves itself as it does at every contact
 * (Apple: a legacy profile is fetched with the identity of the enrollment), and the address must be of its own channel. Parts of it can be asked for.
 */
export async function serveItem(base: Base, asked: Asked, call: Call): Promise<Reply<Uint8Array | null>> {
  const proof = await prove(base, call)
  const bytes = await base.transact(anyone(call), async anyCtx => {
    const speaker = await speakerOf(anyCtx, proof.fingerprint, null)
    // Not to say more than that to whoever asks for another's.
    if (speaker.standing !== 'enrolled' || speaker.enrollment.id !== asked.enrollment)
      throw new Problem('device.profile-unknown')
    const account = asked.account === 'device' ? '' : await accountOf(speaker.ctx, asked)
    const [uuid = '', epoch = ''] = asked.content.split('.')
    const of = { item: Buffer.from(asked.item, 'base64url').toString('utf8'), uuid, epoch: Number(epoch) }
    return profileNow(speaker.ctx, { ...pinnedOf(speaker), account }, of)
  })
  return ranged(bytes, String(call.headers.range ?? ''), `"${asked.content}"`)
}

async function accountOf(ctx: Ctx, asked: Asked): Promise<Id<'account'>> {
  const accounts = await enrollment.accountsOf(ctx, asked.enrollment)
  const found = accounts.find(a => a.id === asked.account && a.state === 'active')
  if (!found) throw new Problem('device.profile-unknown')
  return found.id
}

/** The bytes, or the one part that is asked for (RFC 9110 §14); what cannot be read as one range is answered whole. */
export function ranged(bytes: Uint8Array, range: string, etag: string): Reply<Uint8Array | null> {
  const type = 'application/x-apple-aspen-config'
  const headers = { 'accept-ranges': 'bytes', etag, 'cache-control': 'private, no-store' }
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? []
  if (from === '' && to === '') return { status: 200, type, headers, body: bytes }
  const size = bytes.length
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (first >= size || (from === '' && Number(to) === 0))
    return { status: 416, type, headers: { ...headers, 'content-range': `bytes */${size}` }, body: null }
  if (last < first) return { status: 200, type, headers, body: bytes }
  const part = { ...headers, 'content-range': `bytes ${first}-${last}/${size}` }
  return { status: 206, type, headers: part, body: bytes.subarray(first, last + 1) }
}

function anyone(call: Call): Scope {
  return {
    org: '' as Id<'org'>,
    actor: { kind: 'system', id: null, what: 'contact' },
    authority: nothing,
    request: call.request,
  }
}
