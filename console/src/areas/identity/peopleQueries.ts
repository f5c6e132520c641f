import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { formatFilter } from '@muster/api/filter.ts'
import { get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Group, Person } from '../../contract/changes.ts'

/** People that match, page after page. */
export const peopleQuery = (filter: string, sort: string) =>
  infiniteQueryOptions({
    queryKey: ['users', 'list', filter, sort],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<Person>>('/users', { filter, sort, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })

/** Groups that match, page after page. */
export const groupsQuery = (filter: string) =>
  infiniteQueryOptions({
    queryKey: ['groups', 'list', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => get<Page<Group>>('/groups', { filter, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })

/** One group with its number of members. */
export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', id],
    queryFn: ({ signal }) => get<Group>(`/groups/${id}`, {}, signal),
  })

/** A user with the devices they have. */
export interface PersonWithDevices extends Person {
  owns: { id: string; name: string }[]
}

/** One user. */
export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', id],
    queryFn: ({ signal }) => get<PersonWithDevices>(`/users/${id}`, {}, signal),
  })

/** The filter of the people in a group. */
export const groupFilter = (id: string): string =>
  formatFilter([{ field: 'group', op: ':', values: [id], negated: false }])
