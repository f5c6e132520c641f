import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { useNow } from '../../kit/clock.ts'
import { langOf } from '../../kit/names.ts'
import { Empty, Section } from '../../kit/Page.tsx'
import { State } from '../../kit/State.tsx'
import { type OpenRun, openRunsQuery, runTones, waitingWords } from './run.ts'

/** Devices that are being set up now: those that are stuck first. */
export function OpenRuns() {
  const { t, f } = useVoice()
  const runs = useQuery(openRunsQuery)
  const items = [...(runs.data?.items ?? [])].sort((a, b) => Number(b.state === 'stuck') - Number(a.state === 'stuck'))
  return (
    <Section id="runs" title={t('setupRun.title')} hint={items.length > 0 ? f.number(items.length) : null}>
      {runs.data && items.length === 0 && <Empty title={t('setupRun.none')}>{t('setupRun.noneText')}</Empty>}
      <ul className="arrivals" aria-live="polite">
        {items.map(run => (
          <Run key={run.id} run={run} />
        ))}
      </ul>
    </Section>
  )
}

function Run({ run }: { run: OpenRun }) {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow(1000)
  const words = waitingWords(voice, run)
  return (
    <li className="arrival">
      <h3>
        <Link to="/devices/$device" params={{ device: run.device.id }} lang={langOf(run.device.name)} data-name>
          {run.device.name}
        </Link>
      </h3>
      <State tone={runTones[run.state]}>
        {t(run.state === 'stuck' ? 'setupRun.stuckWord' : 'setupRun.runningWord')}
      </State>
      <p>
        {words !== '' && t('setupRun.waits', { what: words })}{' '}
        {run.total > 0 && t('setupRun.progress', { done: run.done, total: run.total })}
      </p>
      <p className="small muted">
        {t('setupRun.until', { time: f.time(run.until), seen: f.relative(run.lastWordAt, now) })}
      </p>
    </li>
  )
}
