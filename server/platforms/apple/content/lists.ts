import type { z } from 'zod'
import * as apps from '../../../areas/apps/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { assetsPage, assignmentsPage, usersPage } from './answers.ts'
import { changeClient } from './client-store.ts'
import { everyPage } from './line.ts'
import type { Turn } from './turn.ts'

const minuteMs = 60_000
/** How often each list is read when nothing says that it changed. */
export const everyMs = { assets: 15 * minuteMs, assignments: 6 * 60 * minuteMs, people: 6 * 60 * minuteMs }

const pricings = { STDQ: 'standard', PLUS: 'plus' } as const

/** Reads how many of everything there are. Each page is kept as it comes; what no page named counts nothing afterwards. */
export async function readAssets({ line, program, keep }: Turn): Promise<void> {
  const begun = await keep(ctx => Promise.resolve(ctx.now))
  const found: string[] = []
  await everyPage(line, 'getAssets', assetsPage, async page => {
    const counted = page.assets.map(countedOf)
    found.push(...counted.map(c => c.storeId))
    await keep(async ctx => {
      const names = await namesOf(
        ctx,
        counted.map(c => c.storeId),
      )
      await apps.countLicenses(
        ctx,
        program.id,
        counted.map(c => ({ ...c, name: names.get(c.storeId) })),
      )
    })
  })
  await keep(async ctx => {
    await apps.countedAll(ctx, program.id, begun)
    await changeClient(ctx, program.id, { assets_due: ctx.now + everyMs.assets })
  })
  while ((await keep(ctx => apps.meetWishes(ctx, found, 100))) === 100);
}

function countedOf(one: z.output<typeof assetsPage>['assets'][number]): apps.Counted {
  return {
    storeId: one.adamId,
    pricing: pricings[one.pricingParam],
    product: one.productType === 'Book' ? 'book' : 'app',
    toDevices: one.deviceAssignable,
    revocable: one.revocable,
    total: one.totalCount,
    assigned: one.assignedCount,
    available: one.availableCount,
    retired: one.retiredCount,
  }
}

/** What the catalog calls them; the service itself knows numbers only. */
async function namesOf(ctx: Ctx, storeIds: readonly string[]): Promise<Map<string, string>> {
  const found = await apps.appsInStore(ctx, storeIds)
  return new Map(found.flatMap(a => (a.storeId === null ? [] : [[a.storeId, a.name]])))
}

/** Reads who holds what, whole: only the whole list says what is not held any more. */
export async function readAssignments({ line, program, keep }: Turn): Promise<void> {
  const begun = await keep(ctx => Promise.resolve(ctx.now))
  await everyPage(line, 'getAssignments', assignmentsPage, async page => {
    const shown = page.assignments.flatMap((a): apps.Shown[] => {
      const by = a.serialNumber ? 'device' : 'user'
      const holder = a.serialNumber ?? a.clientUserId ?? ''
      return holder === '' ? [] : [{ storeId: a.adamId, pricing: pricings[a.pricingParam], by, holder }]
    })
    for (let from = 0; from < shown.length; from += 200)
      await keep(ctx => considered(ctx, () => apps.syncSeats(ctx, program.id, shown.slice(from, from + 200))))
  })
  while (await keep(ctx => apps.settleUnseen(ctx, program.id, begun)));
  await keep(ctx => changeClient(ctx, program.id, { assignments_due: ctx.now + everyMs.assignments }))
}

/** Reads which people the service knows, and who has joined. */
export async function readPeople({ line, program, keep }: Turn): Promise<void> {
  const states: Readonly<Record<string, apps.HolderWord['state']>> = {
    Registered: 'registered',
    Associated: 'associated',
    Retired: 'retired',
    Deleted: 'retired',
  }
  const template = line.urls['invitationEmail'] ?? ''
  await everyPage(line, 'getUsers', usersPage, async page => {
    const words = page.users.flatMap((u): apps.HolderWord[] => {
      const state = states[u.status]
      if (!state) return []
      const code = state === 'registered' ? (u.inviteCode ?? null) : null
      return [{ client: u.clientUserId, state, invite: code === null ? null : inviteAt(template, code) }]
    })
    await keep(async ctx => {
      const joined = await apps.syncPeople(ctx, program.id, words)
      await apps.seatsAwaiting(ctx, program.id, joined)
    })
  })
  await keep(ctx => changeClient(ctx, program.id, { people_due: ctx.now + everyMs.people }))
}

/** The service gives the address as a form with a gap in it, which is written in two ways. */
function inviteAt(template: string, code: string): string | null {
  if (!template.startsWith('https://')) return null
  return template.replaceAll(/%25inviteCode%25|%inviteCode%/g, encodeURIComponent(code))
}

/** Devices whose seats have come are looked at again in the same transaction, so that none is forgotten. */
export async function considered(ctx: Ctx, work: () => Promise<readonly string[]>): Promise<void> {
  for (const device of await work()) await reconcile.reconsider(ctx, device)
}
