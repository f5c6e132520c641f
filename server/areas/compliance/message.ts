import type { Ctx } from '../../base/ctx.ts'
import { languageOf } from '../../base/say.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'
import type { Evidence } from './judgement.ts'
import type { LiveRule } from './kept-rules.ts'
import { namesApps } from './rule.ts'
import type { Gathered } from './subject.ts'
import { say } from './texts.ts'

const order = 'message.show'

/** Shows whoever holds the device what it lacks, in the language of its person. Null: its road shows no messages, or not on a device held like this one. */
export async function showOn(
  ctx: Ctx,
  { rule, one, evidence }: { rule: LiveRule; one: Gathered; evidence: Evidence | null },
): Promise<string | null> {
  const { id, user } = one.subject.device
  const actions = await commands.actionsFor(ctx, await devices.get(ctx, id))
  if (!actions.some(a => a.kind === order && a.allowed)) return null
  const org = await identity.ownOrg(ctx)
  const person = user === null ? undefined : (await identity.usersWith(ctx, [user])).get(user)
  const language = languageOf(person?.language ?? org.language)
  const apps = (evidence?.found ?? []).map(f => f.name).join(', ')
  const said = { rule: rule.name, org: org.name, apps: namesApps(rule) && apps !== '' ? apps : 'none' }
  const text = [say(language, 'message.text', said), rule.fix].filter(t => t !== '').join('\n')
  const args = { title: say(language, 'message.title', said).slice(0, 100), message: text.slice(0, 1000) }
  return commands.send(ctx, { device: id, kind: order, args, reason: rule.name })
}
