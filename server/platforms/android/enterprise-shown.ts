import { z } from 'zod'
import * as roster from '../../areas/roster/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { isSilent } from './check.ts'
import * as devices from './device-store.ts'
import type { EnterpriseRow } from './rows.ts'
import { enterpriseSettings, settingsIn } from './settings.ts'
import * as store from './store.ts'

/** How far a program has come with Google. */
export const standings = [
  'key',
  'sign-up',
  'coming-back',
  'preparing',
  'live',
  'slowed',
  'troubled',
  'closing',
] as const

/** A program at Google as its admins see it. */
export const enterpriseShape = z.object({
  program: roster.programShape,
  standing: z.enum(standings),
  project: z.string(),
  topic: z.string().nullable(),
  pusher: z.string().nullable(),
  hook: z.string().describe('Where Pub/Sub delivers to.'),
  enterprise: z.string().nullable(),
  signUpUrl: z.string().nullable(),
  signUpEndsAt: z.number().nullable(),
  notices: z
    .enum(['none', 'waiting', 'turned-away', 'silent', 'coming'])
    .describe('`turned-away`: deliveries come, and none is believed.'),
  heardAt: z.number().nullable(),
  checkedAt: z.number().nullable(),
  listedAt: z.number().nullable(),
  checking: z.boolean(),
  check: z
    .object({
      at: z.number(),
      state: z.enum(['devices', 'tokens', 'done']),
      devices: z.number(),
      strays: z.number(),
      left: z.number(),
      tokens: z.number(),
    })
    .nullable(),
  waitUntil: z.number().nullable(),
  settings: enterpriseSettings.required(),
  devices: z.number(),
})

const dayMs = 86_400_000
const checkShape = enterpriseShape.shape.check.unwrap()

/** A program at Google, for whoever may see programs. */
export async function shownEnterprise(ctx: Ctx, id: string): Promise<z.input<typeof enterpriseShape>> {
  const program = await roster.programFor(ctx, id, 'roster:read')
  const row = await store.findEnterprise(ctx, id)
  if (program.platform !== 'android' || !row) throw new Problem('id.unknown')
  const offered = row.enterprise === null && row.came_back === null ? row.signup_url : null
  const check = checkShape.safeParse(program.facts['check'])
  return {
    program: await roster.shownProgram(ctx, program),
    standing: standingOf(ctx, row, program),
    project: row.project,
    topic: row.topic || null,
    pusher: row.pusher || null,
    hook: `${ctx.config.url}/android/v1/notices/${row.hook}`,
    enterprise: row.enterprise,
    signUpUrl: offered,
    signUpEndsAt: offered === null || row.signup_at === null ? null : row.signup_at + dayMs,
    notices: noticesOf(ctx, row),
    heardAt: row.heard_at,
    checkedAt: row.checked_at,
    listedAt: row.listed_at,
    checking: row.check_asked_at !== null,
    check: check.success ? check.data : null,
    waitUntil: row.wait_until !== null && row.wait_until > ctx.now ? row.wait_until : null,
    settings: settingsIn(row.settings),
    devices: await devices.countDevices(ctx, id),
  }
}

/** The programs that devices can be enrolled through; whoever may invite needs no more of them. */
export async function programsFor(ctx: Ctx): Promise<{ id: string; name: string; live: boolean }[]> {
  const all = (await roster.programs(ctx, { kind: 'devices' })).filter(one => one.platform === 'android')
  const shown: { id: string; name: string; live: boolean }[] = []
  for (const { id, name } of all) {
    const row = await store.findEnterprise(ctx, id)
    shown.push({ id, name, live: row !== undefined && row.ready_at !== null && row.closing_at === null })
  }
  return shown
}

function standingOf(ctx: Ctx, row: EnterpriseRow, program: roster.Program): (typeof standings)[number] {
  if (row.closing_at !== null) return 'closing'
  if (program.state === 'throttled' || (row.wait_until ?? 0) > ctx.now) return 'slowed'
  if (program.state !== 'new' && program.state !== 'good') return 'troubled'
  if (row.enterprise !== null) return row.ready_at === null ? 'preparing' : 'live'
  if (row.came_back !== null) return 'coming-back'
  return row.signup_url === null ? 'key' : 'sign-up'
}

function noticesOf(ctx: Ctx, row: EnterpriseRow): z.input<typeof enterpriseShape>['notices'] {
  if (row.topic === '' || row.pusher === '') return 'none'
  if ((row.turned_at ?? 0) > (row.heard_at ?? 0)) return 'turned-away'
  if (row.heard_at === null) return 'waiting'
  return isSilent(row, ctx.now) ? 'silent' : 'coming'
}
