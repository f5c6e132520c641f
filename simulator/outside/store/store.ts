import { type Heard, type Said, startWeb, type Web } from '../web/web.ts'
import { everything, type StoreApp } from './catalog.ts'

/** The store's public look-up: `/lookup?id=…&country=…` and `/search?term=…`. */
export async function startStore(apps: readonly StoreApp[] = everything): Promise<Web> {
  return startWeb(heard => answer(apps, heard))
}

function answer(apps: readonly StoreApp[], { path, query }: Heard): Said {
  const country = (query.get('country') ?? 'us').toLowerCase()
  const sold = apps.filter(a => a.countries === undefined || a.countries.includes(country))
  if (path === '/lookup') {
    const ids = (query.get('id') ?? '').split(',')
    const bundle = query.get('bundleId')
    return found(sold.filter(a => ids.includes(String(a.id)) || (bundle !== null && a.bundle === bundle)))
  }
  if (path === '/search') {
    const term = (query.get('term') ?? '').toLowerCase()
    return found(sold.filter(a => a.name.toLowerCase().includes(term)).slice(0, Number(query.get('limit') ?? 50)))
  }
  return { status: 404, body: { errorMessage: 'not found' } }
}

function found(apps: readonly StoreApp[]): Said {
  const results = apps.map(a => ({
    wrapperType: a.kind === 'ebook' ? 'ebook' : 'software',
    kind: a.kind,
    trackId: a.id,
    trackName: a.name,
    bundleId: a.bundle,
    version: a.version,
    minimumOsVersion: a.minimumOs,
    artistName: a.publisher,
    sellerName: a.publisher,
    price: 0,
  }))
  return { body: { resultCount: results.length, results } }
}
