import * as reconcile from '../../areas/reconcile/index.ts'
import { canonical } from '../../base/canonical.ts'
import type { Ctx } from '../../base/ctx.ts'
import { call } from './client.ts'
import { contentFor } from './content.ts'
import * as devices from './device-store.ts'
import { hashOf, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import { gradeReport } from './grade.ts'
import { ensurePolicy, replacePolicy } from './policy.ts'
import type { DeviceRow, PolicyRow } from './rows.ts'

const atOnce = 50
const minuteMs = 60_000

/** Brings devices in step: first what each should be is computed, so that those that change alike change together; then Google is told. */
export async function carryAll(work: Work, enterprise: string): Promise<void> {
  const { program } = work.turn
  for (let more = true; more; )
    more = await step(work, async ctx => {
      const due = await devices.dueDevices(ctx, program, atOnce)
      for (const row of due) await computed(ctx, row)
      return due.length === atOnce
    })
  for (let after = ''; ; ) {
    const page = await work.base.read(work.scope, ctx => devices.misplaced(ctx, program, after, atOnce))
    for (const row of page) await moved(work, enterprise, row)
    const last = page.at(-1)
    if (!last || page.length < atOnce) return
    after = last.enrollment
  }
}

/** Notes what a device should be; one that is that already is told so at once. */
async function computed(ctx: Ctx, row: DeviceRow): Promise<void> {
  const desired = await reconcile.desiredOf(ctx, row.device)
  // One that has just enrolled stays where newcomers are until it is known what it should be.
  if (desired?.enrollment !== row.enrollment)
    return devices.settleDevice(ctx, row.enrollment, row.due_at, ctx.now + minuteMs / 2)
  const made = await contentFor(ctx, row)
  const content = canonical(made.policy)
  const wanted = hashOf(made.policy)
  await devices.keepContent(ctx, wanted, content)
  await devices.changeDevice(ctx, row.enrollment, { wanted })
  if (wanted === row.hash) await handed(ctx, { ...row, wanted })
  await devices.settleDevice(ctx, row.enrollment, row.due_at, null)
}

/** Everything that was to be handed over is in the policy the device is on; what it said of that policy before counts. */
async function handed(ctx: Ctx, row: DeviceRow): Promise<void> {
  const steps = await reconcile.planOf(ctx, row.enrollment)
  await reconcile.noteAll(
    ctx,
    { enrollment: row.enrollment, account: '' },
    steps.map(s => ({ item: s.item, did: 'sent', version: s.version, via: 'policy' })),
  )
  await gradeReport(ctx, row)
}

/** Puts a device on the policy it should be on. */
async function moved(work: Work, enterprise: string, row: DeviceRow): Promise<void> {
  const { program } = work.turn
  const now = await work.base.read(work.scope, ctx => devices.findDevice(ctx, { enrollment: row.enrollment }))
  // It may have been changed together with another.
  if (!now || now.wanted === now.hash) return
  try {
    const changed = await inPlace(work, enterprise, now)
    if (changed) return await step(work, ctx => settleAll(ctx, program, changed))
    const policy = await ensurePolicy(work, enterprise, now.wanted)
    await call(work.line, 'PATCH', now.name, {
      query: { updateMask: 'policyName' },
      body: { policyName: `${enterprise}/policies/${policy.id}` },
    })
    await step(work, ctx => settled(ctx, now.enrollment, policy))
  } catch (error) {
    if (!isAboutThis(error)) throw error
    await step(work, ctx => refused(ctx, now, error.text))
  }
}

/** Where all devices on a policy should be the same other thing, the policy itself is changed: one request for all of them. */
async function inPlace(work: Work, enterprise: string, row: DeviceRow): Promise<PolicyRow | null> {
  if (row.policy === '') return null
  const before = await work.base.read(work.scope, async ctx => {
    if (await devices.findPolicy(ctx, row.program, { hash: row.wanted })) return undefined
    if (!(await devices.allWant(ctx, row.program, row.policy, row.wanted))) return undefined
    return devices.findPolicy(ctx, row.program, { id: row.policy })
  })
  return before ? replacePolicy(work, enterprise, before, row.wanted) : null
}

async function settleAll(ctx: Ctx, program: string, policy: PolicyRow): Promise<void> {
  for (const one of await devices.devicesOn(ctx, program, policy.id)) await settled(ctx, one.enrollment, policy)
}

async function settled(ctx: Ctx, enrollment: string, policy: PolicyRow): Promise<void> {
  const row = await devices.findDevice(ctx, { enrollment })
  if (!row) return
  const on = { policy: policy.id, hash: policy.hash, version: policy.version }
  await devices.changeDevice(ctx, enrollment, on)
  if (row.wanted === policy.hash) await handed(ctx, { ...row, ...on })
}

/** Google does not take it: every thing on its way has failed with what it said, and is tried again by the usual rhythm. */
async function refused(ctx: Ctx, row: DeviceRow, text: string): Promise<void> {
  const steps = await reconcile.planOf(ctx, row.enrollment)
  const error = { code: 'androidManagement.refused', facts: { text } }
  await reconcile.noteAll(
    ctx,
    { enrollment: row.enrollment, account: '' },
    steps.map(s => ({ item: s.item, did: 'failed', version: s.version, error })),
  )
  // Until something else is wanted there is nothing to say.
  await devices.changeDevice(ctx, row.enrollment, { wanted: row.hash, due_at: ctx.now + 15 * minuteMs })
}
