import { z } from 'zod'
import * as commands from '../../areas/commands/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { asId } from '../../base/id.ts'
import { call } from './client.ts'
import * as devices from './device-store.ts'
import * as operations from './operation-store.ts'
import { read, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import type { DeviceRow, OperationRow } from './rows.ts'
import { endDevice } from './leaving.ts'
import { end, type Operation, operationShape, sayState, settle, stateOf } from './operations.ts'

const minuteMs = 60_000
/** When Google is asked what became of an order of which nothing was heard. */
const silentMs = 10 * minuteMs
/** An order without an end is good for ten years: Google drops one that says nothing after ten minutes. */
const endlessSeconds = 10 * 365 * 86_400

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
    const open = await operations.openOperations(ctx, { enrollment: row.enrollment })
    const held = open.length > 0 && open.every(o => o.name !== null)
    if (held && !(await commands.hasUnsent(ctx, channel))) return null
    const handed = await commands.next(ctx, { ...channel, after: 'contact' })
    if (!handed) return null
    const known = await operations.findOperation(ctx, { command: handed.id })
    if (known?.name) return null
    const said = JSON.parse(Buffer.from(handed.kind.encode(handed.args, handed.uuid)).toString('utf8')) as {
      type: string
      reason?: string
    }
    const op = operationOf(ctx, row, { command: handed.id, type: said.type })
    if (!known) await operations.putOperation(ctx, op)
    return { handed, said, op: known ?? op, again: known !== undefined }
  })
  if (!found) return false
  const { handed, said, op, again } = found
  try {
    if (said.type === 'DELETE') return await removed(work, row, op)
    const state = stateOf(said.type)
    if (state !== null) return await stated(work, op, { state, reason: said.reason })
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
      await operations.putOperation(ctx, { ...op, name: operation.name, look_at: ctx.now + silentMs })
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

/** A state is over when the device says that it is in it: saying it twice changes nothing. */
async function stated(
  work: Work,
  op: Omit<OperationRow, 'org'>,
  wish: { state: string; reason: string | undefined },
): Promise<boolean> {
  await sayState(work, op.device, wish)
  const name = `${op.device}/states/${op.command}`
  await step(work, ctx => operations.putOperation(ctx, { ...op, name, look_at: ctx.now + silentMs }))
  return true
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
    if (!(await work.base.read(work.scope, ctx => operations.findOperation(ctx, { name: one.name })))) return one
  }
  return null
}
