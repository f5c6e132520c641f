import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { mailReady, sendMail } from '../../base/mail.ts'
import { languageOf } from '../../base/say.ts'
import { instantAt, wallTime } from '../../base/zone.ts'
import * as devices from '../devices/index.ts'
import * as hours from '../hours/index.ts'
import { ownOrg, type User, usersWith } from '../identity/index.ts'
import { about, type Campaign, campaignOf } from './campaign.ts'
import { dueAt, wallOf } from './due.ts'
import { campaignEvents } from './events.ts'
import * as store from './fleet-store.ts'
import { say } from './texts.ts'

const hourMs = 3_600_000
/** How many hours before the date people are told. */
export const noticeHours = [72, 24, 3] as const
/** Nobody is written to outside of these hours of their day; what would fall there is said the evening before. */
const loud = { from: 8, to: 20, evening: 19 } as const
/** Where a date comes first of all. */
const firstZone = 'Pacific/Kiritimati'
const pageSize = 50

/** When a notice goes out: so many hours before the date, never at night by the clock of the zone. Pure. */
export function noticeAt(due: number, before: number, zone: string): number {
  const at = due - before * hourMs
  const wall = wallTime(at, zone)
  if (wall.hour >= loud.from && wall.hour < loud.to) return at
  const day = wall.hour < loud.from ? wall.day - 1 : wall.day
  return instantAt({ ...wall, day, hour: loud.evening, minute: 0 }, zone)
}

/** How many of the notices are due by now; none any more when the date is over. Pure. */
export function noticesDue(due: number, zone: string, now: number): number {
  return now >= due ? 0 : noticeHours.filter(before => noticeAt(due, before, zone) <= now).length
}

/** Whether it is an hour at which people may be written to. Pure. */
export function isLoud(now: number, zone: string): boolean {
  const { hour } = wallTime(now, zone)
  return hour >= loud.from && hour < loud.to
}

const placeOf = (due: string, n: number): string => `${due}|${n}`

/** How many notices of this date a device's person had, by what is kept of it. Pure. */
function toldOf(noticed: string, due: string): number {
  const [date, n] = noticed.split('|')
  return date === due ? Number(n ?? 0) : 0
}

/**
 * Tells one page of people by mail that a version is due on their device; answers the cursor of the next page, or null at the end. Not at night, and where
 * a device has working time only in it. Whoever was reached late has only the notice that fits the time left.
 */
export async function noticeSome(ctx: Ctx, id: string, after: string): Promise<string | null> {
  const campaign = await campaignOf(ctx, id)
  if (campaign.state !== 'running' || !campaign.notices || !mailReady(ctx.config)) return null
  const first = dueAt(campaign.due, firstZone)
  if (first === null) return null
  const most = ctx.now >= first ? noticeHours.length : noticesDue(first, firstZone, ctx.now)
  if (most === 0) return null
  const rows = await store.toNotice(ctx, { campaign: id, latest: placeOf(campaign.due, most), after }, pageSize)
  const told = new Map<number, Set<string>>()
  for (const one of await peopleOf(ctx, rows)) {
    const due = dueAt(campaign.due, one.zone) ?? 0
    const n = noticesDue(due, one.zone, ctx.now)
    if (n <= toldOf(one.row.noticed, campaign.due) || one.off || !isLoud(ctx.now, one.zone)) continue
    await store.changeFaring(ctx, id, one.row.device, { noticed: placeOf(campaign.due, n) })
    if (!one.user || !(await write(ctx, campaign, one))) continue
    told.set(n, (told.get(n) ?? new Set()).add(one.user.id))
  }
  for (const [n, people] of told)
    await record(ctx, campaignEvents.warned, about(campaign), {
      name: campaign.name,
      hours: noticeHours[n - 1] ?? 0,
      people: people.size,
    })
  return rows.length < pageSize ? null : (rows.at(-1)?.device ?? null)
}

interface Told {
  row: store.FaringRow
  name: string
  platform: string
  user: User | undefined
  zone: string
  /** It is no working time for the device. */
  off: boolean
}

async function peopleOf(ctx: Ctx, rows: readonly store.FaringRow[]): Promise<Told[]> {
  const ids = rows.map(r => r.device)
  const records = new Map((await devices.recordsOf(ctx, ids, { facts: [], identifiers: false })).map(r => [r.id, r]))
  const names = await devices.watchedRows(ctx, ids)
  const users = await usersWith(
    ctx,
    [...records.values()].flatMap(r => r.user ?? []),
  )
  const zones = await hours.zonesOfPeople(ctx, [...users.keys()])
  const zoneOf = await hours.zonesByPath(ctx)
  const phases = await hours.rememberedPhases(ctx, ids)
  return rows.flatMap(row => {
    const device = records.get(row.device as devices.Device['id'])
    if (!device) return []
    const user = device.user === null ? undefined : users.get(device.user)
    const zone = (user && zones.get(user.id)) ?? zoneOf(device.unitPath)
    const off = phases.get(row.device)?.phase === 'off'
    return [{ row, name: names.get(row.device)?.name ?? '', platform: device.platform, user, zone, off }]
  })
}

/** Mails one person about one device; answers whether there was somewhere to send it. */
async function write(ctx: Ctx, campaign: Campaign, { name: device, platform, user, zone }: Told): Promise<boolean> {
  const version = campaign.targets[platform]?.version
  const wall = wallOf(campaign.due)
  if (!user || user.email === null || version === undefined || !wall) return false
  const org = await ownOrg(ctx)
  const language = languageOf(user.language ?? org.language)
  // The date is said as it stands: it is local wherever the device is.
  const due = new Date(Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute))
  const more = campaign.details === '' ? '' : say(language, 'notice.more', { details: campaign.details })
  const values = { name: user.displayName, org: org.name, device, version, due, more, url: `${ctx.config.url}/my` }
  const mail = await sendMail(ctx, {
    to: user.email,
    subject: say(language, 'notice.subject', values),
    text: say(language, 'notice.text', values),
    language,
    about: { kind: 'campaign', id: campaign.id },
    until: dueAt(campaign.due, zone) ?? ctx.now + 24 * hourMs,
  })
  return mail !== null
}
