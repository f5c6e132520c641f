import { z } from 'zod'
import * as commands from '../../areas/commands/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { asId } from '../../base/id.ts'
import { call } from './client.ts'
import * as devices from './device-store.ts'
import { read, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import type { DeviceRow, OperationRow } from './rows.ts'
import { endDevice } from './leaving.ts'
import { callDevice } from './wake.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** When Google is asked what became of an order of which nothing was heard. */
const silentMs = 10 * minuteMs
/** An order without an end is good for ten years: Google drops one that says nothing after ten minutes. */
const endlessSeconds = 10 * 365 * 86_400
const atOnce = 50

/** What became of an order, as Google says it. */
export const operationShape = z.object({
  name: z.string().max(400),
  done: z.boolean().default(false),
  error: z.object({ code: z.number().default(2), message: z.string().default('') }).optional(),
  metadata: z
    .object({
      type: z.string().optional(),
      createTime: z.string().optional(),
      errorCode: z.string().optional(),
      startLostModeStatus: z.object({ status: z.string().optional() }).optional(),
      stopLostModeStatus: z.object({ status: z.string().optional() }).optional(),
    })
    .default({}),
})
export type Operation = z.output<typeof operationShape>

/** Gives the orders that wait for devices which are due. */
export async function orderAll(work: Work): Promise<void> {
  const { program } = work.turn
  const due = await work.base.read(work.scope, ctx => devices.dueDevices(ctx, program, 500))
  for (const row of due) while (await orderNext(work, row));
}

/** Gives the next order of a device; false when there is none, or the next one is with Google already. */
async function orderNext(work: Work, row: DeviceRow): Promise<boolean> {
  const found = await step(work, async ctx => {
    const channel = { enrollment: asId('enrollment', row.enrollment), account: '' } as const
    const open = await devices.openOperations(ctx, { enrollment: row.enrollment })
    const held = open.length > 0 && open.every(o => o.name !== null)
    if (held && !(await commands.hasUnsent(ctx, channel))) return null
    const handed = await commands.next(ctx, { ...channel, after: 'contact' })
    if (!handed) return null
    const known = await devices.findOperation(ctx, { command: handed.id })
    if (known?.name) return null
    const said = JSON.parse(Buffer.from(handed.kind.encode(handed.args, handed.uuid)).toString('utf8')) as {
      type: string
    }
    const op = operationOf(ctx, row, { command: handed.id, type: said.type })
    if (!known) await devices.putOperation(ctx, op)
    return { handed, said, op: known ?? op, again: known !== undefined }
  })
  if (!found) return false
  const { handed, said, op, again } = found
  try {
    if (said.type === 'DELETE') return await removed(work, row, op)
    const adopted = again ? await adoptable(work, row, op) : null
    const seconds =
      handed.expiresAt === null ? endlessSeconds : Math.ceil((handed.expiresAt - work.base.clock.now()) / 1000)
    const operation =
      adopted ??
      read(
        operationShape,
        await call(work.line, 'POST', `${row.name}:issueCommand`, {
          body: { ...said, duration: `${Math.max(seconds, 1)}s` },
        }),
      )
    await step(work, async ctx => {
      await devices.putOperation(ctx, { ...op, name: operation.name, look_at: ctx.now + silentMs })
      if (operation.done) await settle(ctx, { ...op, name: operation.name }, operation)
    })
    return true
  } catch (error) {
    if (!isAboutThis(error)) throw error
    await step(work, ctx => end(ctx, op, { code: 'androidManagement.refused', message: error.text }))
    return true
  }
}

function operationOf(ctx: Ctx, row: DeviceRow, of: { command: string; type: string }): Omit<OperationRow, 'org'> {
  const { program, enrollment, name: device } = row
  return { ...of, program, enrollment, device, name: null, sent_at: ctx.now, look_at: ctx.now + silentMs }
}

/** Taking a device out of the enterprise takes its work profile away. */
async function removed(work: Work, row: DeviceRow, op: Omit<OperationRow, 'org'>): Promise<boolean> {
  try {
    await call(work.line, 'DELETE', row.name)
  } catch (error) {
    if (!isAboutThis(error) || error.status !== 404) throw error
  }
  await step(work, async ctx => {
    await end(ctx, op, null)
    await endDevice(ctx, row.enrollment, 'admin')
  })
  return false
}

const listed = z.object({ operations: z.array(operationShape).default([]) })

/** The server stopped between asking and keeping the answer: the order may be with Google, and is not given twice. */
async function adoptable(work: Work, row: DeviceRow, op: Omit<OperationRow, 'org'>): Promise<Operation | null> {
  const all = read(listed, await call(work.line, 'GET', `${row.name}/operations`)).operations
  for (const one of all) {
    const at = Date.parse(one.metadata.createTime ?? '')
    if (one.metadata.type !== op.type || Number.isNaN(at) || at < op.sent_at - minuteMs) continue
    if (!(await work.base.read(work.scope, ctx => devices.findOperation(ctx, { name: one.name })))) return one
  }
  return null
}

/** Asks what became of orders of which nothing was heard, and takes back those that nobody wants any more. */
export async function lookAtOperations(work: Work): Promise<void> {
  const { program } = work.turn
  const now = work.base.clock.now()
  const open = await work.base.read(work.scope, async ctx => {
    const rows = await devices.openOperations(ctx, { program, before: Number.MAX_SAFE_INTEGER })
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
  try {
    await call(work.line, 'POST', `${name}:cancel`, { body: {} })
  } catch (error) {
    // What the device has done already cannot be taken back.
    if (!isAboutThis(error)) throw error
  }
  await step(work, ctx => devices.lookAgain(ctx, row.command, null))
}

async function lookAt(work: Work, row: OperationRow, name: string): Promise<void> {
  try {
    const operation = read(operationShape, await call(work.line, 'GET', name))
    await step(work, ctx =>
      operation.done ? settle(ctx, row, operation) : devices.lookAgain(ctx, row.command, ctx.now + hourMs),
    )
  } catch (error) {
    if (!isAboutThis(error)) throw error
    await step(work, ctx => end(ctx, row, { code: 'androidManagement.forgotten', message: error.text }))
  }
}

const already = ['SUCCESS', 'ALREADY_IN_LOST_MODE', 'NOT_IN_LOST_MODE', 'STATUS_UNSPECIFIED']

/** An order is over: as it went, or with what went wrong. */
export async function settle(ctx: Ctx, row: Omit<OperationRow, 'org'>, { error, metadata }: Operation): Promise<void> {
  const { errorCode, startLostModeStatus, stopLostModeStatus } = metadata
  const status = startLostModeStatus?.status ?? stopLostModeStatus?.status ?? 'SUCCESS'
  if (error) return end(ctx, row, { code: codeOf(error.code), message: error.message })
  if (errorCode !== undefined && errorCode !== 'COMMAND_ERROR_CODE_UNSPECIFIED')
    return end(ctx, row, { code: `androidManagement.${slug(errorCode)}`, message: errorCode })
  if (!already.includes(status)) return end(ctx, row, { code: `androidManagement.${slug(status)}`, message: status })
  return end(ctx, row, null)
}

const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]+/g, '-')

/** Numbers of google.rpc.Code. */
function codeOf(code: number): string {
  if (code === 4) return 'androidManagement.expired'
  return code === 1 ? 'androidManagement.canceled' : 'androidManagement.failed'
}

async function end(
  ctx: Ctx,
  row: Omit<OperationRow, 'org'>,
  wrong: { code: string; message: string } | null,
): Promise<void> {
  await devices.lookAgain(ctx, row.command, null)
  await commands.answered(ctx, {
    enrollment: asId('enrollment', row.enrollment),
    account: '',
    uuid: commands.uuidOf(asId('command', row.command)),
    status: wrong === null ? 'done' : 'failed',
    ...(wrong === null
      ? {}
      : { error: { code: null, domain: 'android', message: wrong.message.slice(0, 500), explained: wrong.code } }),
    result: {},
  })
  // The next order follows.
  await callDevice(ctx, row.enrollment)
}
