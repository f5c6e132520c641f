import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { guardQuery } from './queries.ts'
import { stopsOf } from './stops.tsx'

/** Stands over every page while something is stopped. */
export function GuardBanner() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const now = useNow(60_000)
  const path = useRouterState({ select: state => state.location.pathname })
  const guard = useQuery({ ...guardQuery, enabled: can('guard:read'), refetchInterval: 30_000 })
  if (!guard.data || path === '/settings/guard') return null
  return stopsOf(voice, guard.data, now).map(stop => (
    <div className="banner" key={stop.lift}>
      <Note
        tone={stop.lift === 'unfreeze' || stop.lift === 'close-breaker' ? 'danger' : 'attention'}
        icon="paused"
        role="alert"
        acts={
          <ButtonLink size="sm" to="/settings/guard">
            {t('guard.look')}
          </ButtonLink>
        }
      >
        <p>
          <b>{stop.bold}</b> {stop.text}
        </p>
      </Note>
    </div>
  ))
}
