import type { Ctx } from '../../base/ctx.ts'
import type { AnyCommandKind } from './kind.ts'
import type { CommandRow } from './store.ts'

type Args = Record<string, unknown>

const place = (id: string, table = 'commands') => ({ table, column: 'sealed_args', row: id })

/** Parts arguments into those that may be stored in clear and, sealed for the command with this id, those that may not. */
export async function sealArgs(
  ctx: Ctx,
  kind: AnyCommandKind,
  id: string,
  args: Args,
  table?: 'command_batches' | 'held_orders',
): Promise<{ args: string; sealed_args: Uint8Array | null }> {
  const entries = Object.entries(args).filter(([, value]) => value !== undefined)
  const secret = entries.filter(([name]) => kind.secret.includes(name))
  const plain = entries.filter(([name]) => !kind.secret.includes(name))
  return {
    args: JSON.stringify(Object.fromEntries(plain)),
    sealed_args:
      secret.length === 0
        ? null
        : await ctx.secrets.seal(ctx, place(id, table), JSON.stringify(Object.fromEntries(secret))),
  }
}

/** The whole arguments again, secret ones included. */
export async function openArgs(
  ctx: Ctx,
  row: Pick<CommandRow, 'id' | 'args' | 'sealed_args'>,
  table?: 'command_batches' | 'held_orders',
): Promise<Args> {
  const plain = JSON.parse(row.args) as Args
  if (row.sealed_args === null) return plain
  const opened = await ctx.secrets.open(ctx, place(row.id, table), row.sealed_args)
  return { ...plain, ...(JSON.parse(Buffer.from(opened).toString('utf8')) as Args) }
}

/** Parts and seals the arguments of a batch. */
export function sealBatchArgs(ctx: Ctx, kind: AnyCommandKind, id: string, args: Args): ReturnType<typeof sealArgs> {
  return sealArgs(ctx, kind, id, args, 'command_batches')
}

/** The whole arguments of a batch again. */
export function openBatchArgs(ctx: Ctx, row: Parameters<typeof openArgs>[1]): Promise<Args> {
  return openArgs(ctx, row, 'command_batches')
}

/** Seals the bytes of an answer that could not be read, and so not cleaned of secrets. */
export function sealResult(ctx: Ctx, id: string, raw: Uint8Array): Promise<Uint8Array> {
  return ctx.secrets.seal(ctx, { table: 'commands', column: 'result_raw', row: id }, raw)
}

/** Those bytes again. */
export function openResult(ctx: Ctx, id: string, sealed: Uint8Array): Promise<Uint8Array> {
  return ctx.secrets.open(ctx, { table: 'commands', column: 'result_raw', row: id }, sealed)
}
