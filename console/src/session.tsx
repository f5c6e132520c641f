import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useMantineColorScheme } from '@mantine/core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef } from 'react'
import { call, get, Refusal } from './api.ts'
import type { Scheme, Session } from './contract.ts'
import { useVoice } from './i18n/index.tsx'

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await get<Session>('/session', {}, signal)
    } catch (error) {
      if (error instanceof Refusal && error.problem.status === 401) return null
      throw error
    }
  },
})

/** Whether this server still waits for its first admin. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => get<{ needed: boolean }>('/setup', {}, signal),
})

const SessionContext = createContext<Session | null>(null)

/** The signed-in admin; only inside the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside of the shell')
  return session
}

/** Whether the signed-in admin holds a permission somewhere; the server decides for each unit. */
export function useCan(): (permission: string) => boolean {
  const { permissions } = useSession()
  return permission => permissions.includes(permission) || permissions.includes('*')
}

/** Gives the session to the pages and applies the person's own language, scheme and contrast. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const { setLocale } = useVoice()
  const { theme, contrast, locale } = session.admin
  const applyLook = useApplyLook()
  useEffect(() => applyLook(theme, contrast), [applyLook, theme, contrast])
  useEffect(() => {
    if (locale) setLocale(locale)
  }, [locale, setLocale])
  return <SessionContext value={session}>{children}</SessionContext>
}

/** Puts a scheme and a contrast on the page and keeps them for the next first paint. */
export function useApplyLook(): (scheme: Scheme, contrast: string | null) => void {
  const { setColorScheme } = useMantineColorScheme()
  const set = useRef(setColorScheme)
  set.current = setColorScheme
  // Always the same function: whoever applies a look when it changes must not apply an old one at every drawing, over another tab's.
  return useCallback((scheme, contrast) => {
    set.current(scheme === 'system' ? 'auto' : scheme)
    const wanted = contrast === 'more' || contrast === 'normal' ? contrast : null
    if (wanted) document.documentElement.dataset['contrast'] = wanted
    else delete document.documentElement.dataset['contrast']
    try {
      if (wanted) localStorage.setItem('muster-contrast', wanted)
      else localStorage.removeItem('muster-contrast')
    } catch {
      // Storage may be refused; the choice then comes with the session.
    }
  }, [])
}

/** The session where the guard has already made sure of it. */
export function useKnownSession(): Session | null {
  return useSuspenseQuery(sessionQuery).data
}

/** Ends the session here and on the server, and forgets everything that was read. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await call('POST', '/sign-out').catch(() => undefined)
    client.clear()
    location.assign('/sign-in')
  }
}
