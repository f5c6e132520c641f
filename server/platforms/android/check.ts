import { z } from 'zod'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as roster from '../../areas/roster/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { call } from './client.ts'
import * as devices from './device-store.ts'
import { read, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import { hearDevice } from './hear.ts'
import { endDevice } from './leaving.ts'
import type { EnterpriseRow } from './rows.ts'
import { deviceShape } from './said.ts'
import * as store from './store.ts'
import { tokenOf } from './token.ts'
import { sweepTokens } from './token-ending.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Notices that have not come for so long may not come at all. */
const silentMs = 6 * hourMs
/** How often everything is compared while notices come, and while they do not. */
const calmMs = 24 * hourMs
const restMs = 15 * minuteMs
const atOnce = 100

/** What came of comparing everything with Google, and how far it is. */
export interface Found {
  /** When it began. */
  at: number
  state: 'devices' | 'tokens' | 'done'
  /** Devices that Google has, how many of them are none of ours, and how many of ours it has no more. */
  devices: number
  strays: number
  left: number
  /** Tokens that were still there and should not have been. */
  tokens: number
}

/** Whether Google should have been heard and was not: there is no topic, or nothing came from it. */
export function isSilent(row: Pick<EnterpriseRow, 'topic' | 'pusher' | 'heard_at'>, now: number): boolean {
  return row.topic === '' || row.pusher === '' || row.heard_at === null || row.heard_at < now - silentMs
}

/** Compares everything with Google where somebody asked for it, where it was not done for a day, and often where Google is not heard. */
export async function check(work: Work, enterprise: string): Promise<void> {
  const row = await work.base.read(work.scope, ctx => store.findEnterprise(ctx, work.turn.program))
  const now = work.base.clock.now()
  if (!row) return
  const every = isSilent(row, now) ? restMs : calmMs
  const due = row.listed_at === null || row.listed_at <= now - every || row.listed_at > now
  if (row.check_asked_at === null && !due) return
  const found: Found = { at: now, state: 'devices', devices: 0, strays: 0, left: 0, tokens: 0 }
  await noted(work, found)
  const there = await hearAll(work, row, { enterprise, found })
  await missAll(work, there, found)
  found.state = 'tokens'
  await noted(work, found)
  found.tokens = await sweepTokens(work, enterprise)
  found.state = 'done'
  await step(work, async ctx => {
    // Asked for again meanwhile, it is done once more.
    const after = await store.findEnterprise(ctx, work.turn.program)
    const asked = after?.check_asked_at ?? null
    await store.changeEnterprise(ctx, work.turn.program, {
      listed_at: ctx.now,
      ...(asked === row.check_asked_at ? { check_asked_at: null } : {}),
    })
    await roster.noteProgram(ctx, work.turn.program, { facts: { check: found } })
  })
}

function noted(work: Work, found: Found): Promise<unknown> {
  return step(work, ctx => roster.noteProgram(ctx, work.turn.program, { facts: { check: { ...found } } }))
}

const listed = z.object({ devices: z.array(z.unknown()).default([]), nextPageToken: z.string().default('') })

/** Hears every device that Google has, as if each had just reported; answers their names. */
async function hearAll(
  work: Work,
  row: EnterpriseRow,
  { enterprise, found }: { enterprise: string; found: Found },
): Promise<Set<string>> {
  const there = new Set<string>()
  for (let pageToken = ''; ; ) {
    const query = { pageSize: String(atOnce), ...(pageToken === '' ? {} : { pageToken }) }
    const page = read(listed, await call(work.line, 'GET', `${enterprise}/devices`, { query }))
    for (const data of page.devices) {
      const said = deviceShape.safeParse(data)
      if (!said.success) continue
      there.add(said.data.name)
      found.devices += 1
      const ours = await step(work, async ctx => {
        const own = await isOurs(ctx, said.data)
        if (own) await hearDevice(ctx, row, data)
        return own
      })
      if (!ours) found.strays += 1
    }
    await noted(work, found)
    pageToken = page.nextPageToken
    if (pageToken === '') return there
  }
}

/** One that is enrolled here, or by a token of ours that still holds. Others are counted and left alone. */
async function isOurs(ctx: Ctx, said: z.output<typeof deviceShape>): Promise<boolean> {
  for (const name of [said.name, ...said.previousDeviceNames]) if (await devices.findDevice(ctx, { name })) return true
  const token = await tokenOf(ctx, { name: said.enrollmentTokenName, data: said.enrollmentTokenData })
  return token !== null && (await enrollment.refusalOf(ctx, token.invitation)) === null
}

/** Ends what Google has no more. A device that enrolled while the list was read is asked for by itself. */
async function missAll(work: Work, there: ReadonlySet<string>, found: Found): Promise<void> {
  for (let after = ''; ; ) {
    const page = await work.base.read(work.scope, ctx => devices.devicesIn(ctx, work.turn.program, after, atOnce))
    for (const { name, enrollment: id } of page)
      if (!there.has(name) && (await isGone(work, name))) {
        found.left += 1
        await step(work, ctx => endDevice(ctx, id, 'left'))
      }
    const last = page.at(-1)
    if (!last || page.length < atOnce) return
    after = last.enrollment
  }
}

async function isGone(work: Work, name: string): Promise<boolean> {
  try {
    await call(work.line, 'GET', name)
    return false
  } catch (error) {
    if (isAboutThis(error) && error.status === 404) return true
    throw error
  }
}
