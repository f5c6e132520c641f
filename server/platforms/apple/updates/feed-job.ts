import * as updates from '../../../areas/updates/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import { everything } from '../../../base/authority.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { enqueue, type JobKind, jobName } from '../../../base/jobs.ts'
import { ask } from '../../../base/outside.ts'
import { Unavailable } from '../../../base/problem.ts'
import type { Base } from '../../../base/transact.ts'
import { feedPlatforms, readFeed } from './feed.ts'

const source = 'apple'
const hourMs = 3_600_000
/** A list is fresh for so long; one that was empty or could not be had is asked for again sooner. */
const everyMs = 4 * hourMs
const soonMs = 20 * 60_000

const feedName = jobName<Record<string, never>>('apple.updates-feed')

/** Asks Apple for its list of versions and keeps what it says; then again every four hours. */
export const feedJob: JobKind<Record<string, never>> = {
  name: feedName,
  run: async (base, { scope, signal }) => {
    const heard = await fetchFeed(base, signal)
    await base.transact(scope, ctx => updates.noteReleases(ctx, source, feedPlatforms, heard))
    return { againInMs: heard.state === 'good' ? everyMs : soonMs }
  },
}

async function fetchFeed(base: Base, signal: AbortSignal): Promise<updates.Heard> {
  try {
    const answer = await ask(base.config, 'apple-updates', { url: `${base.config.updatesUrl}/v2/pmv`, signal })
    if (answer.status !== 200) return { releases: null, state: 'silent', problem: `feed.status-${answer.status}` }
    return readFeed(answer.text())
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { releases: null, state: 'silent', problem: 'feed.unreachable' }
  }
}

/** Has the list asked for soon. */
export async function refreshFeed(ctx: Ctx): Promise<void> {
  await enqueue(ctx, feedName, {}, { dedupe: 'org' })
}

/** Keeps the lists of all orgs fresh from the start of the server on, and of an org from its first day. Answers how to stop. */
export async function keepFeed(server: {
  base: Base
  onSealed(listener: (events: readonly { org: string; type: string }[]) => void): () => void
}): Promise<() => void> {
  const { base } = server
  const begun = new Set<string>()
  const begin = async (org: (typeof orgs)[number]): Promise<void> => {
    if (begun.has(org)) return
    begun.add(org)
    const actor = { kind: 'system', id: null, what: feedName } as const
    await base.transact({ org, actor, authority: everything }, updates.refresh)
  }
  const orgs = await identity.orgs(base)
  for (const org of orgs) await begin(org)
  return server.onSealed(events => {
    if (events.every(e => begun.has(e.org))) return
    void identity
      .orgs(base)
      .then(async all => {
        for (const org of all) await begin(org)
      })
      .catch((error: unknown) =>
        base.log.error({ error: String(error) }, 'the list of versions of a new org could not be asked for'),
      )
  })
}
