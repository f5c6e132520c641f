import { randomInt } from 'node:crypto'
import { z } from 'zod'

/** The six digits a Mac asks for after it was locked or erased (Apple: Device Lock Command, PIN). */
export const pin = z.string().regex(/^\d{6}$/, 'six digits')

/** A fresh PIN. */
export function newPin(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}
