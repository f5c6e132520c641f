import type { Ctx } from '../../base/ctx.ts'
import * as privacy from '../privacy/index.ts'
import { typeOfIdentifier } from './keeping.ts'
import * as store from './probe-store.ts'
import { listOf } from './report.ts'

// What is looked at is a sample: a start must not read a whole fleet.
const sample = 200
const listed = 40

const forbidden = (type: privacy.DataType): boolean => privacy.forbiddenOnPersonal.includes(type)
const some = (ctx: Ctx): Promise<string[]> => store.newestPersonal(ctx, sample)

/** What must be so of what is stored of devices, of the newest that are somebody's own. */
export const probes: readonly privacy.Probe[] = [
  {
    id: 'stored.facts',
    wrong: async ctx => {
      const keys = await store.factKeysOf(ctx, await some(ctx))
      return keys.find(k => !privacy.essential.has(k) && forbidden(privacy.typeOf(k))) ?? null
    },
  },
  {
    id: 'stored.identifiers',
    wrong: async ctx => {
      const kinds = await store.identifierKindsOf(ctx, await some(ctx))
      return kinds.find(k => !privacy.essentialIdentifiers.has(k) && forbidden(typeOfIdentifier(k))) ?? null
    },
  },
  { id: 'stored.accounts', wrong: async ctx => store.namedAccount(ctx, await some(ctx)) },
  {
    id: 'stored.apps',
    wrong: async ctx => {
      for (const id of (await some(ctx)).slice(0, listed)) {
        const apps = (await listOf(ctx, id, 'apps'))?.value
        if (Array.isArray(apps) && apps.some(a => !isManaged(a))) return id
      }
      return null
    },
  },
]

function isManaged(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'managed' in item && item.managed === true
}
