import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Declaration } from '@muster/wire/apple/declaration.ts'
import { canonical } from '@muster/wire/canonical.ts'
import type { Json } from '@muster/wire/apple/result.ts'
import {
  capabilitiesOf,
  type DeclarationStatus,
  declarationsOf,
  decodeStatus,
  mergeStatus,
  type StatusReport,
  type StatusTree,
} from '@muster/wire/apple/status.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as privacy from '../../../areas/privacy/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { Problem } from '../../../base/problem.ts'
import { capabilities, stripStatus } from '../keeping.ts'
import * as apple from '../store.ts'
import { appsThere, noteDeclared } from '../apps/declared.ts'
import { appKind } from '../../../areas/policies/index.ts'
import { prefixOf } from './declare.ts'
import { isDeclared } from './give.ts'
import { gradeItem } from './grade.ts'
import { handleOf } from '../deliver/profile.ts'
import { type On, type Outlook, outlookOf } from './outlook.ts'
import { spoke } from './stall.ts'
import { askedItems, factsIn } from './status-items.ts'
import * as store from './store.ts'
import { tell } from './tell.ts'

/** Largest merged status that is kept; beyond it only the newest report is. */
const mostKept = 4 * 1024 * 1024

/** Takes in a status report: what the device says of itself and of what was declared to it (Apple: StatusReport). */
export async function ingest(ctx: Ctx, on: On, body: Uint8Array): Promise<void> {
  const whole = read(body)
  const { report, personal } = await keepable(ctx, on, whole)
  const row = await store.channelOf(ctx, on, on.device)
  const known = await keep(ctx, on, report)
  await spoke(ctx, row)
  const change: store.ChannelChange = {
    status_at: ctx.now,
    stalled_at: null,
    ...(report.full ? { full_at: ctx.now } : {}),
    ...capabilitiesIn(row, known),
  }
  await store.changeChannel(ctx, on, change)
  const outlook = await outlookOf(ctx, on)
  const facts = factsIn(report.items, outlook.subscriber)
  if (Object.keys(facts).length > 0) await devices.learn(ctx, on.device, 'StatusReport', facts)
  await noteDeclared(ctx, { on, outlook, tree: whole.items, full: whole.full })
  const said = declarationsOf(whole.items)
  if (said) await noteSaid(ctx, on, { outlook, said, full: report.full, personal })
  if (change.capabilities !== undefined && outlook.declared && outlook.declared.token !== outlook.channel.given)
    await tell(ctx, on)
}

function read(body: Uint8Array): StatusReport {
  try {
    return decodeStatus(body)
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('device.message-malformed', { reason: cause.code }, { cause })
  }
}

/** The report without what the charter does not let be stored; and whether the device is somebody's own. */
async function keepable(ctx: Ctx, on: On, said: StatusReport): Promise<{ report: StatusReport; personal: boolean }> {
  const device = await devices.get(ctx, on.device)
  const personal = privacy.ownedAs({ ownership: device.ownership, mode: on.kind }) === 'personal'
  const may = await devices.mayStore(ctx, device, on.kind)
  const items = stripStatus(said.items, may, personal ? [...askedItems, capabilities] : null)
  return { report: { ...said, items }, personal }
}

const plainToken = /^[\w-]{1,64}$/

/** What a device of somebody says of what was declared to it, without free text and without what was not declared. */
function ours(
  said: readonly DeclarationStatus[],
  { declared }: Outlook,
  before: readonly store.SaidRow[],
): DeclarationStatus[] {
  const known = new Set([...(declared?.declarations ?? []), ...before].map(d => d.identifier))
  return said
    .filter(s => known.has(s.identifier) && (s.token === null || plainToken.test(s.token)))
    .map(s => ({
      ...s,
      reasons: s.reasons.map(({ code }) => ({ code: explained(code), description: null, details: null })),
    }))
}

const explained = (code: string): string => (/^[A-Za-z.]{1,60}$/.test(code) ? code : '')

/** Everything the channel has said so far, with this report in it. */
async function keep(ctx: Ctx, on: On, report: StatusReport): Promise<StatusTree> {
  const before = await apple.findStatus(ctx, on.enrollment, on.account)
  const known = before ? (JSON.parse(inflateRawSync(before.value).toString('utf8')) as StatusTree) : {}
  const merged = mergeStatus(known, report)
  const text = JSON.stringify(merged)
  const kept = text.length <= mostKept ? text : JSON.stringify(report.items)
  const { enrollment, account } = on
  await apple.putStatus(ctx, { enrollment, account, size: kept.length, value: deflateRawSync(kept) })
  return merged
}

function capabilitiesIn(row: store.ChannelRow, known: StatusTree): store.ChannelChange {
  const told = capabilitiesOf(known)
  const text = told && canonical(told as unknown as Json)
  return text === null || text === row.capabilities ? {} : { capabilities: text }
}

interface Said {
  outlook: Outlook
  said: readonly DeclarationStatus[]
  full: boolean
  personal: boolean
}

async function noteSaid(ctx: Ctx, on: On, { outlook, said: all, full, personal }: Said): Promise<void> {
  const declared = new Map(outlook.declared?.declarations.map(d => [d.identifier, d]))
  const before = await store.listSaid(ctx, on)
  const said = personal ? ours(all, outlook, before) : all
  const fresh = said.filter(s => !isStale(s, said, declared.get(s.identifier), before))
  const rows = fresh.filter(s => !s.removed).map(s => rowOf(ctx, s))
  const replaced = full ? null : [...new Set(fresh.map(s => s.identifier))]
  await store.replaceSaid(ctx, on, replaced, [...new Map(rows.map(r => [`${r.identifier}\n${r.token}`, r])).values()])
  const there = await appsThere(ctx, on, outlook)
  await reconcile.noteAll(ctx, on, notesOf(outlook, await store.listSaid(ctx, on), { mentioned: said, full, there }))
}

/** Whether a report that came late speaks about a version before the present one, of which the device has spoken already. */
function isStale(
  one: DeclarationStatus,
  said: readonly DeclarationStatus[],
  declared: Declaration | undefined,
  before: readonly store.SaidRow[],
): boolean {
  if (!declared || one.removed || one.token === declared.token) return false
  const now = (row: { identifier: string; token: string | null }): boolean =>
    row.identifier === one.identifier && row.token === declared.token
  return !said.some(now) && before.some(now)
}

function rowOf(ctx: Ctx, { of, identifier, token, active, valid, reasons }: DeclarationStatus): store.SaidRow {
  return {
    identifier,
    token: token ?? '',
    class: of,
    active: active === null ? null : Number(active),
    valid,
    reasons,
    at: ctx.now,
  }
}

function notesOf(
  { items, ways, declared, channel }: Outlook,
  said: readonly store.SaidRow[],
  { mentioned, full, there }: { mentioned: readonly DeclarationStatus[]; full: boolean; there: ReadonlySet<string> },
): reconcile.Note[] {
  const byIdentifier = new Map(declared?.declarations.map(d => [d.identifier, d]))
  const current = channel.items_token === declared?.token
  const holds = (item: string): boolean => mentioned.some(s => !s.removed && s.identifier.startsWith(prefixOf(item)))
  return items.flatMap(({ status }): reconcile.Note[] => {
    const { item, wanted } = status
    // It fetched a manifest without the item, and does not name it any more.
    if (wanted === null) return current && isDeclared(status.via) && !holds(item) ? [{ item, did: 'gone' }] : []
    const one = declared?.items.get(item)
    const way = ways.get(item)
    if (!one || !way || way.by === 'none') return []
    const grade = gradeItem(
      one.identifiers.flatMap(i => byIdentifier.get(i) ?? []),
      said,
    )
    const { version } = one
    switch (grade.is) {
      case 'installed':
      case 'inactive':
        // A device that agrees to an app does not have it yet; it says so elsewhere, and once.
        if (status.kind === appKind && way.by === 'declarations' && !there.has(item)) return []
        return [{ item, did: 'installed', version, via: way.by, handle: handleOf(way.artifact, way.spec.epoch) }]
      case 'failed': {
        const [reason] = grade.reasons
        const facts = { reason: reason?.code ?? null, description: reason?.description?.slice(0, 500) ?? null }
        return [{ item, did: 'failed', version, error: { code: grade.code, facts } }]
      }
      default:
        return full && current && status.state === 'installed' && !holds(item)
          ? [{ item, did: 'drifted', has: null }]
          : []
    }
  })
}
