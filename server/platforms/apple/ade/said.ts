import { z } from 'zod'
import type { Answered } from '../../../base/outside.ts'
import type { Reported } from '../../../areas/roster/index.ts'
import { jsonOf, unreadable } from './client.ts'

const text = z.string().max(2000)
const words = text.nullish().transform(v => (v === undefined || v === null || v.trim() === '' ? null : v.trim()))
const instant = words.transform(v => {
  const at = v === null ? Number.NaN : Date.parse(v)
  return Number.isNaN(at) ? null : at
})

/** A device as the vendor writes it; what it adds later is passed by. */
const device = z.object({
  serial_number: z.string().trim().min(1).max(64),
  model: words,
  description: words,
  color: words,
  asset_tag: words,
  device_family: words,
  profile_status: words,
  profile_uuid: words,
  profile_assign_time: instant,
  op_type: words,
  op_date: instant,
  response_status: words,
  mdm_migration_deadline: instant,
})

/** A device in an answer of the vendor. */
export type Said = z.output<typeof device>

const page = z.object({
  devices: z.array(z.unknown()).default([]),
  cursor: words,
  more_to_follow: z.boolean().nullish(),
})

/** One page of devices: those that could be read, and how many could not. */
export interface SaidPage {
  devices: Said[]
  unread: number
  cursor: string | null
  more: boolean
}

/** Reads one page. A device that cannot be read does not keep the others away. */
export function pageOf(answer: Answered): SaidPage {
  const read = page.safeParse(jsonOf(answer))
  if (!read.success) throw unreadable(answer)
  const devices: Said[] = []
  for (const one of read.data.devices) {
    const each = device.safeParse(one)
    if (each.success) devices.push(each.data)
  }
  const { cursor, more_to_follow: more } = read.data
  return { devices, unread: read.data.devices.length - devices.length, cursor, more: more === true }
}

const details = z.object({ devices: z.record(z.string(), z.unknown()).default({}) })

/** What the vendor says of devices it was asked about one by one: the device, or null where it is not ours any more. */
export function detailsOf(answer: Answered): Map<string, Said | null> {
  const read = details.safeParse(jsonOf(answer))
  if (!read.success) throw unreadable(answer)
  const found = new Map<string, Said | null>()
  for (const [serial, one] of Object.entries(read.data.devices)) {
    const status = z.object({ response_status: words }).safeParse(one)
    if (!status.success) continue
    if (status.data.response_status === 'NOT_ACCESSIBLE') found.set(serial, null)
    const each = device.safeParse(typeof one === 'object' && one !== null ? { serial_number: serial, ...one } : one)
    if (status.data.response_status === 'SUCCESS' && each.success) found.set(serial, each.data)
  }
  return found
}

const standings = { empty: 'none', assigned: 'assigned', pushed: 'delivered', removed: 'removed' } as const

/** A device in the words of the roster. */
export function reportedOf(said: Said): Reported {
  const known = Object.entries(standings).find(([name]) => name === said.profile_status?.toLowerCase())
  return {
    serial: said.serial_number,
    model: said.model ?? said.description,
    family: said.device_family,
    color: said.color,
    assetTag: said.asset_tag,
    held: said.profile_uuid,
    standing: known?.[1] ?? (said.profile_uuid === null ? 'none' : 'assigned'),
    at: said.op_date ?? said.profile_assign_time,
    migrationDeadline: said.mdm_migration_deadline,
  }
}

const result = z.union([
  z.string(),
  z.object({
    status: z.string().optional(),
    response_status: z.string().optional(),
    retry_after_seconds: z.number().nullish(),
  }),
])
const assignment = z.object({
  devices: z.record(z.string(), result).default({}),
  retry_after_seconds: z.number().nullish(),
})

/** What became of each device of an assignment. */
export function resultsOf(answer: Answered): { results: Map<string, string>; retryAfterSeconds: number | null } {
  const read = assignment.safeParse(jsonOf(answer))
  if (!read.success) throw unreadable(answer)
  const results = new Map<string, string>()
  let wait = read.data.retry_after_seconds ?? null
  for (const [serial, one] of Object.entries(read.data.devices)) {
    if (typeof one === 'string') results.set(serial, one)
    else {
      results.set(serial, one.status ?? one.response_status ?? '')
      wait = Math.max(wait ?? 0, one.retry_after_seconds ?? 0) || null
    }
  }
  return { results, retryAfterSeconds: wait }
}

const account = z.object({
  server_name: words,
  server_uuid: z.string().min(1).max(200),
  org_name: words,
  org_type: words,
  admin_id: words,
  facilitator_id: words,
  urls: z
    .array(
      z.object({ uri: z.string().max(200), limit: z.object({ default: z.number(), maximum: z.number() }).nullish() }),
    )
    .nullish(),
})

/** The account a token belongs to. */
export type Account = z.output<typeof account>

/** Reads the account. */
export function accountOf(answer: Answered): Account {
  const read = account.safeParse(jsonOf(answer))
  if (!read.success) throw unreadable(answer)
  return read.data
}
