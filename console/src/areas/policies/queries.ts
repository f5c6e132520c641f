import type { Artifact } from '@muster/wire/apple/catalog/catalog.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type {
  Coverage,
  Finding,
  Json,
  Kind,
  KindRow,
  Policy,
  PolicyDevice,
  PolicyRow,
  PolicyTest,
  PolicyVersion,
  Ref,
  SettingHit,
} from '../../contract/policies.ts'

/** Policies that match, page after page. */
export const policiesQuery = (filter: string, sort: string) =>
  infiniteQueryOptions({
    queryKey: ['policies', 'list', filter, sort],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<PolicyRow>>('/policies', { filter, sort, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })

/** One policy with what it says now. */
export const policyQuery = (id: string) =>
  queryOptions({
    queryKey: ['policy', id, 'self'],
    queryFn: ({ signal }) => get<Policy>(`/policies/${id}`, {}, signal),
  })

/** Everything a policy has said, newest first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['policy', id, 'versions'],
    queryFn: ({ signal }) => get<Page<PolicyVersion>>(`/policies/${id}/versions`, { limit: 200 }, signal),
  })

/** What one version says; it never changes. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['policy', id, 'version', version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => get<PolicyVersion & { value: Json }>(`/policies/${id}/versions/${version}`, {}, signal),
  })

/** What the fleet makes of a policy. */
export const coverageQuery = (id: string) =>
  queryOptions({
    queryKey: ['policy', id, 'coverage'],
    queryFn: ({ signal }) => get<Coverage>(`/policies/${id}/coverage`, {}, signal),
  })

/** How far devices are with a policy, those with trouble first. */
export const policyDevicesQuery = (id: string, state: string) =>
  infiniteQueryOptions({
    queryKey: ['policy', id, 'devices', state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<PolicyDevice>>(`/policies/${id}/devices`, { state, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
  })

/** Every kind of policy there is, ours first. */
export const kindsQuery = queryOptions({
  queryKey: ['policy-kinds'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => (await get<Pick<Page<KindRow>, 'items'>>('/policy-kinds', {}, signal)).items,
})

/** One kind with the form of its value. */
export const kindQuery = (kind: string) =>
  queryOptions({
    queryKey: ['policy-kinds', kind],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => get<Kind>(`/policy-kinds/${encodeURIComponent(kind)}`, {}, signal),
  })

/** One artifact of the vendor's catalog. */
export const artifactQuery = (family: string, id: string) =>
  queryOptions({
    queryKey: ['catalog', family, id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      get<Artifact & { name: string }>(`/catalog/apple/${family}/${encodeURIComponent(id)}`, {}, signal),
  })

/** The secrets that policies may name. */
export const secretsQuery = queryOptions({
  queryKey: ['policy-secrets'],
  queryFn: ({ signal }) => get<Page<Ref & { version: number }>>('/policy-secrets', { limit: 200 }, signal),
})

/** Settings of all kinds that a text finds. */
export const settingsQuery = (text: string) =>
  queryOptions<SettingHit[]>({
    queryKey: ['settings-search', text],
    enabled: text.length > 1,
    staleTime: 60_000,
    placeholderData: previous => previous,
    queryFn: async ({ signal }) =>
      (await get<Pick<Page<SettingHit>, 'items'>>('/settings-search', { q: text, limit: 40 }, signal)).items,
  })

/** What a kind has to say about a value. */
export const checkQuery = (kind: string, value: Json) =>
  queryOptions<Finding[]>({
    queryKey: ['policy-check', kind, value],
    staleTime: 60_000,
    retry: false,
    placeholderData: previous => previous,
    queryFn: async ({ signal }) =>
      (await call<{ findings: Finding[] }>('POST', '/policies/check', { body: { kind, value }, signal })).findings,
  })

/** The org's assertions about what devices end up with. */
export const testsQuery = queryOptions({
  queryKey: ['policy-tests'],
  queryFn: ({ signal }) => get<Page<PolicyTest>>('/policy-tests', {}, signal),
})
