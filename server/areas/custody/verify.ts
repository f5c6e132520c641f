import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { digest, newSecret } from '../../base/id.ts'
import { isAddress, mailReady, sendMail } from '../../base/mail.ts'
import { demandWhole } from '../../base/authority.ts'
import { Problem } from '../../base/problem.ts'
import { languageOf } from '../../base/say.ts'
import { fold } from '../../base/text.ts'
import * as identity from '../identity/index.ts'
import { accounts } from './account.ts'
import { look } from './address.ts'
import * as store from './address-store.ts'
import { custodyEvents } from './events.ts'
import { keepings } from './keeping.ts'
import { say } from './texts.ts'

const day = 86_400_000
const yearMs = 365 * day
/** How long an answer is waited for before it is told, and asked again. */
const monthMs = 30 * day

/** Looks at every address that custody depends on: whose it is, whether it must be asked again, whether it has answered. */
export async function watchAddresses(ctx: Ctx): Promise<void> {
  const used = await usedAddresses(ctx)
  for (const [key, { address, uses }] of used) {
    await look(ctx, address, uses)
    const row = await store.find(ctx, key)
    if (!row) {
      await store.put(ctx, key, {})
      await askAgain(ctx, address, await store.find(ctx, key), uses)
    } else await askAgain(ctx, address, row, uses)
  }
  for (const row of await store.all(ctx)) if (!used.has(row.address)) await forget(ctx, row)
}

async function forget(ctx: Ctx, row: store.AddressRow): Promise<void> {
  if (row.trouble === 'deactivated' || row.told_at !== null)
    await record(ctx, custodyEvents.cleared, about(row.address), { address: row.address })
  await store.remove(ctx, row.address)
}

async function usedAddresses(ctx: Ctx): Promise<Map<string, { address: string; uses: number }>> {
  const used = new Map<string, { address: string; uses: number }>()
  const add = (address: string | null): void => {
    if (address === null || address === '') return
    const known = used.get(fold(address))
    used.set(fold(address), { address, uses: (known?.uses ?? 0) + 1 })
  }
  for (const one of await keepings(ctx)) for (const address of [one.account, one.contact]) add(address)
  for (const one of await accounts(ctx))
    if (one.id !== null) for (const address of [one.address, one.contact]) add(address)
  return used
}

async function askAgain(ctx: Ctx, address: string, row: store.AddressRow | undefined, uses: number): Promise<void> {
  if (!row || !isAddress(address) || !mailReady(ctx.config)) return
  const good = row.verified_at !== null && ctx.now - row.verified_at < yearMs
  if (good) return
  const asked = row.asked_at
  if (asked !== null && ctx.now - asked < monthMs) return
  // Asked a month ago, and nobody said anything: somebody must hear of it, once.
  if (asked !== null && row.told_at === null) {
    await store.put(ctx, row.address, { told_at: ctx.now })
    await record(ctx, custodyEvents.troubled, about(row.address), { address: row.address, why: 'unanswered', uses })
  }
  await ask(ctx, address)
}

const about = (address: string) => ({ kind: 'external-account', id: address, path: '/' })

/** Writes the mail that asks whether an address is read; its link is good for 30 days, and ends the one before. */
export async function ask(ctx: Ctx, address: string): Promise<void> {
  const key = fold(address)
  const secret = newSecret()
  const org = await identity.ownOrg(ctx)
  const language = languageOf(org.language)
  const values = { org: org.name, address }
  const sent = await sendMail(ctx, {
    to: address,
    language,
    subject: say(language, 'verify.subject', values),
    text: [
      say(language, 'verify.text', values),
      `${ctx.config.url}/custody/confirm/${secret}`,
      say(language, 'verify.none', values),
    ].join('\n\n'),
    about: { kind: 'external-account', id: key },
  })
  if (sent === null) return
  await store.put(ctx, key, { asked_at: ctx.now, secret_hash: digest(secret), asked_until: ctx.now + monthMs })
  await record(ctx, custodyEvents.asked, about(key), { address: key })
}

/** Asks now whether an address that custody depends on is read. */
export async function askNow(ctx: Ctx, address: string): Promise<void> {
  demandWhole(ctx.authority, 'custody:write')
  if (!mailReady(ctx.config)) throw new Problem('mail.not-set-up')
  const used = (await usedAddresses(ctx)).get(fold(address))
  if (!used) throw new Problem('id.unknown')
  if (!isAddress(used.address)) throw new Problem('account.address-malformed', { address })
  await look(ctx, used.address, used.uses)
  await ask(ctx, used.address)
}

/** Whoever has the link confirms that the address is read. Answers whether the link was good; it is so once. */
export async function confirm(ctx: Ctx, secret: string): Promise<boolean> {
  const asked = await store.bySecret(ctx, digest(secret))
  if (!asked || asked.org !== ctx.org || asked.until <= ctx.now) return false
  const row = await store.find(ctx, asked.address)
  const cleared = row !== undefined && row.told_at !== null && row.trouble !== 'deactivated'
  await store.put(ctx, asked.address, { verified_at: ctx.now, secret_hash: null, asked_until: null, told_at: null })
  await record(ctx, custodyEvents.verified, about(asked.address), { address: asked.address })
  if (cleared) await record(ctx, custodyEvents.cleared, about(asked.address), { address: asked.address })
  return true
}
