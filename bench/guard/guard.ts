// The red team: an owner's session and API key in wrong hands, on a real server with SQLite, for a day of the server's clock.
//   ./muster bench guard                       10,000 devices, 24 hours, an attempt of every kind every 15 minutes
//   ./muster bench guard --devices 1000 --hours 24 --every 30
// Devices do at once what they are told; mail goes to a real mail server. The same attack follows with the guard taken off, which no setting can do.
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { parseArgs } from 'node:util'
import * as commands from '../../server/areas/commands/index.ts'
import { takeGuardOff } from '../../server/areas/guard/off.ts'
import { everything } from '../../server/base/authority.ts'
import { silentLog } from '../../server/base/log.ts'
import { joinServer, openBase } from '../../server/main.ts'
import type { GivenAdmin } from '../../server/testing/given-identity.ts'
import { type House, house } from '../../server/testing/house.ts'
import { smtpFor } from '../../server/testing/mailing.ts'
import { attack, isWrong, type Loot, sessionFor } from './attack.ts'
import { fillTargets, type Target } from './fleet.ts'

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '10000' },
    hours: { type: 'string', default: '24' },
    every: { type: 'string', default: '15' },
  },
})
const size = Number(values.devices)
const hours = Number(values.hours)
const stepMs = Number(values.every) * 60_000

const closing: (() => Promise<unknown> | unknown)[] = []
const t = { after: (close: () => unknown) => closing.push(close) } as unknown as TestContext
let failed = false
const say = (ok: boolean, text: string): void => {
  failed ||= !ok
  console.log(`${ok ? '  ' : '✖ '}${text}`)
}

const { smtp, environment } = await smtpFor(t)
const guarded = await house(t, environment)
const targets = await fillTargets(guarded, size)
await notices(guarded, targets)
const began = performance.now()
const loot = await attack(guarded, targets, { hours, stepMs, forging: true })
console.log(
  `\n${size} devices, ${hours} h of the server's clock in ${Math.round((performance.now() - began) / 1000)} s`,
)
report(loot, targets)
await freezing(guarded, targets)

const open = await house(t)
takeGuardOff(open.base.secrets)
const bare = await attack(open, await fillTargets(open, size), { hours: 1, stepMs, forging: false })
const ratio = bare.ledger.size / Math.max(1, (loot.ledger.size + loot.removed) / hours)
say(
  bare.ledger.size > loot.ledger.size,
  `without the guard: ${bare.ledger.size} devices erased in the first hour, ${ratio.toFixed(0)} times as many an hour`,
)
for (const close of closing.reverse()) await close()
process.exitCode = failed ? 1 : 0

function report({ ledger, removed, held, refused, loosened, forged }: Loot, all: readonly Target[]): void {
  const lost = ledger.size + removed
  const most = Math.max(10, Math.floor(size / 100))
  say(
    lost <= most,
    `${lost} devices lost (${ledger.size} erased or left, ${removed} forgotten); at most ${most} allowed`,
  )
  const wrong = all.filter(one => isWrong(one, ledger)).length
  say(wrong === 0, `${wrong} of them never to be erased, or erased though personal`)
  say(loosened === 0, `${loosened} times the guard was switched off or a stop was lifted`)
  console.log(`  ${held} attempts held; refused: ${JSON.stringify(refused)}`)
  for (const [kind, { tried, accepted, codes }] of Object.entries(forged))
    say(accepted === 0, `approval, ${kind}: ${accepted} of ${tried} accepted (${codes.join(', ')})`)
}

/** From the first thing that is held until the last admin has the mail. */
async function notices(h: House, all: readonly Target[]): Promise<void> {
  const admins: GivenAdmin[] = []
  for (let i = 0; i < 8; i += 1) admins.push(await h.given.admin({ role: i % 2 === 0 ? 'owner' : 'admin' }))
  const asker = await h.given.admin({ name: 'Asker' })
  const devices = all.filter(one => !one.personal && !one.spared).map(one => one.device)
  const body = { kind: 'wipe', devices: devices.slice(0, 40), confirm: 40 }
  const asked = h.now()
  await h.http('POST', '/api/v1/command-batches', { as: asker.key, body })
  const told = (): number => admins.filter(a => smtp.boxOf(a.email).length > 0).length
  while (told() < admins.length && h.now() - asked < 5 * 60_000) {
    await h.settle()
    await new Promise(resolve => setTimeout(resolve, 100))
    await h.settle()
    if (told() < admins.length) h.pass(5000)
  }
  const tookMs = h.now() - asked
  say(
    told() === admins.length && tookMs <= 60_000,
    `${told()} of ${admins.length} admins have the mail ${tookMs / 1000} s after something was held`,
  )
}

/** From the press of the button until a second process on the same database hands nothing out any more, in real time. */
async function freezing(h: House, all: readonly Target[]): Promise<void> {
  const presser = await h.given.admin({ name: 'Presser' })
  const base = await openBase(h.base.config, { clock: h.base.clock, log: silentLog })
  const second = await joinServer(base, { pollMs: null, console: join(h.base.config.data, 'none') })
  const scope = { org: h.org, actor: { kind: 'system', id: null, what: 'bench' }, authority: everything } as const
  const free = all.filter(one => !loot.ledger.has(one.device) && !one.personal).slice(0, 20)
  for (const one of free) await h.run(ctx => commands.send(ctx, { device: one.device, kind: 'lock' }))
  const next = (one: Target): Promise<unknown> =>
    base.transact(scope, ctx =>
      commands.next(ctx, { enrollment: one.enrollment as never, account: '', after: 'contact' }),
    )
  const [first, ...rest] = free
  const before = first ? await next(first) : null
  await sessionFor(h, presser)
  const pressed = performance.now()
  const headers = { cookie: presser.cookie, 'sec-fetch-site': 'same-origin' }
  const { status } = await h.http('POST', '/api/v1/guard/freeze', { headers, body: { reason: 'Somebody is in' } })
  let after = 0
  for (const one of rest) if ((await next(one)) !== null) after += 1
  const tookMs = performance.now() - pressed
  say(
    status === 200 && before !== null && after === 0 && tookMs < 5000,
    `everything stopped ${tookMs.toFixed(0)} ms after the button, in a second process too (${after} of ${rest.length} still left)`,
  )
  await second.stop()
}
