import type { HomeAnswer } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'

/** How fast devices come after a wake: the middle, the slow twentieth, and the spread as a list of bars. */
export function PushPanel({ push }: { push: HomeAnswer['push'] }) {
  const { t, f } = useVoice()
  const total = push.histogram.reduce((sum, bar) => sum + bar.count, 0)
  const most = Math.max(1, ...push.histogram.map(bar => bar.count))
  if (total === 0) return null
  const last = push.histogram.findLastIndex(bar => bar.count > 0)
  return (
    <section aria-labelledby="wakes" className="wakes">
      <div className="sec-head">
        <h2 id="wakes">{t('home.wakes')}</h2>
        <span className="by">{t('home.wakesCount', { n: total })}</span>
      </div>
      <p className="small soft">
        {t('home.wakesText', { p50: f.span(push.p50Ms ?? 0), p95: f.span(push.p95Ms ?? 0) })}
      </p>
      <ul className="bars">
        {push.histogram.slice(0, last + 2).map(bar => (
          <li key={bar.upToMs ?? 'slower'}>
            <span className="small muted">
              {bar.upToMs !== null ? t('home.upTo', { time: f.span(bar.upToMs) }) : t('home.slower')}
            </span>
            <span className="roll" aria-hidden="true">
              <i
                className="acc"
                style={{ width: `${bar.count === 0 ? 0 : Math.max(1, Math.round((bar.count / most) * 20)) * 5}px` }}
              />
            </span>
            <span className="small num">{f.number(bar.count)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
