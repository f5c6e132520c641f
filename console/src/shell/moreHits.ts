import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { get } from '../api.ts'
import type { Page, SearchAnswer } from '../contract.ts'
import type { SettingHit } from '../contract/policies.ts'
import { useVoice, type Voice } from '../i18n/index.tsx'
import { sayKey, sayKind } from '../kit/values.tsx'
import { useCan } from '../session.tsx'
import type { Hit } from './CommandPalette.tsx'

/** Settings of each search. */
const few = 4

/** Policies, blueprints, groups and tags that a search found. */
export function wishesOf(answer: SearchAnswer, voice: Voice, go: (to: string) => void): Hit[] {
  return [
    ...answer.policies.map(one => ({
      key: one.id,
      group: 'palette.policies' as const,
      icon: 'policies' as const,
      label: one.name,
      sub: sayKind(voice, one.kind),
      run: () => go(`/policies/${one.id}`),
    })),
    ...answer.rules.map(one => ({
      key: one.id,
      group: 'palette.rules' as const,
      icon: 'reports' as const,
      label: one.name,
      run: () => go(`/reports/rules/${one.id}`),
    })),
    ...answer.blueprints.map(one => ({
      key: one.id,
      group: 'palette.blueprints' as const,
      icon: 'policies' as const,
      label: one.name,
      run: () => go(`/policies/blueprints/${one.id}`),
    })),
    ...answer.groups.map(one => ({
      key: one.id,
      group: 'palette.groups' as const,
      icon: 'people' as const,
      label: one.name,
      run: () => go(`/people/groups/${one.id}`),
    })),
    ...answer.tags.map(tag => ({
      key: `tag ${tag}`,
      group: 'palette.tags' as const,
      icon: 'devices' as const,
      label: tag,
      run: () => go(`/devices?filter=${encodeURIComponent(`tag:"${tag.replaceAll('"', '')}"`)}`),
    })),
  ]
}

/** Settings of policies with these words, for whoever may write policies; `late` while they are those of other words, or none yet. */
export function useSettingHits(query: string): { hits: readonly Hit[]; late: boolean } {
  const voice = useVoice()
  const go = useNavigate()
  const can = useCan()
  const enabled = query.length > 1 && can('policies:write')
  const settings = useQuery<Pick<Page<SettingHit>, 'items'>>({
    queryKey: ['settings-search', 'found', query],
    enabled,
    placeholderData: previous => previous,
    queryFn: ({ signal }) => get<Pick<Page<SettingHit>, 'items'>>('/settings-search', { q: query, limit: few }, signal),
  })
  const hits = useMemo(() => {
    if (!enabled) return []
    return (settings.data?.items ?? []).map(one => ({
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
    }))
  }, [enabled, settings.data, voice, go])
  return { hits, late: enabled && (settings.isPlaceholderData || settings.isPending) }
}
