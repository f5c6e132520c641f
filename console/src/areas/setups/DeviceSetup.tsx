import { useQuery } from '@tanstack/react-query'
import { useVoice } from '../../i18n/index.tsx'
import { useNow } from '../../kit/clock.ts'
import { Note } from '../../kit/State.tsx'
import { runQuery, runTones, waitingWords } from './run.ts'

/** An end that lacked something stays on the page for so long. */
const recentMs = 24 * 3_600_000

/** The set-up of a device while it goes on, and for a day where it ended without everything. */
export function DeviceSetup({ device }: { device: string }) {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow(1000)
  const { data } = useQuery(runQuery(device))
  const run = data?.run
  if (!run) return null
  const late = run.state === 'timed-out' && run.endedAt !== null && now - run.endedAt < recentMs
  if (run.endedAt !== null && !late) return null
  const words = waitingWords(voice, run)
  const key = run.state === 'stuck' ? 'setupRun.stuck' : late ? 'setupRun.late' : 'setupRun.running'
  return (
    <div className="pad">
      <Note tone={runTones[run.state]} role="status">
        <p>
          <b>{t(key)}</b>{' '}
          {words !== '' && (late ? t('setupRun.lacked', { what: words }) : t('setupRun.waits', { what: words }))}{' '}
          {run.total > 0 && t('setupRun.progress', { done: run.done, total: run.total })}{' '}
          {!late && t('setupRun.until', { time: f.time(run.until), seen: f.relative(run.lastWordAt, now) })}
        </p>
      </Note>
    </div>
  )
}
