import { randomUUID } from 'node:crypto'
import * as devices from '../../../areas/devices/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as push from '../../../areas/push/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { enqueue, type JobKind, jobName } from '../../../base/jobs.ts'
import { type Answered, ask } from '../../../base/outside.ts'
import { Problem, Unavailable } from '../../../base/problem.ts'
import { demandConfirmed } from '../commands/wipe.ts'
import { bypassKind } from './activation-lock.ts'
import * as store from './store.ts'

const unlockName = jobName<{ device: string }>('activation-lock.unlock')
const mostTries = 8

/** Asks Apple to lift the Activation Lock of a device by its bypass code. Takes the name of the device and a fresh proof of who asks; Apple is asked by a job. */
export async function askUnlock(
  ctx: Ctx,
  id: string,
  { confirm, reason }: { confirm: string; reason: string | null },
): Promise<store.UnlockRow> {
  const device = await devices.demanded(ctx, id, 'devices:secrets')
  await identity.demandStepUp(ctx)
  demandConfirmed({ device }, confirm)
  if (device.ownership === 'personal') throw new Problem('command.personal-device')
  if (!(await escrow.current(ctx, device.id, bypassKind))) throw new Problem('secret.none', { name: bypassKind })
  if ((await push.identityNow(ctx)) === null) throw new Problem('escrow.no-certificate')
  const by_id = ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id
  const row = { device: device.id, state: 'asked', answer: null, tries: 0, by_id, reason } as const
  await store.putUnlock(ctx, row)
  await record(ctx, escrow.escrowEvents.unlocked, devices.about(device), { state: 'asked', answer: null, reason })
  await enqueue(ctx, unlockName, { device: device.id }, { dedupe: device.id })
  return { ...row, org: ctx.org, at: ctx.now }
}

/** Asks Apple, and keeps what it said. */
export const unlockJob: JobKind<{ device: string }> = {
  name: unlockName,
  attempts: mostTries,
  maxWaitMs: 3_600_000,
  run: async (base, { scope, payload: { device: id }, attempt, signal }) => {
    const asked = await base.read(scope, async ctx => {
      const device = await devices.find(ctx, id)
      const code = await escrow.current(ctx, id, bypassKind)
      const client = await push.identityNow(ctx)
      const { name } = await identity.ownOrg(ctx)
      return device && code && client ? { device, code: code.value, client, name } : null
    })
    if (!asked) return undefined
    const { device, code, client, name } = asked
    const of = { serial: device.serial ?? '', productType: device.model ?? '', imei: device.imei ?? '' }
    const query = new URLSearchParams(Object.entries(of).filter(([, value]) => value !== ''))
    const form = new URLSearchParams({ orgName: name, guid: randomUUID(), escrowKey: code })
    let answer: Answered
    try {
      answer = await ask(base.config, 'Activation Lock', {
        url: `${base.config.unlockUrl}?${query}`,
        method: 'POST',
        client,
        signal,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      })
      if (answer.status === 429 || answer.status >= 500)
        throw new Unavailable('Activation Lock', new Error(`status ${answer.status}`))
    } catch (error) {
      if (!(error instanceof Unavailable) || attempt < mostTries) throw error
      await base.transact(scope, ctx => settle(ctx, device, 'silent', null))
      return undefined
    }
    const lifted = answer.status === 200
    const words = lifted ? null : `${answer.status} ${answer.text().slice(0, 200)}`
    await base.transact(scope, ctx => settle(ctx, device, lifted ? 'lifted' : 'refused', words))
    return undefined
  },
}

async function settle(
  ctx: Ctx,
  device: devices.Device,
  state: store.UnlockRow['state'],
  answer: string | null,
): Promise<void> {
  const before = await store.findUnlock(ctx, device.id)
  const { by_id = '', reason = null } = before ?? {}
  await store.putUnlock(ctx, { device: device.id, state, answer, tries: (before?.tries ?? 0) + 1, by_id, reason })
  await record(ctx, escrow.escrowEvents.unlocked, devices.about(device), { state, answer, reason })
}
