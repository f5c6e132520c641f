import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { isAddress } from '../../base/mail.ts'
import { fold } from '../../base/text.ts'
import * as identity from '../identity/index.ts'
import * as store from './address-store.ts'
import { custodyEvents } from './events.ts'

/** What is wrong with an address that the fleet depends on. */
export type AddressTrouble = NonNullable<store.AddressRow['trouble']>

/** An address as it was last looked at. */
export interface Noticed {
  address: string
  trouble: AddressTrouble | null
  since: number
  verifiedAt: number | null
  askedAt: number | null
}

/** Whose own address it is now: an active user or admin, one who may not sign in any more, or nobody. */
export interface Bearer {
  id: string
  active: boolean
}

const free =
  /@(?:gmail|googlemail|icloud|me|mac|outlook|hotmail|live|msn|yahoo|ymail|aol|gmx|web|proton|protonmail|pm|mail|zoho|qq|163|126|naver|daum|docomo|ezweb|softbank|i\.softbank|orange|free|laposte|wanadoo|sfr|telia|spray)\.(?:com|net|org|de|fr|se|me|jp|co\.jp|ne\.jp|co\.uk|ch|at|it|es|kr|cn)$/u

/** Words that a person's name is not: what a role or a group is called. */
const roles = new Set(
  'abm account accounts admin admins administration adm apple apps asm board business certs cert certificates client clients console desk deploy device devices dev email endpoint fleet group help helpdesk hostmaster infra infrastructure info it itops ipad iphone lic licenses mac management mdm mobile mobility network noc office operations ops owner platform postmaster push root school security server service services shared soc support sys sysadmin system systems team tech uem vpp webmaster work workplace'.split(
    ' ',
  ),
)

/** Whether the local part reads like a person's name: first and last name, or an initial and a name, and no word of a role in it. */
export function looksPersonal(address: string): boolean {
  const local = fold(address).split('@')[0]?.split('+')[0] ?? ''
  const parts = local.split(/[._-]/).filter(p => p !== '')
  if (parts.some(p => roles.has(p.replaceAll(/\d+$/g, '')))) return false
  return parts.length >= 2 && parts.length <= 3 && parts.every(p => /^\p{L}+\d{0,2}$/u.test(p))
}

/** What is wrong with an address. `was` is whose own it was seen to be before. Pure. */
export function troubleOf(address: string, is: { bearer: Bearer | null; was: string | null }): AddressTrouble | null {
  if (!isAddress(address)) return 'malformed'
  const { bearer, was } = is
  // Somebody left, or has another address now: mail to this one reaches nobody who answers for it.
  if (bearer ? !bearer.active : was !== null) return 'deactivated'
  if (free.test(fold(address))) return 'free'
  return bearer || looksPersonal(address) ? 'personal' : null
}

/** Who bears an address now. */
async function bearerOf(ctx: Ctx, key: string): Promise<Bearer | null> {
  const [user] = await identity.usersKnownAs(ctx, { numbers: [], emails: [key] })
  const admin = await identity.adminKnownAs(ctx, key)
  if (admin && (admin.active || !user)) return admin
  return user ? { id: user.id, active: true } : null
}

/** What was last seen of every address; with one, looks at it anew first. */
export async function noticed(ctx: Ctx, address?: string): Promise<ReadonlyMap<string, Noticed>> {
  if (address !== undefined) await look(ctx, address)
  return new Map((await store.all(ctx)).map(row => [row.address, shown(row)]))
}

function shown(row: store.AddressRow): Noticed {
  const { address, trouble, since, verified_at, asked_at } = row
  return { address, trouble, since, verifiedAt: verified_at, askedAt: asked_at }
}

/** What is known of one address. */
export function lookAt(all: ReadonlyMap<string, Noticed>, address: string): Noticed[] {
  const known = all.get(fold(address))
  return known ? [known] : []
}

/** Looks at an address: whose it is and what is wrong with it. Told when it has become nobody's, and when that is over. */
export async function look(ctx: Ctx, address: string, uses = 1): Promise<void> {
  const key = fold(address)
  const before = await store.find(ctx, key)
  const bearer = await bearerOf(ctx, key)
  const trouble = troubleOf(address, { bearer, was: before?.person ?? null })
  const person = bearer?.id ?? before?.person ?? null
  if (before && before.trouble === trouble && before.person === person) return
  await store.put(ctx, key, { person, trouble, ...(before?.trouble === trouble ? {} : { since: ctx.now }) })
  const about = { kind: 'external-account', id: key, path: '/' }
  if (trouble === 'deactivated' && before?.trouble !== 'deactivated')
    await record(ctx, custodyEvents.troubled, about, { address: key, why: 'deactivated', uses })
  if (before?.trouble === 'deactivated' && trouble !== 'deactivated')
    await record(ctx, custodyEvents.cleared, about, { address: key })
}
