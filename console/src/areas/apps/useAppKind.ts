import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Json, Kind } from '../../contract/policies.ts'
import { appSchema } from './policy-schema.ts'
import { appQuery, appsQuery, tiesQuery } from './queries.ts'

/** The kind as it is, but for policies about apps with the catalog in its schema: what can be chosen stands there by name. */
export function useAppKind(kind: Kind, value: { readonly [key: string]: Json }): Kind {
  const here = kind.kind === 'app'
  const chosen = here && typeof value['app'] === 'string' ? value['app'] : ''
  const apps = useInfiniteQuery({ ...appsQuery('', ''), enabled: here })
  const app = useQuery({ ...appQuery(chosen), enabled: chosen !== '', retry: false })
  const ties = useQuery({ ...tiesQuery, enabled: here })
  const said = JSON.stringify(
    ['app', 'release', 'vpn', 'contentFilter', 'dnsProxy', 'relay'].map(k => value[k] ?? null),
  )
  return useMemo(() => {
    if (!here) return kind
    const known = {
      apps: apps.data?.pages.flatMap(page => page.items) ?? [],
      app: app.data ?? null,
      ties: ties.data?.items ?? [],
    }
    const [a, release, vpn, contentFilter, dnsProxy, relay] = JSON.parse(said) as (string | null)[]
    const now = Object.entries({ app: a, release, vpn, contentFilter, dnsProxy, relay }).filter(([, is]) => is !== null)
    return { ...kind, schema: appSchema(kind.schema ?? {}, known, Object.fromEntries(now) as Record<string, Json>) }
  }, [here, kind, apps.data, app.data, ties.data, said])
}
