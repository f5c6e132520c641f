import { useQuery } from '@tanstack/react-query'
import { LiveProvider } from '../live.tsx'
import { ScopeProvider } from '../scope.tsx'
import { SessionProvider, sessionQuery } from '../session.tsx'
import { Shell } from './Shell.tsx'

/** The pages behind the sign-in, with the session, the scope and the live stream around them. */
export function House() {
  const session = useQuery(sessionQuery)
  if (!session.data) return null
  return (
    <SessionProvider session={session.data}>
      <ScopeProvider>
        <LiveProvider>
          <Shell />
        </LiveProvider>
      </ScopeProvider>
    </SessionProvider>
  )
}
