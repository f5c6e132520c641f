import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { isAddress, sendMail } from '../../base/mail.ts'
import { languageOf } from '../../base/say.ts'
import * as identity from '../identity/index.ts'
import { custodyEvents } from './events.ts'
import { aboutKeeping, type Keeping, keepings } from './keeping.ts'
import * as store from './keeping-store.ts'
import { kindText, say } from './texts.ts'

const day = 86_400_000
/** Days before the end at which it is announced, once each. */
export const steps = [60, 30, 14, 7, 3, 1] as const

/** Who is told at a step: whoever owns it, then the admins who may see it, on the last day everyone. */
export function levelAt(days: number, owned: boolean): 'owner' | 'admins' | 'everyone' {
  if (days <= 1) return 'everyone'
  return days <= 3 || !owned ? 'admins' : 'owner'
}

/** Announces what ends, each step once; what was due while nobody looked is told as the nearest one. Tells also of what was renewed or is gone. */
export async function announceEnds(ctx: Ctx): Promise<void> {
  const said = await store.all(ctx)
  const found = await keepings(ctx)
  const able = await owners(ctx)
  for (const one of found) await announceOne(ctx, one, { row: said.get(one.ref), able })
  const here = new Set(found.map(one => one.ref))
  for (const [ref, row] of said) {
    if (here.has(ref)) continue
    if (row.announced_days !== null) await record(ctx, custodyEvents.gone, aboutKeeping(ref), { ref })
    await store.remove(ctx, ref)
  }
}

async function owners(ctx: Ctx): Promise<ReadonlySet<string>> {
  return new Set((await identity.activeAdmins(ctx)).map(a => a.id))
}

async function announceOne(
  ctx: Ctx,
  one: Keeping,
  { row, able }: { row: store.KeepingRow | undefined; able: ReadonlySet<string> },
): Promise<void> {
  const { ref, kind, name, endsAt } = one
  if (endsAt === null) return
  const said = { ref, kind, name, endsAt }
  const before = row?.announced_days ?? null
  const left = (endsAt - ctx.now) / day
  const reached = steps.filter(days => left <= days).at(-1)
  // What ended later before ends at another time now: it was renewed, and is announced anew.
  const other = row !== undefined && row.announced_for !== null && row.announced_for !== endsAt
  if (other && before !== null) {
    await store.put(ctx, ref, { announced_days: null, announced_for: null })
    await record(ctx, custodyEvents.renewed, aboutKeeping(ref), said)
  }
  if (reached === undefined || (!other && before !== null && before <= reached)) return
  const owner = one.owner !== null && able.has(one.owner.id) ? one.owner.id : null
  const level = levelAt(reached, owner !== null)
  await store.put(ctx, ref, { announced_days: reached, announced_for: endsAt })
  await record(ctx, custodyEvents.ending, aboutKeeping(ref), { ...said, days: reached, level, owner })
  await writeContact(ctx, one, reached)
}

/** The address that is reached when the owner is away hears of every step too. */
async function writeContact(ctx: Ctx, one: Keeping, days: number): Promise<void> {
  const { contact, endsAt, account } = one
  if (contact === null || !isAddress(contact) || endsAt === null) return
  const org = await identity.ownOrg(ctx)
  const language = languageOf(org.language)
  const what = kindText(language, one)
  const values = { org: org.name, what, days, at: new Date(endsAt), account: account ?? '' }
  await sendMail(ctx, {
    to: contact,
    language,
    subject: say(language, 'ending.subject', values),
    text: [
      say(language, 'ending.text', values),
      say(language, account === null ? 'ending.noAccount' : 'ending.account', values),
      `${ctx.config.url}${one.renewAt ?? '/settings/certificates'}`,
    ].join('\n\n'),
    about: { kind: 'keeping', id: one.ref },
  })
}
