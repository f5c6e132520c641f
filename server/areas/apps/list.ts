import type { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type ListQuery, readPage } from '../../base/page.ts'
import { searchable } from '../../base/text.ts'
import { unitRefs } from '../identity/index.ts'
import { type App, appFor, toApp, usedBy } from './app.ts'
import { type Release, releasesAmong, releasesOf } from './release.ts'
import type { appPage, appRow, release } from './shapes.ts'
import { counted } from './status.ts'
import * as statuses from './status-store.ts'
import * as store from './store.ts'

type Row = z.input<typeof appRow>

/** What a list of apps may be narrowed to. */
export interface AppsQuery extends Omit<ListQuery, 'filter'> {
  kind?: string | undefined
  platform?: string | undefined
  words?: string | undefined
  archived: boolean
}

/** One page of the catalog, as far as the reader may see it. */
export async function listApps(
  ctx: Ctx,
  query: AppsQuery,
): Promise<{ items: Row[]; next: string | null; total: null }> {
  const { kind, platform, words, archived } = query
  const page = readPage(ctx.org, { ...query, filter: `${kind} ${platform} ${words} ${archived}` }, store.appSorts)
  const paths = ctx.authority.where('apps:read')
  const asked = { paths, kind, platform, archived, words: words ? searchable(words) : undefined }
  const { items, next } = await store.listApps(ctx, asked, page)
  return { items: await shown(ctx, items.map(toApp)), next, total: null }
}

/** An app with its releases and the policies that name it. */
export async function pageOf(ctx: Ctx, id: string): Promise<z.input<typeof appPage>> {
  const app = await appFor(ctx, id, 'apps:read')
  const [row] = await shown(ctx, [app])
  if (!row) throw new Error('an app has a row')
  const releases = (await releasesOf(ctx, id)).map(r => shownRelease(r, app))
  const { form, signer, look } = app
  const otherVersions = row.version === null ? 0 : await statuses.countOtherVersions(ctx, id, row.version)
  return { ...row, releases, otherVersions, form, signer, look, policies: await usedBy(ctx, id) }
}

/** Apps as lists show them. */
export async function shown(ctx: Ctx, all: readonly App[]): Promise<Row[]> {
  const unit = await unitRefs(ctx)
  const states = Map.groupBy(
    await statuses.countStatesAmong(
      ctx,
      all.map(a => a.id),
    ),
    r => r.app,
  )
  const latest = new Map(
    (
      await releasesAmong(
        ctx,
        all.flatMap(a => a.latest ?? []),
      )
    ).map(r => [r.id as string, r]),
  )
  return all.map(app => ({
    ...app,
    unit: unit(app.unit),
    version: latest.get(app.latest ?? '')?.shortVersion ?? null,
    counts: counted(states.get(app.id) ?? []),
  }))
}

function shownRelease(one: Release, app: App): z.input<typeof release> {
  const { team, minimum = null, target = null, permissions = null, scheme = null } = one.facts
  const { rotated = false, debuggable = false } = one.facts
  const said = { team, minimum, target, permissions, scheme, rotated, debuggable }
  return { ...one, ...said, sha256: one.blob, latest: app.latest === one.id }
}
