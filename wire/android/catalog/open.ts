import { readFileSync } from 'node:fs'
import { type Catalog, openCatalog, type Table } from './catalog.ts'

let opened: Catalog | undefined

/** The catalog, read from disk once. */
export function managementCatalog(): Catalog {
  opened ??= openCatalog(JSON.parse(readFileSync(new URL('data/management.json', import.meta.url), 'utf8')) as Table)
  return opened
}
