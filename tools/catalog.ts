import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.ts'
import { collect } from './catalog/collect.ts'
import { printCoverage } from './catalog/coverage.ts'
import { readCatalog } from '../wire/apple/catalog/testing/open.ts'

/*
 * node tools/catalog.ts               prints what the catalog covers
 * node tools/catalog.ts FOLDER        makes the table of facts anew from a folder of published schema files
 */
const out = join(root, 'wire/apple/catalog/data')
const [folder] = process.argv.slice(2)

if (folder === undefined) {
  process.exitCode = printCoverage(readCatalog()) ? 0 : 1
} else {
  const files = globSync('{mdm,declarative,other}/**/*.yaml', { cwd: folder }).sort()
  const tables = collect(files.map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') })))
  mkdirSync(out, { recursive: true })
  let size = 0
  for (const [family, text] of tables) {
    writeFileSync(join(out, `${family}.json`), text)
    size += text.length
  }
  console.log(`catalog: ${tables.size} families, ${files.length} files read, ${Math.round(size / 1024)} KiB written`)
}
