import type { Authority } from '../../base/authority.ts'
import { as, type Actor, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'
import { verdictEvents } from './events.ts'
import type { LiveRule } from './kept-rules.ts'
import { showOn } from './message.ts'
import { namesApps, type Response } from './rule.ts'
import type { Verdict } from './settle.ts'
import type { Gathered } from './subject.ts'

/** What time alone sets off waits so long until the time is trusted. */
const waitMs = 5 * 60_000

type Trust = (ctx: Ctx) => Promise<boolean>
let timeTrusted: Trust = async () => true

/** Main says who knows whether the clock can be believed; before a lock that time alone set off it is asked. */
export function trustTimeBy(trust: Trust): void {
  timeTrusted = trust
}

interface Due {
  rule: LiveRule
  one: Gathered
  verdict: Verdict
  due: readonly Response[]
}

/** Carries out responses in their order; answers how many, and when the first that had to wait is tried again. */
async function carryOut(ctx: Ctx, { rule, one, verdict, due }: Due): Promise<{ done: number; retryAt: number | null }> {
  let done = 0
  for (const response of due) {
    if (response.kind === 'lock' && response.afterHours > 0 && !(await timeTrusted(ctx)))
      return { done, retryAt: ctx.now + waitMs }
    const what = await act(ctx, { rule, one, response, verdict })
    done += 1
    // A device that cannot do this is no news.
    if (what === null) continue
    const { tag, command, refused } = what
    await record(
      ctx,
      verdictEvents.responded,
      { kind: 'device', id: one.row.id, path: one.subject.device.unitPath },
      {
        rule: rule.id,
        name: rule.name,
        kind: rule.demand.kind,
        response: response.kind,
        done: refused === null ? response.kind.replace('notify-', '') : 'refused',
        severity: rule.severity,
        why: verdict.evidence?.code ?? null,
        ...(namesApps(rule) ? { apps: (verdict.evidence?.found ?? []).map(f => f.name) } : {}),
        person: one.subject.device.user,
        fix: rule.fix,
        graceUntil: verdict.graceUntil,
        tag,
        command,
        refused,
      },
    )
  }
  return { done, retryAt: null }
}

interface Done {
  tag: string | null
  command: string | null
  refused: string | null
}

async function act(
  ctx: Ctx,
  { rule, one, response, verdict }: Omit<Due, 'due'> & { response: Response },
): Promise<Done | null> {
  const nothing: Done = { tag: null, command: null, refused: null }
  switch (response.kind) {
    case 'tag':
    case 'restrict':
      await devices.tagBy(ctx, one.row.id, tagOwner(rule, response), response.tag)
      return { ...nothing, tag: response.tag }
    case 'lock':
      return lock(ctx, rule, one.row.id)
    case 'message': {
      const ordered = await giveOrder(ctx, rule, own => showOn(own, { rule, one, evidence: verdict.evidence }))
      return ordered.command === null && ordered.refused === null ? null : ordered
    }
    default:
      // Mail, alerts and tickets are made from the event.
      return nothing
  }
}

function lock(ctx: Ctx, rule: LiveRule, device: string): Promise<Done> {
  return giveOrder(ctx, rule, own => commands.send(own, { device, kind: 'lock', args: {}, reason: rule.name }))
}

/** Gives an order in the name of whoever made the rule, as far as they may by now; what guards commands is asked like for any other. */
async function giveOrder(ctx: Ctx, rule: LiveRule, give: (own: Ctx) => Promise<string | null>): Promise<Done> {
  const authority = await authorityOf(ctx, rule)
  const by: Actor = { kind: 'system', id: null, what: `rule ${rule.name}`.slice(0, 80) }
  try {
    return { tag: null, command: await give(as(ctx, { org: ctx.org, actor: by, authority })), refused: null }
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    return { tag: null, command: null, refused: cause.code }
  }
}

async function authorityOf(ctx: Ctx, { by }: LiveRule): Promise<Authority> {
  const actor = { kind: by.kind, id: by.id, ...(by.kind === 'system' ? { what: by.id ?? '' } : {}) } as Actor
  return identity.authorityNow(ctx, actor)
}

/** A rule may give a tag and restrict by another; each is held apart. */
function tagOwner(rule: LiveRule, { kind }: Response): string {
  return kind === 'restrict' ? `${rule.id}.restrict` : rule.id
}

/** Brings the tags that a violation set off in step with what the rule says by now. */
async function sync(ctx: Ctx, device: string, rule: LiveRule, responded: number): Promise<void> {
  const done = rule.responses.slice(0, responded)
  for (const kind of ['tag', 'restrict'] as const) {
    const response = done.find(r => r.kind === kind)
    const tag = response !== undefined && 'tag' in response ? response.tag : null
    await devices.tagBy(ctx, device, kind === 'restrict' ? `${rule.id}.restrict` : rule.id, tag)
  }
}

/** Takes back what a violation set off and can be taken back: tags. */
async function undo(ctx: Ctx, device: string, rule: LiveRule): Promise<void> {
  for (const kind of ['tag', 'restrict'] as const) {
    const owner = kind === 'restrict' ? `${rule.id}.restrict` : rule.id
    await devices.tagBy(ctx, device, owner, null)
  }
}

/** Carrying out responses, keeping their tags in step, and taking them back. */
export const respond = { carryOut, sync, undo }
