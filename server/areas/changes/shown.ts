import type { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { unitRefs } from '../identity/index.ts'
import type { Place } from './effects.ts'
import type { places } from './shapes.ts'

/** Places with the names of their units; a unit that is yet to be made is named by the last part of its path. */
export async function shownPlaces(ctx: Ctx, all: readonly Place[]): Promise<z.input<typeof places>> {
  const refs = await unitRefs(ctx)
  const named = (path: string) => {
    const id = path.split('/').at(-2) ?? ''
    const known = id.startsWith('unt_') ? refs(id) : null
    return known ? { id, name: known.name, path: known.path } : { id: null, name: id, path: id }
  }
  return all.map(({ from, to, ...place }) => ({ ...place, from: named(from), to: named(to) }))
}
