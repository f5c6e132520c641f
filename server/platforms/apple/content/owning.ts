import { createHash } from 'node:crypto'
import * as roster from '../../../areas/roster/index.ts'
import { digest, newSecret } from '../../../base/id.ts'
import { clientConfig, serviceConfig } from './answers.ts'
import { changeClient, clientOf } from './client-store.ts'
import { call, Refusal } from './line.ts'
import type { Turn } from './turn.ts'

/** Apple: limits are dynamic and change without notice, so they are read again every five minutes. */
const limitsMs = 5 * 60_000
const noticeMs = 24 * 3_600_000
const notices = ['ASSET_MANAGEMENT', 'ASSET_COUNT', 'USER_MANAGEMENT', 'USER_ASSOCIATED'] as const

/** Reads the limits and addresses of the service when they are not of the last minutes. */
export async function readLimits({ line, program, keep }: Turn): Promise<void> {
  const row = await keep(ctx => clientOf(ctx, program.id))
  const known = row.limits === null ? null : serviceConfig.safeParse(JSON.parse(row.limits)).data
  const young = await keep(ctx => Promise.resolve(row.limits_at !== null && row.limits_at > ctx.now - limitsMs))
  const said = known && young ? known : await call(line, 'serviceConfig', serviceConfig)
  Object.assign(line, { limits: said.limits, urls: said.urls })
  if (said === known) return
  const { limits, urls } = said
  await keep(ctx => changeClient(ctx, program.id, { limits: JSON.stringify({ limits, urls }), limits_at: ctx.now }))
}

/** How this org's server is called by the service: always the same, so that a server that was restored finds its own. */
export function serverIdOf(org: string): string {
  const hex = createHash('sha256').update(`muster content ${org}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/**
 * Whether the token is ours to work. Apple: one server per token; two undo each other's assignments. One that nobody works is taken; one that another works is
 * left alone until somebody says otherwise. Answers the other's name, or null when it is ours.
 */
export async function own(turn: Turn): Promise<string | null> {
  const { line, program, keep, scope, base } = turn
  const row = await keep(ctx => clientOf(ctx, program.id))
  const said = await call(line, 'clientConfig', clientConfig)
  const mine = serverIdOf(scope.org)
  const other = said.mdmInfo && said.mdmInfo.id !== mine ? said.mdmInfo : null
  if (other && row.take_over === 0) return other.name === '' ? other.id : other.name
  const orgName = said.organizationName ?? null
  if (orgName !== null && orgName !== program.orgName)
    await keep(ctx => roster.noteProgram(ctx, program.id, { orgName }))
  if (other || !said.mdmInfo) {
    const { maxMdmNameLength, maxMdmMetadataLength } = line.limits
    const mdmInfo = {
      id: mine,
      name: `Muster at ${new URL(base.config.url).host}`.slice(0, maxMdmNameLength),
      metadata: 'muster'.slice(0, maxMdmMetadataLength),
    }
    await call(line, 'clientConfig', clientConfig, { body: { mdmInfo } })
  }
  if (row.mine === 0 || row.take_over === 1)
    await keep(ctx =>
      changeClient(ctx, program.id, { mine: 1, take_over: 0, assignments_due: ctx.now, people_due: ctx.now }),
    )
  await askNotices(turn, row.notify_at, said.notificationUrl ?? null)
  return null
}

/** Where the service tells us of changes. */
export function noticeAddress(url: string, program: string): string {
  return `${url}/notify/apple/content/${program}`
}

/** Asks to be told of changes. Where the service cannot reach us nothing is lost: lists are read anyway, only later. */
async function askNotices(turn: Turn, agreedAt: number | null, theirs: string | null): Promise<void> {
  const { line, program, keep, base } = turn
  const notificationUrl = noticeAddress(base.config.url, program.id)
  const now = await keep(ctx => Promise.resolve(ctx.now))
  if (theirs === notificationUrl && agreedAt !== null) return
  if (agreedAt !== null && agreedAt > now - noticeMs) return
  const secret = newSecret(24)
  // It is called back before it answers, so the word it proves itself by must be known before.
  await keep(ctx => changeClient(ctx, program.id, { notify_secret: digest(secret), notify_at: ctx.now }))
  const wish = { notificationUrl, notificationAuthToken: secret, notificationTypes: notices }
  const reached = await call(line, 'clientConfig', clientConfig, { body: wish }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false
      throw error
    },
  )
  await keep(ctx => roster.noteProgram(ctx, program.id, { facts: { notified: reached } }))
}
