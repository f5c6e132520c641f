import type { AppRow } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'

/** How far an app is over its devices, as a bar: there, on its way, failed; what is left waits. */
export function AppProgress({ counts, large }: { counts: AppRow['counts']; large?: boolean }) {
  const { t, f } = useVoice()
  const { required, installed, pending, failed } = counts
  const all = Math.max(required, installed + pending + failed)
  if (all === 0) return <span className="muted">–</span>
  const parts = [
    ['ok', installed],
    ['pending', pending],
    ['danger', failed],
  ] as const
  return (
    <span className={large ? 'app-progress large' : 'app-progress'}>
      <span className="app-bar" role="img" aria-label={t('appsPage.standing', counts)}>
        {parts.map(([tone, n]) =>
          n === 0 ? null : <span key={tone} className={`is-${tone}`} style={{ flexGrow: n }} aria-hidden="true" />,
        )}
        {all > installed + pending + failed && (
          <span style={{ flexGrow: all - installed - pending - failed }} aria-hidden="true" />
        )}
      </span>
      <span className="app-of">{t('appsPage.of', { there: f.number(installed), all: f.number(all) })}</span>
    </span>
  )
}
