import { z } from 'zod'
import * as commands from '../../areas/commands/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { JsonValue } from '../../areas/devices/index.ts'
import { asId } from '../../base/id.ts'
import { call } from './client.ts'
import * as operations from './operation-store.ts'
import { read, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import type { OperationRow } from './rows.ts'
import { callDevice } from './wake.ts'

const hourMs = 3_600_000
const atOnce = 50

/** What became of an order, as Google says it. */
const status = z.object({ status: z.string().max(60).optional() })
export const operationShape = z.object({
  name: z.string().max(400),
  done: z.boolean().default(false),
  error: z.object({ code: z.number().default(2), message: z.string().default('') }).optional(),
  metadata: z
    .object({
      type: z.string().optional(),
      createTime: z.string().optional(),
      errorCode: z.string().max(60).optional(),
      startLostModeStatus: status.optional(),
      stopLostModeStatus: status.optional(),
      esimStatus: status
        .extend({
          esimInfo: z
            .object({ iccId: z.string().max(60) })
            .partial()
            .optional(),
        })
        .optional(),
      requestDeviceInfoStatus: status
        .extend({ eidInfo: z.object({ eids: z.array(z.object({ eid: z.string().max(60) })).max(20) }).optional() })
        .optional(),
      clearAppsDataStatus: z
        .object({ results: z.record(z.string().max(300), z.object({ clearingResult: z.string().max(60).optional() })) })
        .optional(),
    })
    .default({}),
})
export type Operation = z.output<typeof operationShape>

/** Asks what became of orders of which nothing was heard, and takes back those that nobody wants any more. */
export async function lookAtOperations(work: Work): Promise<void> {
  const { program } = work.turn
  const now = work.base.clock.now()
  const open = await work.base.read(work.scope, async ctx => {
    const rows = await operations.openOperations(ctx, { program, before: Number.MAX_SAFE_INTEGER })
    const wanted: boolean[] = []
    for (const row of rows) wanted.push(await commands.isOpen(ctx, row.command))
    return rows.map((row, i) => ({ row, wanted: wanted[i] === true }))
  })
  for (const { row, wanted } of open.slice(0, atOnce)) {
    if (row.name === null) continue
    if (!wanted) await takeBack(work, row, row.name)
    else if (row.look_at !== null && row.look_at <= now) await lookAt(work, row, row.name)
  }
}

async function takeBack(work: Work, row: OperationRow, name: string): Promise<void> {
  const state = stateOf(row.type)
  try {
    if (state === null) await call(work.line, 'POST', `${name}:cancel`, { body: {} })
    else await sayState(work, row.device, { state: state === 'ACTIVE' ? 'DISABLED' : 'ACTIVE' })
  } catch (error) {
    // What the device has done already cannot be taken back.
    if (!isAboutThis(error)) throw error
  }
  await step(work, ctx => operations.lookAgain(ctx, row.command, null))
}

async function lookAt(work: Work, row: OperationRow, name: string): Promise<void> {
  try {
    const state = stateOf(row.type)
    if (state !== null) {
      const { appliedState } = read(standing, await call(work.line, 'GET', row.device))
      return await step(work, ctx =>
        appliedState === state ? end(ctx, row, null) : operations.lookAgain(ctx, row.command, ctx.now + hourMs),
      )
    }
    const operation = read(operationShape, await call(work.line, 'GET', name))
    await step(work, ctx =>
      operation.done ? settle(ctx, row, operation) : operations.lookAgain(ctx, row.command, ctx.now + hourMs),
    )
  } catch (error) {
    if (!isAboutThis(error)) throw error
    await step(work, ctx => end(ctx, row, { code: 'androidManagement.forgotten', message: error.text }))
  }
}

const standing = z.object({ appliedState: z.string().default('') })

/** What a device is to be after an order that Google takes as its state; null for what it passes on as an order. */
export function stateOf(type: string): 'DISABLED' | 'ACTIVE' | null {
  if (type === 'DISABLE') return 'DISABLED'
  return type === 'ENABLE' ? 'ACTIVE' : null
}

/** Says what state a device should be in, and to its person why. */
export async function sayState(
  work: Work,
  device: string,
  { state, reason }: { state: string; reason?: string | undefined },
): Promise<void> {
  const disabledReason = reason === undefined ? {} : { disabledReason: { defaultMessage: reason } }
  const body = { state, ...(state === 'DISABLED' ? disabledReason : {}) }
  await call(work.line, 'PATCH', device, { query: { updateMask: Object.keys(body).join(',') }, body })
}

/** A device says in what state it is: orders that wanted that are over. */
export async function settleStates(ctx: Ctx, enrollment: string, applied: string): Promise<void> {
  for (const row of await operations.openOperations(ctx, { enrollment }))
    if (row.name !== null && stateOf(row.type) === applied) await end(ctx, row, null)
}

/** Words by which a device says that it is as it should be, whatever it was before. */
const fine = ['SUCCESS', 'SUCCEEDED', 'ALREADY_IN_LOST_MODE', 'NOT_IN_LOST_MODE', 'IN_PROGRESS']
const silent = /_UNSPECIFIED$/

/** An order is over: as it went, or with what went wrong. What the device says of it itself counts before what Google makes of it. */
export async function settle(ctx: Ctx, row: Omit<OperationRow, 'org'>, { error, metadata }: Operation): Promise<void> {
  const said = [
    metadata.startLostModeStatus?.status,
    metadata.stopLostModeStatus?.status,
    metadata.esimStatus?.status,
    metadata.requestDeviceInfoStatus?.status,
    ...Object.values(metadata.clearAppsDataStatus?.results ?? {}).map(one => one.clearingResult),
    metadata.errorCode,
  ].filter(word => word !== undefined && !silent.test(word))
  const wrong = said.find(word => word !== undefined && !fine.includes(word))
  if (wrong !== undefined) return end(ctx, row, { code: `androidManagement.${slug(wrong)}`, message: wrong })
  if (error && said.length === 0) return end(ctx, row, { code: codeOf(error.code), message: error.message })
  return end(ctx, row, null, shownOf(metadata))
}

/** What a device answered that is worth showing with its order. */
function shownOf({ esimStatus, requestDeviceInfoStatus }: Operation['metadata']): Record<string, JsonValue> {
  const iccId = esimStatus?.esimInfo?.iccId
  const eids = requestDeviceInfoStatus?.eidInfo?.eids.map(one => one.eid)
  return { ...(iccId === undefined ? {} : { iccId }), ...(eids === undefined ? {} : { eids }) }
}

const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]+/g, '-')

/** Numbers of google.rpc.Code. */
function codeOf(code: number): string {
  if (code === 4) return 'androidManagement.expired'
  return code === 1 ? 'androidManagement.canceled' : 'androidManagement.failed'
}

/** An order is over. */
export async function end(
  ctx: Ctx,
  row: Omit<OperationRow, 'org'>,
  wrong: { code: string; message: string } | null,
  shown: Record<string, JsonValue> = {},
): Promise<void> {
  await operations.lookAgain(ctx, row.command, null)
  await commands.answered(ctx, {
    enrollment: asId('enrollment', row.enrollment),
    account: '',
    uuid: commands.uuidOf(asId('command', row.command)),
    status: wrong === null ? 'done' : 'failed',
    ...(wrong === null
      ? {}
      : { error: { code: null, domain: 'android', message: wrong.message.slice(0, 500), explained: wrong.code } }),
    result: {},
    ...(Object.keys(shown).length === 0 ? {} : { shown }),
  })
  // The next order follows.
  await callDevice(ctx, row.enrollment)
}
