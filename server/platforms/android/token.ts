import { z } from 'zod'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as roster from '../../areas/roster/index.ts'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { call } from './client.ts'
import { read, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import { type Mode, modes, personalUsage } from './modes.ts'
import type { TokenRow } from './rows.ts'
import * as store from './store.ts'
import { wakeWorker } from './wake.ts'

const wifi = z.strictObject({
  ssid: z.string().min(1).max(32),
  security: z.enum(['none', 'wpa', 'wep']),
  password: z.string().max(64).optional(),
  hidden: z.boolean().optional(),
})

/** What whoever makes a token decides. */
export const tokenWish = z.strictObject({
  mode: z.enum(modes),
  unit: z.string().max(64),
  user: z.string().max(64).nullish(),
  name: z.string().trim().max(200).nullish(),
  uses: z.number().int().min(1).max(5000).nullish().describe('Null: as many as come until it expires.'),
  expiresInHours: z.number().int().min(1).max(8760).default(168),
  wifi: wifi.optional().describe('The network a new device joins while it is set up.'),
  locale: z
    .string()
    .regex(/^[a-z]{2}_[A-Z]{2}$/)
    .optional(),
  timeZone: z.string().max(60).optional(),
})
export type TokenWish = z.output<typeof tokenWish>

/** A token as people see it. */
export const tokenShape = z.object({
  id: z.string(),
  invitation: z.string(),
  program: z.string(),
  mode: z.enum(modes),
  state: z.enum(['wanted', 'there', 'refused']),
  problem: z.string().nullable(),
  expiresAt: z.number(),
  qr: z.string().nullable().describe('What the QR code says that a new device reads.'),
  qrSvg: z
    .string()
    .nullable()
    .describe('The code drawn: of what a new device reads, or of the link for a person’s own.'),
  link: z.string().nullable().describe('What somebody opens on their own device.'),
  code: z.string().nullable().describe('What is typed where neither can be read.'),
})

const content = z.object({
  wish: z.object({
    uses: z.number().nullish(),
    wifi: wifi.optional(),
    locale: z.string().optional(),
    timeZone: z.string().optional(),
  }),
  made: z.object({ value: z.string(), qrCode: z.string() }).optional(),
})

/** Asks for a token: the right to enroll is there at once, and Google makes the token behind the request. */
export async function askToken(ctx: Ctx, program: string, wish: TokenWish): Promise<z.input<typeof tokenShape>> {
  const row = await store.findEnterprise(ctx, program)
  if (!row) throw new Problem('id.unknown')
  if (row.enterprise === null) throw new Problem('android.not-signed-up')
  const { wifi: network, locale, timeZone, uses = null } = wish
  const { invitation } = await enrollment.invite(ctx, {
    platform: 'android',
    name: wish.name ?? null,
    unit: wish.unit,
    user: wish.user ?? null,
    ownership: wish.mode === 'work-profile' ? 'personal' : 'company',
    accessRights: 0,
    uses,
    expiresInHours: wish.expiresInHours,
  })
  const kept = JSON.stringify({ wish: { uses, wifi: network, locale, timeZone } })
  await store.addToken(ctx, {
    id: invitation.id,
    program,
    invitation: invitation.id,
    mode: wish.mode,
    name: null,
    content: await ctx.secrets.seal(ctx, store.tokenPlace(invitation.id), kept),
    state: 'wanted',
    problem: null,
    expires_at: invitation.expiresAt,
    made_at: null,
    ending_at: null,
    gone_at: null,
  })
  await wakeWorker(ctx, { id: program })
  return shownToken(ctx, invitation.id)
}

/** A token with what it opens, for whoever may invite to its unit. */
export async function shownToken(ctx: Ctx, id: string): Promise<z.input<typeof tokenShape>> {
  const row = await store.findToken(ctx, { id })
  const invitation = row && (await enrollment.findInvitation(ctx, row.invitation))
  if (!row || !invitation) throw new Problem('id.unknown')
  await enrollment.seeInvitation(ctx, row.invitation, 'invitations:write')
  const { made, wish } = await contentOf(ctx, row)
  const personal = row.mode === 'work-profile'
  // What was taken back is shown to nobody.
  const open = row.ending_at === null ? made : undefined
  const qr = open === undefined ? null : qrOf(open.qrCode, wish)
  const link = open !== undefined && personal ? `https://enterprise.google.com/android/enroll?et=${open.value}` : null
  return {
    id: row.id,
    invitation: row.invitation,
    program: row.program,
    mode: modes.find(m => m === row.mode) ?? 'fully-managed',
    state: row.state,
    problem: row.problem,
    expiresAt: row.expires_at,
    qr,
    qrSvg: qr === null ? null : enrollment.qrSvg(link ?? qr),
    link,
    code: open?.value ?? null,
  }
}

async function contentOf(ctx: Ctx, row: TokenRow): Promise<z.output<typeof content>> {
  const opened = await ctx.secrets.open(ctx, store.tokenPlace(row.id), row.content)
  return content.parse(JSON.parse(new TextDecoder().decode(opened)))
}

const extra = 'android.app.extra.PROVISIONING_'

/** Google's own code, and beside it what helps a new device along. Readers guess charsets wrong, so that it is ASCII alone. */
function qrOf(code: string, { wifi: network, locale, timeZone }: z.output<typeof content>['wish']): string {
  let said: unknown
  try {
    said = JSON.parse(code)
  } catch {
    return code
  }
  const whole = {
    ...(typeof said === 'object' && said !== null ? said : {}),
    ...(network
      ? {
          [`${extra}WIFI_SSID`]: network.ssid,
          [`${extra}WIFI_SECURITY_TYPE`]: network.security.toUpperCase(),
          ...(network.password === undefined ? {} : { [`${extra}WIFI_PASSWORD`]: network.password }),
          ...(network.hidden === undefined ? {} : { [`${extra}WIFI_HIDDEN`]: network.hidden }),
        }
      : {}),
    ...(locale === undefined ? {} : { [`${extra}LOCALE`]: locale }),
    ...(timeZone === undefined ? {} : { [`${extra}TIME_ZONE`]: timeZone }),
  }
  return JSON.stringify(whole).replaceAll(
    /[\u0080-\uffff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const made = z.object({ name: z.string().max(300), value: z.string().max(200), qrCode: z.string().max(8000) })
const atOnce = 50

/** Has Google make the tokens that are wanted. */
export async function makeTokens(work: Work, enterprise: string): Promise<void> {
  const rows = await work.base.read(work.scope, ctx => store.wantedTokens(ctx, work.turn.program, atOnce))
  for (const row of rows) {
    const { wish } = await work.base.read(work.scope, ctx => contentOf(ctx, row))
    const seconds = Math.max(60, Math.ceil((row.expires_at - work.base.clock.now()) / 1000))
    try {
      const mode: Mode = modes.find(m => m === row.mode) ?? 'fully-managed'
      const answer = await call(work.line, 'POST', `${enterprise}/enrollmentTokens`, {
        body: {
          policyName: `${enterprise}/policies/default`,
          duration: `${seconds}s`,
          oneTimeOnly: wish.uses === 1,
          allowPersonalUsage: personalUsage[mode],
          additionalData: row.id,
        },
      })
      const { name, value, qrCode } = read(made, answer)
      await step(work, async ctx => {
        const text = JSON.stringify({ wish, made: { value, qrCode } })
        const sealed = await ctx.secrets.seal(ctx, store.tokenPlace(row.id), text)
        await store.changeToken(ctx, row.id, { name, content: sealed, state: 'there', made_at: ctx.now })
      })
    } catch (error) {
      if (!isAboutThis(error)) throw error
      await step(work, ctx => store.changeToken(ctx, row.id, { state: 'refused', problem: error.text }))
    }
  }
}

/** The token by which a device says it enrolled, and its right. */
export async function tokenOf(
  ctx: Ctx,
  said: { name: string; data: string },
): Promise<{ row: TokenRow; invitation: enrollment.Invitation } | null> {
  const row = (await store.findToken(ctx, { name: said.name })) ?? (await store.findToken(ctx, { id: said.data }))
  const invitation = row && (await enrollment.findInvitation(ctx, row.invitation))
  return row && invitation ? { row, invitation } : null
}

/** Whether the actor may ask for tokens of the program. */
export async function demandProgram(ctx: Ctx, program: string): Promise<void> {
  const found = await roster.program(ctx, program)
  if (found?.platform !== 'android') throw new Problem('id.unknown')
  demand(ctx.authority, 'invitations:write', found.unitPath, 'units:read')
}
