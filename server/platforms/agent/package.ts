import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { hash64 } from '@muster/wire/agent/compact.ts'
import { signersOf } from '@muster/wire/android/signers.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import type { Config } from '../../base/config.ts'
import { Problem } from '../../base/problem.ts'
import type { Reply } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'

/** The agent that new devices load from this server, as its file is now. Hashes in base64url. */
export interface AgentPackage {
  readonly size: number
  readonly changedAt: number
  readonly sha256: string
  /** Of the certificate that signed it. */
  readonly signer: string
}

/** The component of the agent that a device is given to. */
export const agentComponent = 'org.muster.agent/.app.Admin'
export const packagePath = '/agent/agent.apk'

const mostBytes = 200 * 1024 * 1024
const type = 'application/vnd.android.package-archive'

/** What was read of the file, until it changes. Of this process. */
let known: { readonly at: string; readonly package: AgentPackage } | undefined

/** Where devices load the agent. */
export const packageUrl = (config: Pick<Config, 'url'>): string => `${config.url}${packagePath}`

/** The agent's file; refuses where there is none or it is no signed package. It is read anew when it has changed, so a newer agent needs no restart. */
export async function agentPackage(config: Pick<Config, 'androidApk'>): Promise<AgentPackage> {
  const { androidApk: path } = config
  const file = path === null ? null : await stat(path).catch(() => null)
  if (path === null || !file?.isFile()) throw new Problem('agent.package-missing')
  if (file.size > mostBytes) throw new Problem('agent.package-unreadable', { reason: 'size' })
  const at = `${path}|${file.size}|${file.mtimeMs}`
  if (known?.at === at) return known.package
  const bytes = await readFile(path)
  const read = {
    size: bytes.length,
    changedAt: Math.floor(file.mtimeMs),
    sha256: hash64(bytes),
    signer: signerIn(bytes),
  }
  known = { at, package: read }
  return read
}

function signerIn(bytes: Uint8Array): string {
  try {
    return signersOf(bytes)[0] ?? ''
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('agent.package-unreadable', { reason: cause.code }, { cause })
  }
}

/** The file itself, to any device: it holds nothing that is not the same for everybody. */
export async function servePackage(base: Base): Promise<Reply<AsyncIterable<Uint8Array>>> {
  const { size, sha256 } = await agentPackage(base.config)
  const headers = {
    'content-length': String(size),
    'content-disposition': 'attachment; filename="muster-agent.apk"',
    etag: `"${sha256}"`,
    'cache-control': 'no-cache',
  }
  return { status: 200, type, headers, body: streamed(base.config.androidApk ?? '', size) }
}

async function* streamed(path: string, size: number): AsyncIterable<Uint8Array> {
  for await (const part of createReadStream(path, { end: size - 1 })) yield part as Buffer
}
