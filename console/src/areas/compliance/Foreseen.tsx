import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Forecast } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { langOf } from '../../kit/names.ts'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { sayEvidence } from './words.ts'

const pauseMs = 500

/** Asks what a rule would say, a moment after what was typed has settled. A null key asks nothing. */
export function useForecast(key: string | null, run: (signal: AbortSignal) => Promise<{ forecast: Forecast }>) {
  const [settled] = useDebouncedValue(key, pauseMs)
  const asked = useQuery<Forecast>({
    queryKey: ['compliance', 'forecast', settled],
    enabled: settled !== null,
    staleTime: 30_000,
    retry: false,
    placeholderData: previous => previous,
    queryFn: async ({ signal }) => (await run(signal)).forecast,
  })
  return {
    forecast: key === null ? null : (asked.data ?? null),
    error: key === null ? null : asked.error,
    stale: key !== settled || asked.isPlaceholderData || asked.isFetching,
  }
}

/** Would flag so many devices: which, where, and why. */
export function Foreseen(props: { forecast: Forecast | null; error: unknown; stale: boolean }) {
  const voice = useVoice()
  const { t, f } = voice
  const { forecast, error, stale } = props
  if (error) return <ProblemNote error={error} />
  if (!forecast) return <p className="muted">{t(stale ? 'rules.asking' : 'rules.notYet')}</p>
  return (
    <div className={stale ? 'foreseen stale' : 'foreseen'} aria-busy={stale}>
      <Note tone={forecast.flagged > 0 ? 'attention' : 'ok'} role="status">
        <p>
          <b>{t('rules.wouldFlag', { n: forecast.flagged })}</b>{' '}
          {t('rules.wouldElse', {
            compliant: f.number(forecast.compliant),
            unknown: f.number(forecast.unknown),
            other: f.number(forecast.notApplicable),
          })}
        </p>
        {forecast.looked < forecast.of && (
          <p className="small">
            {t('rules.lookedAt', { looked: f.number(forecast.looked), of: f.number(forecast.of) })}
          </p>
        )}
      </Note>
      {forecast.byUnit.length > 1 && (
        <ul className="where">
          {forecast.byUnit.slice(0, 8).map(one => (
            <li key={one.unit.id}>
              <span lang={langOf(one.unit.name)}>{shortPath(one.unit.path)}</span>
              <span className="num">{f.number(one.devices)}</span>
            </li>
          ))}
        </ul>
      )}
      {forecast.sample.length > 0 && (
        <ul className="sample">
          {forecast.sample.slice(0, 10).map(one => (
            <li key={`${one.id} ${one.rule}`}>
              <Link to="/devices/$device" params={{ device: one.id }} lang={langOf(one.name)}>
                {one.name}
              </Link>
              <span className="soft">{sayEvidence(voice, one.evidence)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
