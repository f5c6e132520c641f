import * as roster from '../../../areas/roster/index.ts'
import { demandWhole, may } from '../../../base/authority.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import { Problem } from '../../../base/problem.ts'
import { leadsTo } from '../ade/leading.ts'
import { clientOf, tellAnew } from '../ade/store.ts'
import { wakeWorker } from '../ade/work.ts'
import { accountUrl } from './account.ts'
import { type AccountDoor, findDoor, listDomains, orgOfDomain, putDoor, putDomains } from './account-store.ts'
import { doorEvents } from './events.ts'
import { readSoon } from './issuer.ts'
import { prover } from './signin.ts'

/** Everything an admin sees and decides about enrolling by signing in. */
export interface AccountSettings extends AccountDoor {
  domains: string[]
  /** How far the issuer has been read. */
  issuerRead: { at: number | null; problem: string | null; known: boolean }
  /** The mailed code can be sent. */
  mail: boolean
  /** Where the devices of people ask, by mode. */
  urls: { byod: string; adde: string }
  /** What the domain of people's addresses must answer. */
  discovery: { path: string; body: string }
  /** How far the vendor leads devices here, by each program that the reader may see. */
  leading: {
    program: string
    name: string
    state: 'told' | 'refused' | 'waits'
    at: number | null
    problem: string | null
  }[]
}

const closed: AccountDoor = {
  byod: false,
  adde: false,
  led: false,
  way: 'web',
  issuer: null,
  clientId: null,
  audience: null,
  scope: 'openid email',
  claim: 'email',
}

/** What was decided about enrolling by signing in. */
export async function accountSettings(ctx: Ctx): Promise<AccountSettings> {
  const found = await findDoor(ctx)
  const {
    document,
    keys: _,
    readAt,
    problem,
    ...door
  } = found ?? {
    ...closed,
    document: null,
    keys: [],
    readAt: null,
    problem: null,
  }
  const url = (mode: 'byod' | 'adde'): string => accountUrl({ ctx, org: ctx.org, mode })
  const servers = (['byod', 'adde'] as const)
    .filter(mode => door[mode])
    .map(mode => ({ Version: `mdm-${mode}`, BaseURL: url(mode) }))
  return {
    ...door,
    domains: await listDomains(ctx),
    issuerRead: { at: readAt, problem, known: document !== null },
    mail: prover.ready(ctx),
    urls: { byod: url('byod'), adde: url('adde') },
    discovery: {
      path: '/.well-known/com.apple.remotemanagement',
      body: JSON.stringify({ Servers: servers }, null, 2),
    },
    leading: await leadingNow(ctx),
  }
}

/** How far the vendor leads devices here. Programs that lead nowhere and are not meant to are left out. */
async function leadingNow(ctx: Ctx): Promise<AccountSettings['leading']> {
  const wanted = await leadsTo(ctx)
  const all: AccountSettings['leading'] = []
  for (const { id, name, unitPath } of await roster.programs(ctx, { kind: 'devices' })) {
    const { led_to, led_at: at, led_problem: problem } = await clientOf(ctx, id)
    if (!may(ctx.authority, 'roster:read', unitPath) || (wanted === null && led_to === null)) continue
    const state = wanted === led_to ? 'told' : problem === null || at === null ? 'waits' : 'refused'
    all.push({ program: id, name, state, at, problem: state === 'refused' ? problem : null })
  }
  return all
}

/** Decides how people may enroll by signing in; the whole org's admins alone, since it opens a door for everybody. */
export async function decideAccounts(
  ctx: Ctx,
  change: { [K in keyof AccountDoor]?: AccountDoor[K] | undefined } & { domains?: string[] | undefined },
): Promise<AccountSettings> {
  demandWhole(ctx.authority, 'org:write')
  const before = await accountSettings(ctx)
  const { domains, ...door } = change
  const after: AccountDoor = merged(before, door)
  if (after.way === 'oauth2' && (after.issuer === null || after.clientId === null))
    throw new Problem('account-door.incomplete')
  await putDoor(ctx, after, after.issuer === before.issuer)
  if (domains) await decideDomains(ctx, domains)
  if (after.way === 'oauth2') await readSoon(ctx)
  const { byod, adde, way, issuer, led } = after
  if (led || before.led) await leadAnew(ctx)
  await record(ctx, doorEvents.changed, null, { byod, adde, way, issuer, led })
  return accountSettings(ctx)
}

async function leadAnew(ctx: Ctx): Promise<void> {
  await tellAnew(ctx)
  for (const program of await roster.programs(ctx, { kind: 'devices' })) await wakeWorker(ctx, program)
}

async function decideDomains(ctx: Ctx, domains: readonly string[]): Promise<void> {
  const named = [...new Set(domains.map(d => d.trim().toLowerCase()))]
  for (const domain of named) {
    const owner = await orgOfDomain(ctx, domain)
    if (owner !== undefined && owner !== ctx.org) throw new Problem('account-door.domain-taken', { domain })
  }
  await putDomains(ctx, named)
}

/** What of a decision was said, and the rest as it was. */
function merged(before: AccountDoor, said: { [K in keyof AccountDoor]?: AccountDoor[K] | undefined }): AccountDoor {
  return {
    byod: said.byod ?? before.byod,
    adde: said.adde ?? before.adde,
    led: said.led ?? before.led,
    way: said.way ?? before.way,
    issuer: said.issuer === undefined ? before.issuer : said.issuer,
    clientId: said.clientId === undefined ? before.clientId : said.clientId,
    audience: said.audience === undefined ? before.audience : said.audience,
    scope: said.scope ?? before.scope,
    claim: said.claim ?? before.claim,
  }
}
