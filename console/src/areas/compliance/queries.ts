import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type {
  ComplianceSummary,
  DeviceCompliance,
  Forecast,
  KnownApp,
  Rule,
  RuleException,
  Template,
} from '../../contract/compliance.ts'

/** How the fleet stands. */
export const summaryQuery = queryOptions({
  queryKey: ['compliance', 'summary'],
  queryFn: ({ signal }) => get<ComplianceSummary>('/compliance', {}, signal),
  refetchInterval: 30_000,
})

/** Rules by name; of one kind where it is named. */
export const rulesQuery = (kind = '') =>
  infiniteQueryOptions({
    queryKey: ['compliance', 'rules', kind],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => get<Page<Rule>>('/rules', { kind, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    refetchInterval: query => (query.state.data?.pages.some(p => p.items.some(r => r.looked !== null)) ? 2000 : 30_000),
  })

/** One rule. */
export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: ['compliance', 'rule', id],
    queryFn: ({ signal }) => get<Rule>(`/rules/${id}`, {}, signal),
    refetchInterval: query => (query.state.data?.looked === null ? 30_000 : 2000),
  })

/** How a device stands. */
export const deviceComplianceQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device, 'compliance'],
    queryFn: ({ signal }) => get<DeviceCompliance>(`/devices/${device}/compliance`, {}, signal),
    refetchInterval: 30_000,
  })

/** Exceptions in a state. */
export const exceptionsQuery = (state: RuleException['state'], sort = 'until') =>
  infiniteQueryOptions({
    queryKey: ['compliance', 'exceptions', state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<RuleException>>('/exceptions', { state, sort, cursor: pageParam, limit: 50 }, signal),
    getNextPageParam: page => page.next,
    refetchInterval: 30_000,
  })

/** The product's own rules, and which of them were adopted. */
export const templatesQuery = queryOptions({
  queryKey: ['compliance', 'templates'],
  queryFn: ({ signal }) => get<Pick<Page<Template>, 'items'>>('/rules/templates', {}, signal),
})

/** Apps of the inventory whose name or identifier holds a text. */
export const appsQuery = (q: string) =>
  queryOptions({
    queryKey: ['compliance', 'apps', q],
    queryFn: ({ signal }) => get<Pick<Page<KnownApp>, 'items'>>('/inventory/apps', { q, limit: 12 }, signal),
    placeholderData: previous => previous,
  })

/** What a rule, or several templates, would say of the fleet. */
export const foresee = (method: 'POST' | 'PATCH', path: string, body: unknown, signal: AbortSignal) =>
  call<{ forecast: Forecast }>(method, path, { query: { dryRun: true }, body, signal })
