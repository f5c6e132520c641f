import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { en } from '../console/src/i18n/en.ts'
import { fr } from '../console/src/i18n/fr.ts'
import { ja } from '../console/src/i18n/ja.ts'
import { sv } from '../console/src/i18n/sv.ts'
import { ours } from '../server/areas/policies/kinds/ours.ts'

/**
 * Writes what the settings of our kinds are called, in every language, to where the server's search looks for them:
 * the texts belong to the console, and people search in their own language.
 */
const file = join(import.meta.dirname, '../server/areas/policies/kinds/words.json')
const catalogs = [en, fr, sv, ja].map(catalog => new Map<string, string>(Object.entries(catalog)))

/** The name of a setting of ours, in each language; undefined where nobody has named it. */
export function namesOf(kind: string, key: string): string[] | undefined {
  const last = key.split('/').at(-1) ?? ''
  const exact = `setting.${kind}.${key.replaceAll('/', '.')}`
  const shared = key.includes('identity/') ? `setting.identity.${last}` : `setting.${kind}.${last}`
  const name = key === '' ? `policyKind.${kind}` : catalogs[0]?.has(exact) ? exact : shared
  const said = catalogs.map(catalog => catalog.get(name))
  return said.every(text => text !== undefined) ? said : undefined
}

function text(): string {
  const words = ours
    .list()
    .map(({ kind, settings }): [string, Record<string, string>] => [
      kind,
      Object.fromEntries(['', ...(settings?.() ?? [])].map(key => [key, (namesOf(kind, key) ?? []).join(' ')])),
    ])
  return `${JSON.stringify(Object.fromEntries(words), null, 2)}\n`
}

/** Whether the committed file says what the texts say. */
export function wordsAreFresh(): boolean {
  return readFileSync(file, 'utf8') === text()
}

if (process.argv[1] === import.meta.filename) writeFileSync(file, text())
