import type { Ctx } from '../../base/ctx.ts'
import { type App, type AppKind, type AppPlatform, findApp, type Look, saved, toApp } from './app.ts'
import type { FormKey } from './form-key.ts'
import { appsMadeFor } from './store.ts'

/** A page of the apps of the catalog for a platform, by id: for platforms whose vendor knows more of them than we do. */
export async function madeFor(
  ctx: Ctx,
  of: { platform: AppPlatform; kinds: readonly AppKind[]; after: string; most: number },
): Promise<App[]> {
  return (await appsMadeFor(ctx, of)).map(toApp)
}

/** Keeps what a vendor says of an app. What people said of it stays: a form or a publisher is only filled in where there is none. */
export async function learn(
  ctx: Ctx,
  id: string,
  said: { look: Look['state']; title?: string; publisher?: string; form?: FormKey[] | null },
): Promise<void> {
  const app = await findApp(ctx, id)
  if (!app) return
  // One that was put in by its bundle alone has no name yet.
  const name = app.name === app.bundle && said.title ? said.title.slice(0, 200) : app.name
  const publisher = app.publisher || (said.publisher ?? '').slice(0, 200)
  const form = app.form ?? (said.form && said.form.length > 0 ? said.form : null)
  const fields = [
    ...(name === app.name ? [] : ['name']),
    ...(publisher === app.publisher ? [] : ['publisher']),
    ...(form === app.form ? [] : ['form']),
  ]
  if (fields.length === 0 && app.look?.state === said.look) return
  await saved(ctx, { ...app, name, publisher, form, look: { state: said.look, at: ctx.now } }, fields)
}
