import * as apps from '../../../areas/apps/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { nothing } from '../../../base/authority.ts'
import type { Scope } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { Call, Reply } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { manifestOf } from './manifest.ts'

/** How long an address of a file is good for: a device asks for it as soon as it has read the manifest. */
const goodMs = 24 * 3_600_000

type Body = Uint8Array | AsyncIterable<Uint8Array> | null
type Found = { manifest: Uint8Array } | { release: apps.Release; now: number }

/**
 * What a signed address leads to: the manifest of a release, made for the device, or its file, of which parts can be asked for (RFC 9110 §14).
 * Only a device that is enrolled and should have the app gets either, whatever was signed before.
 */
export async function serveFile(base: Base, signed: string, call: Call): Promise<Reply<Body>> {
  const found = await base.transact(anyone(call), async anyCtx => {
    const { ctx, link } = await apps.openLink(anyCtx, signed)
    const at = await apps.releaseAt(ctx, link.release)
    const active = await enrollment.activeOf(ctx, [link.device])
    const wanted = at && (await apps.findStatus(ctx, link.device, at.app.id))
    const may = wanted?.presence === 'required' || wanted?.presence === 'available'
    if (!at || !active.has(link.device as Id<'device'>) || !may) throw new Problem('app.link-unknown')
    if (link.what === 'file') {
      if (wanted.state === 'sent') await apps.noteStatus(ctx, link.device, at.app.id, { state: 'downloading' })
      return { release: at.release, now: ctx.now } satisfies Found
    }
    const expiresAt = ctx.now + goodMs
    const url = await apps.addressOf(ctx, { what: 'file', device: link.device, release: link.release, expiresAt })
    return { manifest: manifestOf(at.app, at.app.bundle ?? '', at.release, url) } satisfies Found
  })
  if ('manifest' in found) {
    const headers = { 'cache-control': 'private, no-store' }
    return { status: 200, type: 'application/xml', headers, body: found.manifest }
  }
  return fileReply(base, found.release, String(call.headers.range ?? ''))
}

function fileReply(base: Base, { blob, size, format }: apps.Release, range: string): Reply<Body> {
  const type = format === 'ipa' ? 'application/octet-stream' : 'application/vnd.apple.installer+xml'
  const headers = { 'accept-ranges': 'bytes', etag: `"${blob}"`, 'cache-control': 'private, no-store' }
  const asked = rangeIn(range, size)
  if (asked === 'none')
    return {
      status: 200,
      type,
      headers: { ...headers, 'content-length': String(size) },
      body: base.blobs.part(blob, 0, size - 1),
    }
  if (asked === 'unmet')
    return { status: 416, type, headers: { ...headers, 'content-range': `bytes */${size}` }, body: null }
  const [first, last] = asked
  const part = { 'content-range': `bytes ${first}-${last}/${size}`, 'content-length': String(last - first + 1) }
  return { status: 206, type, headers: { ...headers, ...part }, body: base.blobs.part(blob, first, last) }
}

/** The one range that is asked for; what cannot be read as one is answered whole. Pure. */
export function rangeIn(text: string, size: number): 'none' | 'unmet' | readonly [first: number, last: number] {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(text.trim()) ?? []
  if (from === '' && to === '') return 'none'
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (first >= size || (from === '' && Number(to) === 0)) return 'unmet'
  return last < first ? 'none' : [first, last]
}

function anyone(call: Call): Scope {
  return {
    org: '' as Id<'org'>,
    actor: { kind: 'system', id: null, what: 'contact' },
    authority: nothing,
    request: call.request,
  }
}
