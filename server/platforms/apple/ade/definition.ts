import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import * as roster from '../../../areas/roster/index.ts'
import { canonical } from '../../../base/canonical.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import type { Base } from '../../../base/transact.ts'
import { anchorsOf, ownAuthority } from '../profile.ts'
import { call, jsonOf, type Line, unreadable } from './client.ts'
import * as store from './store.ts'

/** A setup in the vendor's words. (Apple: Profile) */
export interface SaidSetup {
  setup: roster.Setup
  body: Record<string, unknown>
  /** Hash of the words: a profile is never changed at the vendor's, only defined anew. */
  content: string
}

/** A setup whose words were refused is not said again until they change, or for so long. */
const againMs = 24 * 3_600_000

/** Where devices of a setup come to. */
export function setupUrl(config: { url: string }, secret: string): string {
  return `${config.url}/enroll/apple/auto/${secret}`
}

/** The setup in the vendor's words. `anchors` are certificates, DER, that devices must trust to reach us. */
export function wordsOf(
  setup: roster.Setup,
  said: { url: string; org: string; anchors: readonly Uint8Array[] },
): Record<string, unknown> {
  const { phone, email, department } = setup.support
  const optional = (name: string, value: string | null): Record<string, string> =>
    value === null || value === '' ? {} : { [name]: value }
  return {
    profile_name: setup.name.slice(0, 125),
    url: said.url,
    ...(setup.signIn === 'web' ? { configuration_web_url: `${said.url}/web` } : {}),
    allow_pairing: setup.pairing,
    is_supervised: setup.supervised,
    is_multi_user: setup.sharedDevice,
    is_mandatory: setup.mandatory,
    await_device_configured: setup.awaits,
    is_mdm_removable: setup.removable,
    auto_advance_setup: setup.autoAdvance,
    is_return_to_service: setup.returnToService,
    do_not_use_profile_from_backup: setup.freshFromBackup,
    org_magic: said.org,
    skip_setup_items: setup.skip,
    anchor_certs: said.anchors.map(der => Buffer.from(der).toString('base64')),
    ...optional('support_phone_number', phone),
    ...optional('support_email_address', email),
    ...optional('department', department),
    ...optional('language', setup.language),
    ...optional('region', setup.region),
  }
}

/** Tells the vendor every setup that the program's devices are meant to have and whose words it does not have yet. */
export async function defineSetups(base: Base, scope: Scope, turn: Turn, line: Line): Promise<void> {
  const anchors = ownAuthority(base.config) ? (await anchorsOf(base)).map(a => a.der) : []
  for (const said of await base.read(scope, ctx => undefinedYet(ctx, turn.program, anchors))) {
    const answer = await call(line, 'POST', '/profile', { ...said.body, devices: [] })
    const uuid = answer.status === 400 ? null : uuidOf(jsonOf(answer))
    if (answer.status !== 400 && uuid === null) throw unreadable(answer)
    const problem =
      uuid === null
        ? answer
            .text()
            .replaceAll(/[\s"]+/g, ' ')
            .trim()
            .slice(0, 200)
        : null
    await base.transact(scope, ctx => keep(ctx, turn, said, { uuid, problem }))
  }
}

/** Who works which program, and by which turn. */
export interface Turn {
  program: string
  fence: number
  forMs: number
}

async function keep(
  ctx: Ctx,
  turn: Turn,
  said: SaidSetup,
  { uuid, problem }: { uuid: string | null; problem: string | null },
): Promise<void> {
  await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
  const { program } = turn
  await store.putDefinition(ctx, {
    org: ctx.org,
    program,
    uuid: uuid ?? `refused-${randomUUID()}`,
    setup: said.setup.id,
    content: said.content,
    state: uuid === null ? 'refused' : 'current',
    problem,
    at: ctx.now,
  })
  if (uuid !== null) await roster.wantAnew(ctx, program, said.setup.id, uuid)
}

/** Setups in use whose words the vendor neither has nor refused lately. */
async function undefinedYet(ctx: Ctx, program: string, anchors: readonly Uint8Array[]): Promise<SaidSetup[]> {
  const known = await store.definitionsOf(ctx, program)
  const missing: SaidSetup[] = []
  for (const setup of await roster.setupsInUse(ctx, program)) {
    const url = setupUrl(ctx.config, await roster.setupSecret(ctx, setup))
    const body = wordsOf(setup, { url, org: ctx.org, anchors })
    const content = createHash('sha256').update(canonical(body)).digest('hex')
    const settled = known.some(
      d =>
        d.setup === setup.id &&
        d.content === content &&
        (d.state === 'current' || (d.state === 'refused' && d.at > ctx.now - againMs)),
    )
    if (!settled) missing.push({ setup, body, content })
  }
  return missing
}

/** The vendor's name of each setup as it has it now. */
export function wantedIn(known: readonly store.DefinitionRow[]): Map<string, string> {
  return new Map(known.filter(d => d.state === 'current').map(d => [d.setup, d.uuid]))
}

function uuidOf(read: unknown): string | null {
  const parsed = z.object({ profile_uuid: z.string().min(1).max(200) }).safeParse(read)
  return parsed.success ? parsed.data.profile_uuid : null
}
