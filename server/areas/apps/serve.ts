import * as enrollment from '../enrollment/index.ts'
import { nothing } from '../../base/authority.ts'
import type { Scope } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Call, Reply } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import type { App } from './app.ts'
import { addressOf, openLink } from './link.ts'
import { type Release, releaseAt } from './release.ts'
import { findStatus, noteStatus } from './status.ts'

/** How long the address in a manifest is good for: a device asks for the file as soon as it has read where it is. */
const goodMs = 24 * 3_600_000

type Body = Uint8Array | AsyncIterable<Uint8Array> | null
type Found = { manifest: Uint8Array } | { release: Release }

/** Writes what a device reads of a release before it fetches its file from that address, in XML. Pure. */
export type Describer = (app: App, release: Release, url: string) => Uint8Array

const describers = new Map<Release['format'], Describer>()

/** Makes known how releases of these formats are described to devices; called by main before the server starts. */
export function describeBy(formats: readonly Release['format'][], describer: Describer): void {
  for (const format of formats) describers.set(format, describer)
}

/** The content types of files as devices expect them. */
const types: Readonly<Record<Release['format'], string>> = {
  ipa: 'application/octet-stream',
  pkg: 'application/vnd.apple.installer+xml',
  apk: 'application/vnd.android.package-archive',
}
export const fileTypes: readonly string[] = Object.values(types)

/**
 * What a signed address leads to: what is to be read of a release, made for the device, or its file, of which parts can be asked for (RFC 9110 §14).
 * Only a device that is enrolled and should have the app gets either, whatever was signed before.
 */
export async function serveFile(base: Base, signed: string, call: Call): Promise<Reply<Body>> {
  const found = await base.transact(anyone(call), async (anyCtx): Promise<Found> => {
    const { ctx, link } = await openLink(anyCtx, signed)
    const at = await releaseAt(ctx, link.release)
    const active = await enrollment.activeOf(ctx, [link.device])
    const wanted = at && (await findStatus(ctx, link.device, at.app.id))
    const may = wanted?.presence === 'required' || wanted?.presence === 'available'
    if (!at || !active.has(link.device as Id<'device'>) || !may) throw new Problem('app.link-unknown')
    if (link.what === 'file') {
      if (wanted.state === 'sent') await noteStatus(ctx, link.device, at.app.id, { state: 'downloading' })
      return { release: at.release }
    }
    const describer = describers.get(at.release.format)
    if (!describer) throw new Problem('app.link-unknown')
    const expiresAt = ctx.now + goodMs
    const url = await addressOf(ctx, { what: 'file', device: link.device, release: link.release, expiresAt })
    return { manifest: describer(at.app, at.release, url) }
  })
  if ('manifest' in found) {
    const headers = { 'cache-control': 'private, no-store' }
    return { status: 200, type: 'application/xml', headers, body: found.manifest }
  }
  return fileReply(base, found.release, String(call.headers.range ?? ''))
}

function fileReply(base: Base, { blob, size, format }: Release, range: string): Reply<Body> {
  const type = types[format]
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
