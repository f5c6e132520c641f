import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { schema } from '../server/base/config.ts'

export const settingsFile = join(import.meta.dirname, '../docs/guides/settings.md')

/** The operator's page of settings, from the one schema. */
export function settingsText(): string {
  const rows = Object.entries(schema.shape).map(([name, field]) => {
    const json = (field as z.ZodType).toJSONSchema({ unrepresentable: 'any', io: 'input' }) as {
      default?: unknown
      description?: string
    }
    const fallback =
      json.default === undefined ? 'unset' : json.default === '' ? 'empty' : `\`${String(json.default)}\``
    return `| \`${name}\` | ${fallback} | ${(json.description ?? '').replaceAll('|', '\\|')} |`
  })
  return `# Settings

Settings are environment variables, read once at start. None is needed for a first start. Everything an admin may change later lives in the database, not here.
Each variable may also be given as \`NAME_FILE\`: the path of a file that holds the value, for secrets kept in files. An unknown \`MUSTER_…\` variable stops the start, so that a typing mistake is not silent.

| variable | default | meaning |
|---|---|---|
${rows.join('\n')}

Generated from \`server/base/config.ts\` by \`node tools/settings.ts\`.
`
}

/** Whether the committed page says the same. */
export function settingsAreFresh(): boolean {
  return readFileSync(settingsFile, 'utf8') === settingsText()
}

if (import.meta.main) writeFileSync(settingsFile, settingsText())
