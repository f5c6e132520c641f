import { everything } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { languageOf } from '../../base/say.ts'
import { ownOrg, rootUnit } from '../identity/index.ts'
import * as policies from '../policies/index.ts'
import { restrictsApps } from './app-lists.ts'
import * as store from './made-store.ts'
import { addRule } from './rules.ts'
import { say } from './texts.ts'

const forbiddenApps = 'forbidden-apps'

/**
 * The first policy that forbids apps, or allows only some, gives the org the rule by which devices are judged that have others: what a system cannot keep
 * off is found, and people hear of it. It is a rule like any other; one that somebody took away is not made again.
 */
export async function watchApps(ctx: Ctx, policy: string): Promise<void> {
  if (await store.wasMade(ctx, forbiddenApps)) return
  const { kind, version } = await policies.getPolicy(ctx, policy)
  if (!restrictsApps(kind, await policies.valueOf(ctx, policy, version))) return
  const language = languageOf((await ownOrg(ctx)).language)
  const rule = await addRule(
    { ...ctx, authority: everything },
    {
      name: say(language, 'apps.name'),
      kind: 'apps',
      params: { list: 'policies' },
      scope: { ownerships: [], platforms: [], tags: [] },
      severity: 'high',
      graceHours: 0,
      responses: [
        { kind: 'notify-person', afterHours: 0 },
        { kind: 'message', afterHours: 0 },
      ],
      // The mail to the person says what to do, in their own language.
      fix: '',
      unit: (await rootUnit(ctx)).id,
      template: null,
    },
  )
  await store.noteMade(ctx, forbiddenApps, rule.id)
}
