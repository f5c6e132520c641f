import { z } from 'zod'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { Problem } from '../../../base/problem.ts'
import * as store from './choices-store.ts'
import { appleSetupEvents } from './events.ts'
import { networkIn, type WifiWish, wifiProfile } from './wifi.ts'

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
  /** How an iPad is shared; null: as it comes. */
  shared: z
    .object({
      /** How many people keep their data on it, or how much of it each may have; one follows from the other. */
      users: z.int().min(1).max(99).nullable().default(null),
      quotaMb: z.int().min(1024).max(1_048_576).nullable().default(null),
      /** Nobody signs in with an account. */
      guestsOnly: z.boolean().default(false),
      /** After so many minutes without a touch people and guests are signed out; 0: never. */
      signOutMinutes: z.int().min(0).max(1440).nullable().default(null),
      guestMinutes: z.int().min(0).max(1440).nullable().default(null),
      /** Offered where people sign in. The system shows three at most. */
      domains: z
        .array(z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/))
        .max(3)
        .default([]),
      /** So many days a known person signs in without the vendor being asked; 0: never. */
      offlineDays: z.int().min(0).max(365).nullable().default(null),
    })
    .nullable()
    .default(null),
})

/** Every choice, as it is kept. */
export type Choices = z.output<typeof choicesShape>

const usual: Choices = { primary: 'usual', prefill: false, lockNames: false, admin: null, shared: null }

/** What was decided for a setup; the usual where nothing was. */
export async function choicesOf(ctx: Ctx, setup: string): Promise<Choices> {
  return { ...usual, ...(await store.findChoices(ctx, setup))?.choices }
}

/** The network that an erased device joins to come back, as a profile; null where none was given. */
export async function wifiOf(ctx: Ctx, setup: string): Promise<Uint8Array | null> {
  const sealed = (await store.findChoices(ctx, setup))?.wifi ?? null
  return sealed === null ? null : ctx.secrets.open(ctx, placeOf(setup), sealed)
}

/** What an admin is shown: the name of the network, and never its password. */
export interface ShownChoices extends Choices {
  wifi: boolean
  network: string | null
}

/** Every choice of a setup, and which network its devices come back by. */
export async function shownChoices(ctx: Ctx, id: string): Promise<ShownChoices> {
  const setup = await roster.setupFor(ctx, id, 'roster:read')
  const wifi = await wifiOf(ctx, setup.id)
  return { ...(await choicesOf(ctx, setup.id)), wifi: wifi !== null, network: wifi && networkIn(wifi) }
}

/** Decides. `wifi` is a network, or a profile of one in base64; null takes it away, absent leaves it. */
export async function decideChoices(
  ctx: Ctx,
  id: string,
  { wifi: wish, ...choices }: Choices & { wifi?: WifiWish | null | undefined },
): Promise<ShownChoices> {
  const setup = await roster.setupFor(ctx, id, 'roster:write')
  // Nobody could ever change anything on a Mac without an account of either kind.
  if (choices.primary === 'none' && choices.admin === null) throw new Problem('setup.no-account')
  const { shared } = choices
  if (shared !== null && shared.users !== null && shared.quotaMb !== null)
    throw malformed('shared.quotaMb', 'follows from the number of people, where that is given')
  const wifi = wish === undefined ? await wifiOf(ctx, setup.id) : wish === null ? null : wifiProfile(wish)
  const kept = wifi && (await ctx.secrets.seal(ctx, placeOf(setup.id), wifi))
  await store.putChoices(ctx, { setup: setup.id, choices, wifi: kept })
  const about = { kind: 'setup', id: setup.id, path: setup.unitPath }
  await record(ctx, appleSetupEvents.decided, about, {
    name: setup.name,
    primary: choices.primary,
    admin: choices.admin !== null,
    wifi: kept !== null,
  })
  return { ...choices, wifi: wifi !== null, network: wifi && networkIn(wifi) }
}

const malformed = (path: string, message: string): Problem =>
  new Problem('request.malformed', {}, { fields: [{ path: `body.${path}`, message }] })

const placeOf = (setup: string) => ({ table: 'apple_setups', column: 'wifi', row: setup })
