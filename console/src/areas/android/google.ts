import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Program } from '../../contract/roster.ts'
import type { ToneName } from '../../kit/State.tsx'

/** How far a program has come with Google. */
export type GoogleState = 'key' | 'sign-up' | 'coming-back' | 'preparing' | 'live' | 'slowed' | 'troubled' | 'closing'

/** What an organization says of itself to Google. */
export interface GoogleSettings {
  displayName: string
  contactEmail: string
  officerName: string
  officerEmail: string
  officerPhone: string
  representativeName: string
  representativeEmail: string
  representativePhone: string
}

/** A program at Google. */
export interface GoogleProgram {
  program: Program
  standing: GoogleState
  project: string
  topic: string | null
  pusher: string | null
  hook: string
  enterprise: string | null
  signUpUrl: string | null
  signUpEndsAt: number | null
  notices: 'none' | 'waiting' | 'turned-away' | 'silent' | 'coming'
  heardAt: number | null
  checkedAt: number | null
  listedAt: number | null
  checking: boolean
  check: {
    at: number
    state: 'devices' | 'tokens' | 'done'
    devices: number
    strays: number
    left: number
    tokens: number
  } | null
  waitUntil: number | null
  settings: GoogleSettings
  devices: number
}

/** A token that devices enroll by. */
export interface GoogleToken {
  id: string
  name: string | null
  mode: 'fully-managed' | 'dedicated' | 'company-profile' | 'work-profile'
  state: 'wanted' | 'there' | 'refused' | 'used' | 'expired' | 'ending' | 'gone'
  problem: string | null
  unit: { id: string; name: string; path: string }
  uses: number | null
  used: number
  expiresAt: number
}

export const googleTones: Record<GoogleState, ToneName> = {
  key: 'pending',
  'sign-up': 'attention',
  'coming-back': 'pending',
  preparing: 'pending',
  live: 'ok',
  slowed: 'attention',
  troubled: 'danger',
  closing: 'pending',
}

export const tokenTones: Record<GoogleToken['state'], ToneName> = {
  wanted: 'pending',
  there: 'ok',
  refused: 'danger',
  used: 'none',
  expired: 'none',
  ending: 'pending',
  gone: 'none',
}

/** Programs that devices can be enrolled through, for whoever may invite. */
export const googleProgramsQuery = queryOptions({
  queryKey: ['programs', 'google'],
  queryFn: ({ signal }) =>
    get<{ items: { id: string; name: string; live: boolean }[] }>('/programs/android', {}, signal),
})

const restless: readonly GoogleState[] = ['key', 'sign-up', 'coming-back', 'preparing', 'closing']

/** One program, looked at often while something is under way. */
export const googleQuery = (id: string) =>
  queryOptions({
    queryKey: ['programs', 'google', id],
    queryFn: ({ signal }) => get<GoogleProgram>(`/programs/android/${id}`, {}, signal),
    refetchInterval: ({ state: { data } }) =>
      data && (data.checking || restless.includes(data.standing)) ? 2000 : 30_000,
  })
