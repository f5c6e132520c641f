import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { get } from '../api.ts'
import type { Page } from '../contract.ts'
import type { BlueprintRow } from '../contract/blueprints.ts'
import type { PolicyRow, SettingHit } from '../contract/policies.ts'
import { useVoice } from '../i18n/index.tsx'
import { fold } from '../i18n/messages.ts'
import { sayKey, sayKind } from '../kit/values.tsx'
import { useCan } from '../session.tsx'
import type { Hit } from './CommandPalette.tsx'

/** Hits of each sort. */
const few = 4

/** Policies, blueprints and settings with these words, for whoever may read policies. */
export function usePolicyHits(query: string): Hit[] {
  const voice = useVoice()
  const go = useNavigate()
  const can = useCan()
  const enabled = query.length > 1 && can('policies:read')
  const policies = useQuery<Page<PolicyRow>>({
    queryKey: ['policies', 'found', query],
    enabled,
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<Page<PolicyRow>>('/policies', { filter: quoted(query), limit: few }, signal),
  })
  const blueprints = useQuery<Pick<Page<BlueprintRow>, 'items'>>({
    queryKey: ['blueprints'],
    enabled,
    queryFn: ({ signal }) => get<Pick<Page<BlueprintRow>, 'items'>>('/blueprints', {}, signal),
  })
  const settings = useQuery<Pick<Page<SettingHit>, 'items'>>({
    queryKey: ['settings-search', 'found', query],
    enabled: enabled && can('policies:write'),
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<Pick<Page<SettingHit>, 'items'>>('/settings-search', { q: query, limit: few }, signal),
  })
  return useMemo(() => {
    if (!enabled) return []
    const words = fold(query).split(/\s+/)
    const named = (blueprints.data?.items ?? []).filter(one => words.every(word => fold(one.name).includes(word)))
    return [
      ...(policies.data?.items ?? []).map(one => ({
        key: one.id,
        group: 'palette.policies' as const,
        icon: 'policies' as const,
        label: one.name,
        sub: sayKind(voice, one.kind),
        run: () => void go({ to: '/policies/$policy', params: { policy: one.id } }),
      })),
      ...named.slice(0, few).map(one => ({
        key: one.id,
        group: 'palette.blueprints' as const,
        icon: 'policies' as const,
        label: one.name,
        sub: one.unit.path,
        run: () => void go({ to: '/policies/blueprints/$blueprint', params: { blueprint: one.id } }),
      })),
      ...(settings.data?.items ?? []).map(one => ({
        key: `${one.kind} ${one.key}`,
        group: 'palette.settings' as const,
        icon: 'plus' as const,
        label: one.key === '' ? sayKind(voice, one.kind) : sayKey(voice, one.kind, one.key),
        sub: one.key === '' ? null : sayKind(voice, one.kind),
        run: () =>
          void go({
            to: '/policies/new/$kind',
            params: { kind: one.kind },
            search: one.key === '' ? {} : { add: one.key },
          }),
      })),
    ]
  }, [enabled, query, policies.data, blueprints.data, settings.data, voice, go])
}

/** The words as the grammar of lists takes them, so that a colon in them is no field. */
const quoted = (text: string): string =>
  text
    .split(/\s+/)
    .map(word => `"${word.replaceAll('"', '')}"`)
    .join(' ')
