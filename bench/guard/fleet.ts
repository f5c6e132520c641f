import type { Enrolled } from '../../server/testing/given-commands.ts'
import { newId } from '../../server/base/id.ts'
import type { House } from '../../server/testing/house.ts'

/** A managed device of the fleet under attack. */
export interface Target {
  device: string
  enrollment: string
  serial: string
  personal: boolean
  spared: boolean
}

type Row = Record<string, unknown>

/** Makes a fleet of copies of one enrolled device, some personal, some never to be erased; as rows, because enrolling ten thousand is another benchmark. */
export async function fillTargets(h: House, size: number): Promise<Target[]> {
  const company = await h.given.enrolled({ platform: 'ios', ownership: 'company' })
  const personal = await h.given.enrolled({ platform: 'ios', ownership: 'personal' })
  const targets: Target[] = []
  for (let at = 0; at < size; at += 500)
    targets.push(...(await copies(h, { company, personal }, at, Math.min(500, size - at))))
  const spared = targets.filter((t, i) => !t.personal && i % 50 === 7)
  const { key } = await h.given.admin({ name: 'Setter' })
  for (const one of spared.slice(0, 20)) {
    one.spared = true
    await h.http('PATCH', `/api/v1/devices/${one.device}`, { as: key, body: { tags: ['never-wipe'] } })
  }
  await h.settle()
  return targets
}

async function copies(
  h: House,
  of: { company: Enrolled; personal: Enrolled },
  from: number,
  n: number,
): Promise<Target[]> {
  return h.run(async ctx => {
    const template = async (e: Enrolled) => ({
      device: (await ctx.tx
        .selectFrom('devices')
        .selectAll()
        .where('id', '=', e.device.id)
        .executeTakeFirstOrThrow()) as Row,
      enrollment: (await ctx.tx
        .selectFrom('enrollments')
        .selectAll()
        .where('id', '=', e.enrollment)
        .executeTakeFirstOrThrow()) as Row,
    })
    const [company, personal] = [await template(of.company), await template(of.personal)]
    const made: Target[] = []
    for (let i = from; i < from + n; i += 1) {
      const own = i % 50 === 3
      const { device, enrollment } = own ? personal : company
      const id = newId('device')
      const serial = `RT${String(i).padStart(8, '0')}`
      const name = `Phone ${i}`
      const names = { name, name_key: name.toLowerCase(), serial, udid: `udid-${i}`, imei: '' }
      await ctx.tx
        .insertInto('devices')
        .values({ ...device, ...names, id })
        .execute()
      const of_ = newId('enrollment')
      const row = { ...enrollment, id: of_, device: id, identity_key: `udid-${i}`, invitation: null, arrival: null }
      await ctx.tx.insertInto('enrollments').values(row).execute()
      made.push({ device: id, enrollment: of_, serial, personal: own, spared: false })
    }
    return made
  })
}
