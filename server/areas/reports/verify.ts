import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type ChainedEntry, entryHash, headBytes, signatureHolds } from '../../base/chain.ts'
import { openStored, type ZipFound } from '../../base/zip.ts'

/** What an evidence pack says of itself; signed. */
export const manifestShape = z.object({
  format: z.literal('muster-evidence-1'),
  org: z.object({ id: z.string(), name: z.string() }),
  /** The period, and until when its log was read. */
  from: z.number(),
  to: z.number(),
  madeAt: z.number(),
  /** The entries of the log in it, what the first is chained to, and the hash of the last. */
  log: z.object({ first: z.number(), last: z.number(), before: z.string(), hash: z.string() }),
  /** SPKI, base64. */
  publicKey: z.string(),
  files: z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() })),
})

export type Manifest = z.output<typeof manifestShape>

/** One line of the log in a pack. */
const entryShape = z.object({
  seq: z.number(),
  org: z.string(),
  id: z.string(),
  at: z.number(),
  type: z.string(),
  actor_kind: z.string(),
  actor_id: z.string().nullable(),
  about_kind: z.string().nullable(),
  about_id: z.string().nullable(),
  unit_path: z.string(),
  data: z.string(),
  request: z.string(),
  hash: z.string(),
})

/** A signed end of the log, as packs and anchors hold it. */
export const headShape = z.object({ seq: z.number(), hash: z.string(), signature: z.string(), at: z.number() })
/** One line of a file of anchors. */
export const anchorShape = headShape.extend({ org: z.string(), key: z.string() })

/** What the signature of a pack is over. */
export function manifestBytes(text: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('muster evidence\n'), text])
}

/** Where a pack keeps what; named in its manifest. */
export const places = {
  manifest: 'manifest.json',
  signature: 'manifest.sig',
  events: 'log/events.jsonl',
  heads: 'log/heads.jsonl',
} as const

/** What a check found, most telling first. `entry`: the number of the first entry of the log that is not as it was written. */
export interface Finding {
  code:
    | 'not-a-pack'
    | 'signature'
    | 'file-altered'
    | 'file-missing'
    | 'file-added'
    | 'entry-broken'
    | 'head-broken'
    | 'frame-altered'
    | 'anchor-differs'
    | 'tail-missing'
    | 'anchor-broken'
    | 'other-key'
  text: string
  entry?: number
}

/** The answer of a check: whole when nothing was found. */
export interface Checked {
  manifest: Manifest | null
  /** SHA-256 of the public key, to be compared with what is known from elsewhere. */
  fingerprint: string | null
  findings: Finding[]
  anchors: number
}

/**
 * Checks an evidence pack with nothing but its bytes: signature, every file, the chain of the log and its signed heads; with a file of anchors also
 * that the log was not cut or written anew. Needs no server, no database and no network.
 */
export async function verifyPack(path: string, options: { anchors?: string; key?: string } = {}): Promise<Checked> {
  const findings: Finding[] = []
  const zip = await openStored(path).catch((error: unknown) => String(error))
  if (typeof zip === 'string') {
    findings.push({ code: 'not-a-pack', text: `This is not an evidence pack, or its end is damaged: ${zip}` })
    return { manifest: null, fingerprint: null, findings, anchors: 0 }
  }
  try {
    const manifest = await manifestOf(zip, findings)
    if (manifest === null) {
      if (zip.fault !== null) findings.push({ code: 'frame-altered', text: `Altered: ${zip.fault}` })
      return { manifest, fingerprint: null, findings, anchors: 0 }
    }
    const fingerprint = createHash('sha256').update(Buffer.from(manifest.publicKey, 'base64')).digest('hex')
    if (options.key !== undefined && options.key.toLowerCase() !== fingerprint)
      findings.push({ code: 'other-key', text: `It is signed with another key than ${options.key}: ${fingerprint}` })
    const hashes = await checkLog(zip, manifest, findings)
    checkFiles(zip, manifest, findings)
    if (zip.fault !== null && findings.length === 0)
      findings.push({ code: 'frame-altered', text: `The archive was altered around ${zip.fault}.` })
    const anchors = options.anchors === undefined ? 0 : await checkAnchors(options.anchors, manifest, hashes, findings)
    return { manifest, fingerprint, findings, anchors }
  } finally {
    await zip.close()
  }
}

async function textOf(zip: ZipFound, name: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(zip.read(name)))
}

async function manifestOf(zip: ZipFound, findings: Finding[]): Promise<Manifest | null> {
  const text = await textOf(zip, places.manifest)
  const signature = (await textOf(zip, places.signature)).toString('utf8').trim()
  let manifest: Manifest
  try {
    manifest = manifestShape.parse(JSON.parse(text.toString('utf8')))
  } catch {
    findings.push({
      code: 'not-a-pack',
      text: `${places.manifest} cannot be read: it was altered, or this is no evidence pack.`,
    })
    return null
  }
  if (!signatureHolds(manifest.publicKey, manifestBytes(text), signature))
    findings.push({
      code: 'signature',
      text: `The signature does not fit ${places.manifest}: one of the two was altered.`,
    })
  return manifest
}

/** Walks the log of the pack; answers the hash of each entry as it should be. */
async function checkLog(zip: ZipFound, manifest: Manifest, findings: Finding[]): Promise<Map<number, string>> {
  const hashes = new Map<number, string>()
  const { first, last, before, hash } = manifest.log
  let prev = before
  let seq = first - 1
  let broken: number | null = null
  for await (const line of linesOf(zip.read(places.events))) {
    seq += 1
    const entry = readJson(entryShape, line)
    const row: ChainedEntry | undefined = entry
    const should = row && entry?.seq === seq ? entryHash(prev, row, seq) : null
    if (should === null || entry?.hash !== should) {
      broken ??= seq
      break
    }
    hashes.set(seq, should)
    prev = should
  }
  if (broken === null && last >= first && (seq !== last || prev !== hash)) broken = Math.min(seq + 1, last)
  if (broken !== null)
    findings.push({ code: 'entry-broken', entry: broken, text: `Entry ${broken} of the log is not as it was written.` })
  const heads = await Array.fromAsync(linesOf(zip.read(places.heads)), line => readJson(headShape, line))
  for (const head of heads) {
    const known = head && hashes.get(head.seq)
    const holds =
      head && signatureHolds(manifest.publicKey, headBytes(manifest.org.id, head.seq, head.hash), head.signature)
    if (holds && (known === undefined ? broken !== null : known === head.hash)) continue
    if (head && broken !== null && head.seq >= broken) continue
    findings.push({
      code: 'head-broken',
      ...(head ? { entry: head.seq } : {}),
      text: `The signed head at entry ${head?.seq ?? '?'} does not fit the log.`,
    })
    break
  }
  if (broken === null && last >= first && !heads.some(h => h?.seq === last))
    findings.push({ code: 'head-broken', entry: last, text: `No signed head covers entry ${last}.` })
  return hashes
}

function checkFiles(zip: ZipFound, manifest: Manifest, findings: Finding[]): void {
  const named = new Map(manifest.files.map(f => [f.name, f]))
  for (const { name, size, sha256 } of zip.entries) {
    if (name === places.manifest || name === places.signature) continue
    const meant = named.get(name)
    named.delete(name)
    if (!meant) findings.push({ code: 'file-added', text: `${name} is not in the manifest.` })
    else if (meant.size !== size || meant.sha256 !== sha256)
      findings.push({ code: 'file-altered', text: `${name} was altered.` })
  }
  for (const name of named.keys()) findings.push({ code: 'file-missing', text: `${name} is missing.` })
}

async function checkAnchors(
  path: string,
  manifest: Manifest,
  hashes: ReadonlyMap<number, string>,
  findings: Finding[],
): Promise<number> {
  let read = 0
  const { last } = manifest.log
  for await (const line of linesOf(createReadStream(path))) {
    const anchor = readJson(anchorShape, line)
    if (!anchor || anchor.org !== manifest.org.id) continue
    if (!signatureHolds(manifest.publicKey, headBytes(anchor.org, anchor.seq, anchor.hash), anchor.signature)) {
      findings.push({
        code: 'anchor-broken',
        entry: anchor.seq,
        text: `The anchor at entry ${anchor.seq} is not signed with the key of this pack.`,
      })
      continue
    }
    read += 1
    const known = hashes.get(anchor.seq)
    if (known !== undefined && known !== anchor.hash)
      findings.push({
        code: 'anchor-differs',
        entry: anchor.seq,
        text: `The log was written anew: entry ${anchor.seq} had another hash when it was anchored.`,
      })
    else if (anchor.seq > last && anchor.at <= manifest.to) {
      const text = `The end of the log is missing: by ${new Date(anchor.at).toISOString()} it had ${anchor.seq} entries, the pack ends at ${last}.`
      findings.push({ code: 'tail-missing', entry: last + 1, text })
      break
    }
  }
  return read
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const { Readable } = await import('node:stream')
  for await (const line of createInterface({ input: Readable.from(chunks), crlfDelay: 0 })) if (line !== '') yield line
}

function readJson<T extends z.ZodType>(shape: T, line: string): z.output<T> | undefined {
  try {
    return shape.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
