import * as escrow from '../../../areas/escrow/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { openFor } from './recipient.ts'

export const recoveryKeyKind = 'filevault'

/** A personal recovery key as macOS makes them: six groups of four. */
const shape = /^[A-Z0-9]{4}(-[A-Z0-9]{4}){5}$/

/** Keeps the recovery key that a Mac has told, encrypted for us. Says so when it is for somebody else, or is none. Answers whether it is kept. */
export async function takeRecoveryKey(ctx: Ctx, device: string, cms: Uint8Array, command?: string): Promise<boolean> {
  const bytes = await openFor(ctx, cms)
  const value =
    bytes === null
      ? ''
      : Buffer.from(bytes)
          .toString('utf8')
          .replaceAll(/[\s\0]+$/g, '')
  if (!shape.test(value)) {
    // Told with every inventory: it is news only while nothing better is kept.
    if (!(await escrow.current(ctx, device, recoveryKeyKind))) await escrow.doubt(ctx, device, recoveryKeyKind)
    return false
  }
  await escrow.keep(ctx, { device, kind: recoveryKeyKind, value, state: 'current', command })
  return true
}
