import { Malformed } from '@muster/wire/malformed.ts'
import { decode, dict, list, str } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { Problem } from '../../../base/problem.ts'
import * as store from './choices-store.ts'
import { appleSetupEvents } from './events.ts'

/** What a setup decides that only Apple devices have. */
export const choicesShape = z.object({
  /** The account of whoever sets up a Mac: they choose, they get one without rights, or there is none. */
  primary: z.enum(['usual', 'standard', 'none']).default('usual'),
  /** Its names are those of the person the Mac was promised to. */
  prefill: z.boolean().default(false),
  /** And cannot be changed there. */
  lockNames: z.boolean().default(false),
  /** An administrator of ours, whose password is kept and changed by this server. */
  admin: z
    .object({
      shortName: z.string().regex(/^[a-z_][a-z0-9_-]{0,30}$/),
      fullName: z.string().trim().min(1).max(100),
      hidden: z.boolean(),
    })
    .nullable()
    .default(null),
})

/** Every choice, as it is kept. */
export type Choices = z.output<typeof choicesShape>

const usual: Choices = { primary: 'usual', prefill: false, lockNames: false, admin: null }

/** What was decided for a setup; the usual where nothing was. */
export async function choicesOf(ctx: Ctx, setup: string): Promise<Choices> {
  return (await store.findChoices(ctx, setup))?.choices ?? usual
}

/** The network that an erased device joins to come back, as a profile; null where none was given. */
export async function wifiOf(ctx: Ctx, setup: string): Promise<Uint8Array | null> {
  const sealed = (await store.findChoices(ctx, setup))?.wifi ?? null
  return sealed === null ? null : ctx.secrets.open(ctx, placeOf(setup), sealed)
}

/** What an admin is shown: never the network's password. */
export async function shownChoices(ctx: Ctx, id: string): Promise<Choices & { wifi: boolean }> {
  const setup = await roster.setupFor(ctx, id, 'roster:read')
  const found = await store.findChoices(ctx, setup.id)
  return { ...usual, ...found?.choices, wifi: (found?.wifi ?? null) !== null }
}

/** Decides. `wifi` is a profile of the network in base64; null takes it away, absent leaves it. */
export async function decideChoices(
  ctx: Ctx,
  id: string,
  { wifi, ...choices }: Choices & { wifi?: string | null | undefined },
): Promise<Choices & { wifi: boolean }> {
  const setup = await roster.setupFor(ctx, id, 'roster:write')
  // Nobody could ever change anything on a Mac without an account of either kind.
  if (choices.primary === 'none' && choices.admin === null) throw new Problem('setup.no-account')
  const before = await store.findChoices(ctx, setup.id)
  const kept =
    wifi === undefined
      ? (before?.wifi ?? null)
      : wifi === null
        ? null
        : await ctx.secrets.seal(ctx, placeOf(setup.id), demandWifi(wifi))
  await store.putChoices(ctx, { setup: setup.id, choices, wifi: kept })
  const about = { kind: 'setup', id: setup.id, path: setup.unitPath }
  await record(ctx, appleSetupEvents.decided, about, {
    name: setup.name,
    primary: choices.primary,
    admin: choices.admin !== null,
    wifi: kept !== null,
  })
  return { ...choices, wifi: kept !== null }
}

/** Refuses what is not a profile with a network in it: an erased device would never come back. */
export function demandWifi(base64: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  try {
    const payloads = list(dict(decode(bytes, { maxBytes: 64 * 1024, maxDepth: 16, maxNodes: 2048 })), 'PayloadContent')
    if (payloads?.some(p => str(dict(p), 'PayloadType') === 'com.apple.wifi.managed')) return bytes
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
  }
  throw new Problem('setup.wifi-wrong')
}

const placeOf = (setup: string) => ({ table: 'apple_setups', column: 'wifi', row: setup })
