import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalog, openCatalog } from '../open.ts'

/** The committed catalog, for tests and scripts; the server reads it by itself. */
export function readCatalog(folder = join(import.meta.dirname, '../data')): Catalog {
  return openCatalog(family => JSON.parse(readFileSync(join(folder, `${family}.json`), 'utf8')))
}
