import { record } from '../../../base/events.ts'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import type { Answered } from '../../../base/outside.ts'
import type { Base } from '../../../base/transact.ts'
import { findDoor } from '../door/account-store.ts'
import { doorEvents } from '../door/events.ts'
import { call, type Line } from './client.ts'
import type { Turn } from './definition.ts'
import { AdeFault } from './fault.ts'
import * as store from './store.ts'

const dayMs = 24 * 3_600_000
const path = '/account-driven-enrollment/profile'

/** Where devices ask who were led here by the vendor; it names the org, since the domain of their person does not have to. */
export function leadingUrl({ config, org }: Pick<Ctx, 'config' | 'org'>): string {
  return `${config.url}/enroll/apple/account/servers/${org}`
}

/** Where the vendor is to lead devices whose domain answers nothing; null: nowhere, because nobody wants it or no door is open. */
export async function leadsTo(ctx: Ctx): Promise<string | null> {
  const door = await findDoor(ctx)
  return door?.led && (door.byod || door.adde) ? leadingUrl(ctx) : null
}

/**
 * Tells the vendor where it leads devices to whose domain answers nothing, or that it no longer does (Apple: Account-Driven Enrollment Service Discovery).
 * Told again every day, since another server of the org may have said otherwise; what is refused, too.
 */
export async function tellLeading(base: Base, scope: Scope, turn: Turn, line: Line): Promise<void> {
  const due = await base.read(scope, async ctx => {
    const client = await store.clientOf(ctx, turn.program)
    const wanted = await leadsTo(ctx)
    const fresh = client.led_at !== null && client.led_at > ctx.now - dayMs && client.led_at <= ctx.now
    if (wanted === null && client.led_to === null) return client.led_problem === null ? null : { wanted, asks: false }
    const settled = wanted === client.led_to || client.led_problem !== null
    return settled && fresh ? null : { wanted, asks: true }
  })
  if (!due) return
  const problem = due.asks ? await tell(line, due.wanted) : null
  await base.transact(scope, ctx => keep(ctx, turn, { wanted: due.wanted, problem }))
}

/** The vendor's words when it refuses. That it does not offer this to an org is no trouble of the program. */
async function tell(line: Line, wanted: string | null): Promise<string | null> {
  const asked =
    wanted === null ? call(line, 'DELETE', path) : call(line, 'POST', path, { mdm_service_discovery_url: wanted })
  try {
    const answer = await asked
    return answer.status === 400 ? wordsOf(answer) : null
  } catch (error) {
    if (error instanceof AdeFault && error.code === 'not-understood') return error.text
    throw error
  }
}

function wordsOf(answer: Answered): string {
  const words = answer
    .text()
    .replaceAll(/[\s"]+/g, ' ')
    .trim()
    .slice(0, 200)
  return words || String(answer.status)
}

async function keep(
  ctx: Ctx,
  turn: Turn,
  { wanted, problem }: { wanted: string | null; problem: string | null },
): Promise<void> {
  await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
  const client = await store.clientOf(ctx, turn.program)
  const led_to = problem === null ? wanted : client.led_to
  await store.putClient(ctx, { ...client, led_to, led_at: ctx.now, led_problem: problem })
  const program = await roster.program(ctx, turn.program)
  if (!program) return
  const [about, { name }] = [roster.aboutProgram(program), program]
  // A refusal that is of no matter any more is over, too.
  const over = problem === null && client.led_problem !== null
  if (led_to !== client.led_to || over) await record(ctx, doorEvents.led, about, { name, led: led_to !== null })
  if (problem !== null && problem !== client.led_problem)
    await record(ctx, doorEvents.ledRefused, about, { name, problem })
}
