import type { GivenAdmin } from '../../server/testing/given-identity.ts'
import type { House } from '../../server/testing/house.ts'
import { addDevice } from '../../server/areas/guard/intent-store.ts'

const day = 24 * 3_600_000

/** Approvals that must not be believed, and how many were tried and accepted. */
export type Forged = Record<string, { tried: number; accepted: number; codes: string[] }>

/** Everyone whose approval is tried. */
export interface Crowd {
  mallory: GivenAdmin
  child: GivenAdmin
  fresh: GivenAdmin
  /** An honest admin whose signatures fall into wrong hands. */
  bo: GivenAdmin
  foreign: GivenAdmin
}

const headersOf = (by: GivenAdmin) => ({ cookie: by.cookie, 'sec-fetch-site': 'same-origin' })

/** Admins of every kind that an approval could be tried with. Their sessions are of now. */
export async function crowd(h: House): Promise<Crowd> {
  const long = { passkey: true, heldForMs: 30 * day } as const
  const mallory = await h.given.admin({ ...long, name: 'Mallory' })
  const child = await h.given.admin({ ...long, name: 'Child' })
  const row = { org: h.org, admin: child.id, maker: mallory.id, how: 'invited', at: h.now() }
  await h.run(ctx => ctx.tx.insertInto('admin_makers').values(row).execute())
  const fresh = await h.given.admin({ passkey: true, heldForMs: 3_600_000, name: 'Fresh' })
  const bo = await h.given.admin({ ...long, name: 'Bo' })
  const other = await h.given.org('Other')
  const foreign = await h.given.admin({ ...long, org: other.org, unit: other.root.id })
  return { mallory, child, fresh, bo, foreign }
}

const note = (forged: Forged, kind: string, status: number, code: string): void => {
  forged[kind] ??= { tried: 0, accepted: 0, codes: [] }
  const one = forged[kind]
  one.tried += 1
  if (status < 300) one.accepted += 1
  else if (!one.codes.includes(code)) one.codes.push(code)
}

/** Tries every forged approval on two held intents. */
export async function forge(h: House, c: Crowd, [intent, other]: [string, string], forged: Forged): Promise<void> {
  const offer = (by: GivenAdmin, id: string, as?: string) =>
    h.http('POST', `/api/v1/intents/${id}/approval-options`, as ? { as } : { headers: headersOf(by) })
  const send = (by: GivenAdmin, id: string, response: unknown, as?: string) =>
    h.http('POST', `/api/v1/intents/${id}/approve`, {
      ...(as ? { as } : { headers: headersOf(by) }),
      body: { response },
    })
  const whole = async (kind: string, by: GivenAdmin): Promise<void> => {
    const asked = await offer(by, intent)
    if (asked.status >= 300) return note(forged, kind, asked.status, String(asked.body.code))
    const { status, body } = await send(by, intent, by.authenticator.assert(asked.body.options))
    note(forged, kind, status, String(body.code))
  }
  await whole('self', c.mallory)
  await whole('child account', c.child)
  await whole('fresh account', c.fresh)
  await whole('another org', c.foreign)
  const lent = (await offer(c.bo, intent)).body
  const signed = c.bo.authenticator.assert(lent.options)
  const byKey = await send(c.bo, intent, signed, c.bo.key)
  note(forged, 'by a key', byKey.status, String(byKey.body.code))
  // Bo is asked about the other as well, so that there is a question the stolen signature could answer.
  await offer(c.bo, other)
  const replayed = await send(c.bo, other, signed)
  note(forged, 'replayed for another', replayed.status, String(replayed.body.code))
  const stolen = await send(c.mallory, intent, signed)
  note(forged, 'in another’s session', stolen.status, String(stolen.body.code))
  await edited(h, c, other, forged)
  const late = (await offer(c.bo, intent)).body
  h.pass(11 * 60_000)
  const expired = await send(c.bo, intent, c.bo.authenticator.assert(late.options))
  note(forged, 'expired', expired.status, String(expired.body.code))
}

/** The list grows after it was looked at. */
async function edited(h: House, c: Crowd, intent: string, forged: Forged): Promise<void> {
  const asked = await h.http('POST', `/api/v1/intents/${intent}/approval-options`, { headers: headersOf(c.bo) })
  await h.run(async ctx => {
    const row = await ctx.tx
      .selectFrom('devices')
      .select(['id', 'name', 'unit', 'unit_path'])
      .where('id', 'not in', ctx.tx.selectFrom('intent_devices').select('device').where('intent', '=', intent))
      .limit(1)
      .execute()
    const [one] = row as { id: string; name: string; unit: string; unit_path: string }[]
    if (one) await addDevice(ctx, { intent, device: one.id, name: one.name, unit: one.unit, unit_path: one.unit_path })
    await ctx.tx.updateTable('intents').set({ devices_hash: null }).where('id', '=', intent).execute()
  })
  const signed = c.bo.authenticator.assert(asked.body.options)
  const { status, body } = await h.http('POST', `/api/v1/intents/${intent}/approve`, {
    headers: headersOf(c.bo),
    body: { response: signed },
  })
  note(forged, 'edited batch', status, String(body.code))
}
