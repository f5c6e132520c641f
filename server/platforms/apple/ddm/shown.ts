import { z } from 'zod'
import { classOf, type Declaration, declarationClasses } from '@muster/wire/apple/declaration.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import type * as devices from '../../../areas/devices/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { Problem } from '../../../base/problem.ts'
import { veiled } from '../deliver/item.ts'
import type { EnrollmentKind } from '../pinned.ts'
import { lintDevice } from '../policies/lint.ts'
import { declarationEvents } from './events.ts'
import { gradeOf } from './grade.ts'
import { type On, type Outlook, outlookOf } from './outlook.ts'
import { explainReason, isFailure } from './reasons.ts'
import * as store from './store.ts'
import { tell } from './tell.ts'

const text = z.string().nullable()
const at = z.number().nullable()
const reason = z.object({ code: z.string(), explained: text, description: text, details: z.json() })

/** A declaration as people are shown it: what it says, and what the device says about it. */
const declaration = z.object({
  identifier: z.string(),
  class: z.enum(declarationClasses),
  type: z.string(),
  token: z.string(),
  payload: z.json(),
  item: text,
  grade: z.enum(['pending', 'installed', 'inactive', 'failed']),
  said: z.array(
    z.object({
      token: text,
      active: z.boolean().nullable(),
      valid: z.string(),
      reasons: z.array(reason),
      at: z.number(),
    }),
  ),
})

/** What is declared on each channel of a device, and what was said about it. */
export const declarationsShape = z.object({
  channels: z.array(
    z.object({
      account: z.object({ id: z.string(), name: text }).nullable(),
      /** Whether its system takes declarations. */
      able: z.boolean(),
      token: text,
      changedAt: at,
      givenToken: text,
      givenAt: at,
      fetchedAt: at,
      statusAt: at,
      fullStatusAt: at,
      enabledAt: at,
      stalledAt: at,
      epoch: z.number(),
      capabilities: z.json(),
      declarations: z.array(declaration),
      /** What the device names and we do not declare (any more). */
      others: z.array(z.object({ identifier: z.string(), token: text, valid: z.string(), at: z.number() })),
      /** What could not be declared: items that refer to what is not there. */
      dangling: z.array(z.object({ item: z.string(), reference: z.string() })),
      /** What is wrong with everything on the channel taken together. */
      findings: z.array(
        z.object({
          item: z.string(),
          severity: z.enum(['error', 'warning', 'note']),
          code: z.string(),
          path: z.string(),
          facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
        }),
      ),
    }),
  ),
})

type Shown = z.input<typeof declarationsShape>['channels'][number]

/** What is declared on every channel of the device, with tokens, grades and reasons. Secrets are not in it. */
export async function shown(ctx: Ctx, device: devices.Device): Promise<z.input<typeof declarationsShape>> {
  const held = await enrollment.byDevice(ctx, device.id)
  if (!held || held.platform !== 'apple') return { channels: [] }
  const accounts = (await enrollment.accountsOf(ctx, held.id)).filter(a => a.state === 'active')
  const channels: Shown[] = []
  for (const account of [null, ...accounts]) {
    const on = { enrollment: held.id, account: account?.id ?? '', device: device.id, kind: held.kind as EnrollmentKind }
    channels.push(
      await channelShown(ctx, on, account && { id: account.id, name: account.longName ?? account.shortName }),
    )
  }
  return { channels }
}

async function channelShown(ctx: Ctx, on: On, account: Shown['account']): Promise<Shown> {
  const outlook = await outlookOf(ctx, on)
  const { channel, declared } = outlook
  const said = await store.listSaid(ctx, on)
  const known = new Set(declared?.declarations.map(d => d.identifier))
  return {
    account,
    able: declared !== null,
    token: declared?.token ?? null,
    changedAt: channel.token === declared?.token ? channel.changed_at : null,
    givenToken: channel.given || null,
    givenAt: channel.given_at,
    fetchedAt: channel.items_at,
    statusAt: channel.status_at,
    fullStatusAt: channel.full_at,
    enabledAt: channel.enabled_at,
    stalledAt: channel.stalled_at,
    epoch: channel.epoch,
    capabilities: channel.capabilities === null ? null : JSON.parse(channel.capabilities),
    declarations: (declared?.declarations ?? []).map(d => declarationShown(outlook, d, said)),
    others: said
      .filter(s => !known.has(s.identifier))
      .map(({ identifier, token, valid, at: when }) => ({ identifier, token: token || null, valid, at: when })),
    dangling: [...(declared?.dangling ?? [])].map(([item, reference]) => ({ item, reference })),
    findings: lintDevice(
      [...outlook.ways.values()].flatMap(w => (w.by === 'none' ? [] : [w.artifact])),
      outlook.target,
    ),
  }
}

function declarationShown(
  { declared }: Outlook,
  one: Declaration,
  said: readonly store.SaidRow[],
): Shown['declarations'][number] {
  const { identifier, type, token, payload } = one
  const rows = said.filter(s => s.identifier === identifier)
  return {
    identifier,
    class: classOf(type) ?? 'configuration',
    type,
    token,
    payload: veiled(payload),
    item: [...(declared?.items ?? [])].find(([, of]) => of.identifiers.includes(identifier))?.[0] ?? null,
    grade: gradeOf(one, said).is,
    said: rows.map(row => ({
      token: row.token || null,
      active: row.active === null ? null : row.active === 1,
      valid: row.valid,
      reasons: row.reasons.map(r => ({
        code: r.code,
        explained: isFailure(r.code) ? explainReason(r.code) : null,
        description: r.description,
        details: r.details,
      })),
      at: row.at,
    })),
  }
}

/** Makes every channel of the device read all its declarations again: each of them gets a new token. */
export async function force(ctx: Ctx, device: devices.Device): Promise<void> {
  const held = await enrollment.byDevice(ctx, device.id)
  if (held?.platform !== 'apple' || held.state !== 'active') throw new Problem('command.not-enrolled')
  const accounts = (await enrollment.accountsOf(ctx, held.id)).filter(a => a.state === 'active')
  let epoch = 0
  for (const account of ['', ...accounts.map(a => a.id)]) {
    const on = { enrollment: held.id, account, device: device.id, kind: held.kind as EnrollmentKind }
    const row = await store.channelOf(ctx, on, device.id)
    // A refusal of before is worth another try, too.
    await store.changeChannel(ctx, on, { epoch: row.epoch + 1, refused_os: null })
    if (!(await outlookOf(ctx, on)).declared) continue
    epoch = row.epoch + 1
    await tell(ctx, on)
  }
  if (epoch === 0) throw new Problem('declarations.none')
  await record(ctx, declarationEvents.forced, { kind: 'device', id: device.id, path: device.unitPath }, { epoch })
}
