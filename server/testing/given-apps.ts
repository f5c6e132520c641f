import { createHash } from 'node:crypto'
import * as apps from '../areas/apps/index.ts'
import type { House } from './house.ts'

let count = 0

/** Puts a store app into the catalog of a house; the rest is made up. Needs no seat unless said. */
export function storeApp(h: House, of: Partial<Parameters<typeof apps.addApp>[1]> = {}): Promise<apps.App> {
  count += 1
  const wish = { platform: 'ios', kind: 'store', name: `App ${count}`, unit: h.root.id, needsSeat: false } as const
  return h.run(ctx =>
    apps.addApp(ctx, { ...wish, bundle: `com.example.app${count}`, storeId: String(9_000_000 + count), ...of }),
  )
}

/** Puts an app of the org's own into the catalog, with one release of these bytes. */
export async function ownApp(
  h: House,
  of: { bundle?: string; platform?: apps.AppPlatform; version?: string; bytes?: Uint8Array; app?: apps.App } = {},
): Promise<{ app: apps.App; release: apps.Release }> {
  count += 1
  const platform = of.platform ?? 'ios'
  const bundle = of.bundle ?? of.app?.bundle ?? `org.havsten.own${count}`
  const bytes = of.bytes ?? Buffer.from(`the bytes of app ${count} ${'x'.repeat(5000)}`)
  const blob = await h.base.blobs.put(bytes)
  const chunkBytes = 1024
  const chunks: string[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes)
    chunks.push(sha256(bytes.subarray(at, Math.min(bytes.length, at + chunkBytes))))
  const shortVersion = of.version ?? '1.0'
  const android = platform === 'android'
  // Devices of this system compare whole numbers.
  const version = android ? shortVersion.replaceAll('.', '') : shortVersion
  const signer = android ? `cert:${createHash('sha256').update('Havsten').digest('base64url')}` : 'team:HAVSTEN01'
  const app =
    of.app ??
    (await h.run(ctx => apps.addApp(ctx, { platform, kind: 'file', name: `Own ${count}`, unit: h.root.id, bundle })))
  const release = await h.run(async ctx =>
    apps.addRelease(ctx, await apps.getApp(ctx, app.id), {
      bundle,
      title: app.name,
      icon: null,
      version,
      shortVersion,
      minimumOs: null,
      format: android ? 'apk' : platform === 'macos' ? 'pkg' : 'ipa',
      name: android ? 'own.apk' : 'own.ipa',
      blob,
      size: bytes.length,
      signer,
      signerName: 'Havsten',
      expiresAt: null,
      facts: { chunkBytes, chunks, families: [], team: 'HAVSTEN01', packages: [{ identifier: bundle, version }] },
    }),
  )
  return { app, release }
}

/** Sends a file to the catalog as an admin does, and waits until it is read. Answers the upload. */
export async function sendFile(
  h: House,
  as: string,
  bytes: Uint8Array,
  of: { app?: string; name?: string } = {},
): Promise<{ state: string; code: string | null; app: string | null; release: string | null }> {
  const { name = 'own.apk', ...to } = of
  const body = { unit: h.root.id, name, size: bytes.length, ...to }
  const { body: upload } = await h.http('POST', '/api/v1/app-uploads', { as, body })
  const headers = { 'content-type': 'application/octet-stream' }
  await h.http('PUT', `/api/v1/app-uploads/${upload.id}/parts/0`, { as, headers, body: Buffer.from(bytes) })
  await h.settle()
  return (await h.http('GET', `/api/v1/app-uploads/${upload.id}`, { as })).body
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
