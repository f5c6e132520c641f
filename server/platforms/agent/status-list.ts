import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Config } from '../../base/config.ts'

const shape = z.object({ entries: z.record(z.string(), z.object({ status: z.string() })) })
const mostBytes = 64 * 1024 * 1024

type Revoked = (serial: string) => boolean

/** What was read of the file, until it changes. Of this process. */
let known: { readonly at: string; readonly revoked: Revoked } | undefined

/**
 * Which attestation certificates their makers took back: by the operator's file, or none where there is no such file. Null where the file cannot be read:
 * then nobody knows, and no attestation passes.
 */
export async function revokedBy({
  attestationStatus: path,
}: Pick<Config, 'attestationStatus'>): Promise<Revoked | null> {
  if (path === null) return () => false
  try {
    const file = await stat(path)
    if (file.size > mostBytes) return null
    const at = `${path}|${file.size}|${file.mtimeMs}`
    if (known?.at !== at) known = { at, revoked: revokedIn(await readFile(path, 'utf8')) }
    return known.revoked
  } catch {
    return null
  }
}

/** Suspended ones count as taken back as long as they are. Numbers are hex; their case and leading zeros say nothing. */
function revokedIn(text: string): Revoked {
  const { entries } = shape.parse(JSON.parse(text))
  const serials = Object.keys(entries).map(serial => serial.toLowerCase().replace(/^0+(?=.)/, ''))
  const all = new Set(serials)
  return serial => all.has(serial)
}
