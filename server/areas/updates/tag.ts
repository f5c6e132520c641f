import type { Ctx } from '../../base/ctx.ts'
import { languageOf } from '../../base/say.ts'
import { fold } from '../../base/text.ts'
import * as devices from '../devices/index.ts'
import { ownOrg } from '../identity/index.ts'
import * as store from './campaign-store.ts'
import { say } from './texts.ts'

const longest = 40

/**
 * A tag for the devices that a campaign reaches in a round: its name, and a number where a campaign, an earlier round or a person
 * has given that tag already, as whoever bears it is asked for the version.
 */
export async function freeTag(ctx: Ctx, name: string): Promise<string> {
  const language = languageOf((await ownOrg(ctx)).language)
  const called = name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name
  const tagOf = (one: string): string => say(language, 'tag', { name: one })
  const free = await numbered(called, async one => {
    const keys = [fold(tagOf(one)), fold(heldTag(tagOf(one)))]
    if (await store.tagTaken(ctx, keys)) return true
    return (await devices.idsTagged(ctx, keys, { after: '', limit: 1 })).length > 0
  })
  return tagOf(free)
}

/** The name, with the first number that makes it one which is not taken. */
export async function numbered(name: string, taken: (called: string) => Promise<boolean>): Promise<string> {
  for (let n = 1; ; n += 1) {
    const called = n === 1 ? name : `${name} (${n})`
    if (!(await taken(called))) return called
  }
}

/** A tag that no device bears, for what is meant for nobody while a campaign is held. Pure. */
export const heldTag = (tag: string): string => `${tag} (held)`
