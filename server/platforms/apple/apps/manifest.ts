import { type Dict, encode } from '@muster/wire/plist/plist.ts'
import type { Describer } from '../../../areas/apps/index.ts'

/** What a device reads before it fetches a file: where it is, how large, its sums, and what it will be (Apple: ManifestURL). */
export const appleManifest: Describer = (app, release, url) => {
  const { facts, size, shortVersion, version } = release
  const metadata: Dict = {
    'bundle-identifier': app.bundle ?? '',
    'bundle-version': release.format === 'pkg' ? version : shortVersion,
    kind: 'software',
    title: app.name,
    sizeInBytes: size,
    ...(app.publisher === '' ? {} : { subtitle: app.publisher }),
  }
  const asset: Dict = { kind: 'software-package', url, 'sha256-size': facts.chunkBytes, sha256s: [...facts.chunks] }
  const items: Dict[] = facts.packages.slice(1).map(p => ({
    'bundle-identifier': p.identifier,
    'bundle-version': p.version,
    kind: 'software',
  }))
  if (items.length > 0) metadata['items'] = items
  return encode({ items: [{ assets: [asset], metadata }] })
}
