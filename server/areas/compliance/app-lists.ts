import type { Ctx } from '../../base/ctx.ts'
import * as apps from '../apps/index.ts'
import { appIn, appKind } from '../policies/index.ts'
import { type Standing, underWay } from '../reconcile/index.ts'
import type { AppLists } from './judge-apps.ts'

/** No lists. */
export const noLists: AppLists = { blocked: [], allowed: [], pending: false }

/** Whether a policy of this kind and value forbids apps, or allows only some. */
export function restrictsApps(kind: string, value: unknown): boolean {
  if (kind === appKind) return forbidden(value) !== null
  return kind === 'restrictions' && namesIn(value, 'blockedApps').length + namesIn(value, 'allowedApps').length > 0
}

/** The lists in what devices should have. Nothing is forbidden any more by what is to be removed. */
export async function appListsOf(
  ctx: Ctx,
  items: ReadonlyMap<string, readonly Standing[]>,
): Promise<Map<string, AppLists>> {
  const named = [...items.values()].flat().flatMap(i => (i.kind === appKind ? (forbidden(i.value) ?? []) : []))
  const known = new Map((await apps.appsAmong(ctx, [...new Set(named)])).map(a => [a.id as string, a.bundle]))
  return new Map(
    [...items].map(([device, own]) => {
      const items = own.filter(i => restrictsApps(i.kind, i.value))
      const lists = items.filter(i => i.kind !== appKind).map(i => i.value)
      const single = items.flatMap(i => (i.kind === appKind ? (known.get(forbidden(i.value) ?? '') ?? []) : []))
      const all = (key: string): string[] => lists.flatMap(value => namesIn(value, key))
      const pending = items.some(i => underWay(i.state))
      return [device, { blocked: [...all('blockedApps'), ...single], allowed: all('allowedApps'), pending }]
    }),
  )
}

function forbidden(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('presence' in value)) return null
  return value.presence === 'forbidden' ? appIn(value as Parameters<typeof appIn>[0]) : null
}

function namesIn(value: unknown, key: string): string[] {
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null
  return Array.isArray(list) ? list.filter(name => typeof name === 'string') : []
}
