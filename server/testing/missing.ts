import assert from 'node:assert/strict'
import * as commands from '../areas/commands/index.ts'
import type { JsonValue } from '../areas/devices/index.ts'
import type { Id } from '../base/id.ts'
import type { House } from './house.ts'

/** Reports a device missing over HTTP; answers its incident. */
// biome-ignore lint/suspicious/noExplicitAny: tests read answers of any form
export async function reported(h: House, device: string, as: string, body: object = {}): Promise<any> {
  const answer = await h.http('POST', `/api/v1/devices/${device}/incidents`, { as, body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

/** The device takes its commands and answers each with what is said of its kind; which kinds they were. */
export async function answer(
  h: House,
  held: { enrollment: Id<'enrollment'> },
  says: Record<string, Record<string, JsonValue>> = {},
): Promise<string[]> {
  const kinds: string[] = []
  const channel = { enrollment: held.enrollment, account: '' } as const
  for (;;) {
    const next = await h.run(ctx => commands.next(ctx, { ...channel, after: 'answer' }))
    if (!next) return kinds
    kinds.push(next.kind.kind)
    const result = says[next.kind.kind] ?? {}
    await h.run(ctx => commands.answered(ctx, { ...channel, uuid: next.uuid, status: 'done', result, shown: result }))
  }
}

/** Where a phone says that it is. */
export const place = {
  Latitude: 45.7485,
  Longitude: 4.8236,
  HorizontalAccuracy: 18,
  VerticalAccuracy: 3,
  Altitude: 170,
  Speed: -1,
  Course: -1,
  Timestamp: '2026-11-20T09:00:00Z',
}
