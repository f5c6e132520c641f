import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWeb, type Web } from '../web/web.ts'

/** A version as Apple publishes it. */
export interface Published {
  system: 'iOS' | 'macOS' | 'tvOS'
  version: string
  build: string
  devices: readonly string[]
  /** `2026-11-03` */
  posted: string
  expires?: string
  /** A security improvement between versions: its letter. */
  extra?: string
  /** Signed, but not offered. */
  signedOnly?: boolean
}

/** Apple's list of versions (`/v2/pmv`), as a small server. */
export interface UpdatesService {
  url: string
  /** PEM of the authority to trust, and a file with it. */
  ca: string
  caFile: string
  web: Web
  readonly published: readonly Published[]
  publish(one: Published): void
  withdraw(version: string): void
  /** Empties the sets, as happens for minutes while Apple publishes. Answers how to end it. */
  empty(): () => void
  close(): Promise<void>
}

/** Starts the list with nothing published. */
export async function startUpdates(): Promise<UpdatesService> {
  let published: Published[] = []
  let emptied = false
  const web = await startWeb(({ path, method }) => {
    if (path !== '/v2/pmv' || method !== 'GET') return { status: 404, body: 'not found' }
    return { body: document(emptied ? [] : published) }
  })
  const folder = mkdtempSync(join(tmpdir(), 'muster-updates-'))
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, web.ca)
  return {
    url: web.url,
    ca: web.ca,
    caFile,
    web,
    get published() {
      return published
    },
    publish: one => {
      published = [...published, one]
    },
    withdraw: version => {
      published = published.filter(p => p.version !== version)
    },
    empty: () => {
      emptied = true
      return () => {
        emptied = false
      }
    },
    close: async () => {
      rmSync(folder, { recursive: true, force: true })
      await web.close()
    },
  }
}

function document(all: readonly Published[]): object {
  const sets = (wanted: (one: Published) => boolean): object => {
    const by: Record<string, object[]> = { iOS: [], macOS: [], tvOS: [] }
    for (const one of all.filter(wanted)) by[one.system]?.push(entryOf(one))
    return by
  }
  return {
    PublicAssetSets: sets(p => p.extra === undefined && !p.signedOnly),
    AssetSets: sets(p => p.extra === undefined),
    PublicBackgroundSecurityImprovements: sets(p => p.extra !== undefined),
  }
}

function entryOf({ version, build, posted, expires, devices, extra }: Published): object {
  return {
    ProductVersion: version,
    Build: build,
    PostingDate: posted,
    ...(expires === undefined ? {} : { ExpirationDate: expires }),
    ...(extra === undefined ? {} : { ProductVersionExtra: `(${extra})` }),
    SupportedDevices: devices,
  }
}
