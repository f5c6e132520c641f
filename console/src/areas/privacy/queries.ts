import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type {
  Charter,
  CharterSigning,
  CharterVersion,
  Difference,
  Look,
  PrivacyCheck,
  Rules,
} from '../../contract/privacy.ts'
import { signWithPasskey } from '../../kit/webauthn.ts'

/** The charter in force, and the change that waits. */
export const charterQuery = queryOptions({
  queryKey: ['privacy', 'charter'],
  queryFn: ({ signal }) => get<Charter>('/privacy/charter', {}, signal),
})

/** Every version, newest first. */
export const versionsQuery = infiniteQueryOptions({
  queryKey: ['privacy', 'versions'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) =>
    get<{ items: CharterVersion[]; next: string | null }>(
      '/privacy/charters',
      { limit: 10, ...(pageParam === '' ? {} : { cursor: pageParam }) },
      signal,
    ),
  getNextPageParam: page => page.next,
})

/** Who looked at what, newest first. */
export const looksQuery = infiniteQueryOptions({
  queryKey: ['privacy', 'looks'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) =>
    get<{ items: Look[]; next: string | null }>(
      '/privacy/looks',
      { limit: 20, ...(pageParam === '' ? {} : { cursor: pageParam }) },
      signal,
    ),
  getNextPageParam: page => page.next,
})

/** Charters to begin with. */
export const presetsQuery = queryOptions({
  queryKey: ['privacy', 'presets'],
  queryFn: ({ signal }) =>
    get<{ items: { name: 'strict' | 'balanced' | 'dedicated'; rules: Rules; differences: Difference[] }[] }>(
      '/privacy/presets',
      {},
      signal,
    ),
})

/** Admins who may be named as co-signers. */
export const signersQuery = queryOptions({
  queryKey: ['privacy', 'signers'],
  queryFn: ({ signal }) => get<{ items: { id: string; name: string }[] }>('/privacy/signers', {}, signal),
})

/** What the last examination found. */
export const checkQuery = queryOptions({
  queryKey: ['privacy', 'check'],
  queryFn: ({ signal }) => get<{ check: PrivacyCheck | null }>('/privacy/check', {}, signal),
})

/** A wish for another charter. */
export interface Wish {
  rules: Rules
  cosigners: string[]
  why: string
}

/** What a wish comes to, shown or carried out. */
export const wishFor = (
  wish: Wish,
  dryRun: boolean,
): Promise<{ charter: string | null; change: string | null; differences: Difference[]; loosens: boolean }> =>
  call('POST', `/privacy/charter/changes${dryRun ? '?dryRun=true' : ''}`, { body: wish })

/** Lets the passkey of a co-signer sign a change. */
export async function signChange(id: string): Promise<void> {
  const options = await call<CharterSigning>('POST', `/privacy/charter/changes/${id}/signature-options`)
  await call('POST', `/privacy/charter/changes/${id}/sign`, { body: { response: await signWithPasskey(options) } })
}
