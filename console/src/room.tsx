import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet, redirect, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { onSessionEnded } from './api.ts'
import { allTexts } from './i18n/index.tsx'
import { Fault, NotFound } from './shell/Faults.tsx'
import { House } from './shell/House.tsx'
import { sessionQuery, setupQuery } from './session.tsx'

/** Above every page. */
export const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outside,
  errorComponent: Fault,
  notFoundComponent: Nowhere,
})

/** Everything: when the server says the session is over, the sign-in page comes and later leads back here. */
function Outside() {
  const router = useRouter()
  useEffect(
    () =>
      onSessionEnded(() => {
        const { href, pathname } = router.latestLocation
        if (/^\/(sign-in|setup|accept)/.test(pathname)) return
        router.options.context.client.clear()
        void router.navigate({ to: '/sign-in', search: { next: href, ended: '1' } })
      }),
    [router],
  )
  return <Outlet />
}

/** An address outside of every page stands alone, without the house around it. */
function Nowhere() {
  return (
    <main id="main">
      <NotFound />
    </main>
  )
}

/** The pages behind the sign-in. */
export const house = createRoute({
  getParentRoute: () => root,
  id: 'house',
  component: House,
  errorComponent: Fault,
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData({ ...sessionQuery, revalidateIfStale: false })
    if (session) return
    const setup = await context.client.fetchQuery(setupQuery).catch(() => ({ needed: false }))
    if (setup.needed) throw redirect({ to: '/setup' })
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } })
  },
})

/** A page that needs no sign-in. */
export const gate = { getParentRoute: () => root }
/** The first page behind the sign-in, which says only what the first part of a catalog has. */
export const hall = { getParentRoute: () => house }
/** A page behind the sign-in; areas with several of them list them in a `rooms.tsx` of their own. It is drawn when all texts are there. */
export const room = { getParentRoute: () => house, loader: allTexts }
type Search = Record<string, string>
/** Any search, as plain text. */
export const search = (given: Search): Search => given
