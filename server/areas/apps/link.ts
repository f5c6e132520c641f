import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { as, type Ctx } from '../../base/ctx.ts'
import { everything } from '../../base/authority.ts'
import { isId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './link-store.ts'

/** What an address of a file is good for: one device, one release, one purpose, until then. */
export interface Link {
  /** `manifest` says what the file is and where; `file` is the file itself. */
  what: 'manifest' | 'file'
  device: string
  release: string
  /** 0: for as long as the device should have it. */
  expiresAt: number
}

const place = { table: 'app_keys', column: 'sealed', row: 'key' }

/** Makes the key by which addresses are signed, where there is none yet. */
export async function ensureKey(ctx: Ctx): Promise<void> {
  if (await store.findKey(ctx)) return
  await store.putKey(ctx, await ctx.secrets.seal(ctx, place, randomBytes(32)))
}

async function keyOf(ctx: Ctx): Promise<Uint8Array> {
  const sealed = await store.findKey(ctx)
  if (!sealed) throw new Problem('app.link-unknown')
  return ctx.secrets.open(ctx, place, sealed)
}

/** The address at which this device, and nobody else who was not given it, fetches this. The same Link is the same address. */
export async function addressOf(ctx: Ctx, link: Link): Promise<string> {
  const said = textOf(ctx.org, link)
  return `${ctx.config.url}/files/apps/${said}.${macOf(await keyOf(ctx), said)}`
}

/** Whether there is a key, so that addresses can be made. */
export async function canSign(ctx: Ctx): Promise<boolean> {
  return (await store.findKey(ctx)) !== undefined
}

/** What an address names, and the transaction in its org. Refuses what was not signed here, was altered or has expired. */
export async function openLink(anyone: Ctx, signed: string): Promise<{ ctx: Ctx; link: Link }> {
  const [what = '', org = '', device = '', release = '', until = '', mac = '', more] = signed.split('.')
  const formed = (what === 'manifest' || what === 'file') && isId('org', org) && isId('device', device)
  if (!formed || !isId('release', release) || !/^\d{1,15}$/.test(until) || more !== undefined)
    throw new Problem('app.link-unknown')
  const system = { kind: 'system', id: null, what: 'apps' } as const
  const ctx = as(anyone, { org, actor: system, authority: everything })
  const link: Link = { what, device, release, expiresAt: Number(until) }
  const right = Buffer.from(macOf(await keyOf(ctx), textOf(org, link)))
  const said = Buffer.from(mac)
  if (said.length !== right.length || !timingSafeEqual(said, right)) throw new Problem('app.link-unknown')
  if (link.expiresAt !== 0 && link.expiresAt < ctx.now) throw new Problem('app.link-unknown')
  return { ctx, link }
}

function textOf(org: string, { what, device, release, expiresAt }: Link): string {
  return [what, org, device, release, expiresAt].join('.')
}

function macOf(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}
