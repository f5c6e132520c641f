import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { useCan } from '../../session.tsx'
import { summaryQuery } from './query.ts'

const most = 99

/** The bell of the top bar: how many alerts are new to this person; moves with the stream of events. */
export function Bell() {
  const can = useCan()
  return can('alerts:read') ? <Rings /> : null
}

function Rings() {
  const { t, f } = useVoice()
  const summary = useQuery({ ...summaryQuery, refetchInterval: 120_000 })
  const n = summary.data?.unseen ?? 0
  return (
    <Link to="/alerts" className="top-btn bell">
      <Icon name="bell" />
      <span className="vh">{t('alerts.bell', { n })}</span>
      {n > 0 && (
        <span className="bell-n" aria-hidden="true">
          {n > most ? `${f.number(most)}+` : f.number(n)}
        </span>
      )}
    </Link>
  )
}
