import type { AppPageData, AppTie } from '../../contract/apps.ts'
import type { Json } from '../../contract/policies.ts'
import { configSchema } from './config-schema.ts'

type Schema = { readonly [key: string]: Json }

/** What is known of the catalog when a policy about an app is written. */
export interface Known {
  /** The apps that can be chosen. */
  apps: readonly { id: string; name: string }[]
  /** The one that was, with what it can be told. */
  app: Pick<AppPageData, 'id' | 'name' | 'form' | 'releases'> | null
  ties: readonly AppTie[]
}

const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema of the kind `app` with what the catalog knows in it: apps, releases and ties by name, and the configuration key by key. Pure. */
export function appSchema(schema: Json, { apps, app, ties }: Known, now: Schema): Schema {
  const own = isSchema(schema) ? schema : {}
  const properties = isSchema(own['properties']) ? own['properties'] : {}
  const all = app && !apps.some(one => one.id === app.id) ? [...apps, app] : apps
  const changed: Record<string, Json> = {}
  const choose = (key: string, choices: readonly { value: string; label: string }[]): void => {
    const before = properties[key]
    const is = now[key]
    // What cannot be chosen but is said, as a value of before or one with a variable, keeps the box it had.
    if (!isSchema(before) || choices.length === 0) return
    if (is !== undefined && !choices.some(one => one.value === is)) return
    const { anyOf: _, pattern: __, minLength: ___, maxLength: ____, ...about } = before
    const labels = Object.fromEntries(choices.map(one => [one.value, one.label]))
    changed[key] = { ...about, type: 'string', enum: choices.map(one => one.value), labels }
  }
  choose(
    'app',
    all.map(one => ({ value: one.id, label: one.name })),
  )
  const releases = app?.releases.filter(one => one.withdrawnAt === null) ?? []
  if (releases.length > 0)
    choose('release', [
      { value: 'latest', label: 'latest' },
      ...releases.map(one => ({ value: one.id, label: one.shortVersion })),
    ])
  for (const key of ['vpn', 'contentFilter', 'dnsProxy', 'relay'] as const)
    choose(
      key,
      ties.filter(tie => tie.key === key).map(tie => ({ value: tie.ref, label: tie.policy.name })),
    )
  const config = properties['config']
  if (app?.form && isSchema(config)) {
    const { when = null, section = null } = config
    changed['config'] = { ...configSchema(app.form), when, section }
  }
  return { ...own, properties: { ...properties, ...changed } }
}
