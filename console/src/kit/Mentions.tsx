import { useQueries, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { get } from '../api.ts'
import type { Page } from '../contract.ts'
import { NamingVoice } from '../i18n/index.tsx'
import { useCan } from '../session.tsx'

/** So many apps are asked for by name in one place. */
const most = 20

interface Named {
  id: string
  name: string
}

interface NamedApp extends Named {
  releases: readonly { id: string; version: string; shortVersion: string }[]
}

/** Calls by their names the apps, their releases and the calendars that some values mention, for everything below. */
export function Mentions(props: { of: unknown; children: ReactNode }) {
  const can = useCan()
  const said = JSON.stringify(props.of) ?? ''
  const ids = [...new Set(said.match(/\bapp_[\da-f-]{20,}/g))].slice(0, most)
  const apps = useQueries({
    queries: (can('apps:read') ? ids : []).map(id => ({
      queryKey: ['app', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => get<NamedApp>(`/apps/${id}`, {}, signal),
    })),
  })
  const calendars = useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) => get<Page<Named>>('/calendars', {}, signal),
    enabled: can('hours:read') && /\bcal_[\da-f-]{20,}/.test(said),
  })
  const names = new Map<string, string>()
  for (const { id, name } of calendars.data?.items ?? []) names.set(id, name)
  for (const { data } of apps) {
    if (!data) continue
    names.set(data.id, data.name)
    for (const { id, version, shortVersion } of data.releases) names.set(id, shortVersion || version)
  }
  return <NamingVoice nameOf={id => names.get(id)}>{props.children}</NamingVoice>
}
