import { nothing } from '../../base/authority.ts'
import type { Id } from '../../base/id.ts'
import type { Call, Reply } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { bySecret } from './invitation.ts'
import { findPlatform, firstPage, type Visit } from './platform.ts'

/** The page that a link opens, as the platform of its invitation shows it. */
export async function servePageOf(base: Base, visit: Visit, call: Call): Promise<Reply<string>> {
  const actor = { kind: 'system', id: null, what: 'enrollment page' } as const
  const anyone = { org: '' as Id<'org'>, actor, authority: nothing, request: call.request }
  const found = await base.read(anyone, ctx => bySecret(ctx, visit.params.token))
  const page = (found && findPlatform(found.invitation.platform)?.page) ?? firstPage()
  return page(base, visit, call)
}
