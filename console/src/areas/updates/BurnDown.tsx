import { useQuery } from '@tanstack/react-query'
import type { Campaign, Points } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { pointsQuery } from './queries.ts'

const width = 720
const height = 180

/** How many devices are still to do, over time, and when it is likely to be through; the same as a list for who does not see it. */
export function BurnDown({ campaign }: { campaign: Campaign }) {
  const { t, f } = useVoice()
  const points = useQuery(pointsQuery(campaign.id))
  const items = points.data?.items ?? []
  const eta = points.data?.eta ?? null
  const last = items.at(-1)
  return (
    <Section
      id="burn-down"
      title={t('campaign.burnDown')}
      by={last && (eta === null ? t('campaign.etaNone') : t('campaign.eta', { at: f.dateTime(eta) }))}
    >
      <ProblemNote error={points.error} />
      {items.length < 2 && <p className="small muted">{t('campaign.burnDownBegins')}</p>}
      {items.length >= 2 && (
        <>
          <Chart items={items} due={new Date(`${campaign.due}:00`).getTime()} />
          <details>
            <summary className="small">{t('compliance.asList')}</summary>
            <ul className="small">
              {sparse(items, 24).map(p => (
                <li key={p.at}>
                  {t('campaign.point', { at: f.dateTime(p.at), left: p.eligible, done: p.done, blocked: p.blocked })}
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Section>
  )
}

function sparse<T>(items: readonly T[], most: number): T[] {
  const every = Math.max(1, Math.ceil(items.length / most))
  return items.filter((_, at) => at % every === 0 || at === items.length - 1).toReversed()
}

/** Round steps for an axis that ends at or above the most: at most four, whole devices. */
function stepsOf(most: number): number[] {
  const raw = Math.max(1, most / 4)
  const ten = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map(n => n * ten).find(n => n >= raw) ?? raw
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step)
}

const ticks = 4

function Chart({ items, due }: { items: Points['items']; due: number }) {
  const { t, f } = useVoice()
  const first = items[0]?.at ?? 0
  const span = Math.max(1, (items.at(-1)?.at ?? 0) - first)
  const steps = stepsOf(Math.max(1, ...items.map(p => Math.max(p.eligible, p.done))))
  const top = steps.at(-1) ?? 1
  const x = (at: number): number => Math.round(((at - first) / span) * width)
  const y = (n: number): number => Math.round(height - (n / top) * height)
  const line = (of: (p: Points['items'][number]) => number): string =>
    items.map((p, at) => `${at === 0 ? 'M' : 'L'}${x(p.at)} ${y(of(p))}`).join('')
  const area = `${line(p => p.eligible)}L${width} ${height}L0 ${height}Z`
  const days = span > 36 * 3_600_000
  const dueInside = due > first && due < first + span
  return (
    <figure className="burn">
      <p className="burn-keys small soft">
        <span className="burn-key">
          <i className="burn-key-left" /> {t('campaign.left')}
        </span>
        <span className="burn-key">
          <i className="burn-key-done" /> {t('campaign.standing.done')}
        </span>
        {dueInside && (
          <span className="burn-key">
            <i className="burn-key-due" /> {t('campaign.dueLine')}
          </span>
        )}
      </p>
      <div className="burn-plot">
        <div className="burn-y small muted" aria-hidden="true">
          {steps.map(n => (
            <span key={n} style={{ bottom: `${(n / top) * 100}%` }}>
              {f.number(n)}
            </span>
          ))}
        </div>
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {steps.map(n => (
            <path key={n} className="burn-grid" d={`M0 ${y(n)}L${width} ${y(n)}`} vectorEffect="non-scaling-stroke" />
          ))}
          <path className="burn-left" d={area} />
          <path className="burn-line" d={line(p => p.eligible)} vectorEffect="non-scaling-stroke" />
          <path className="burn-done" d={line(p => p.done)} vectorEffect="non-scaling-stroke" />
          {dueInside && (
            <path className="burn-due" d={`M${x(due)} 0L${x(due)} ${height}`} vectorEffect="non-scaling-stroke" />
          )}
        </svg>
      </div>
      <figcaption className="burn-x small muted">
        {Array.from({ length: ticks + 1 }, (_, n) => first + (span * n) / ticks).map((at, n) => (
          <span key={at} className={n % ticks === 0 ? undefined : 'burn-between'}>
            {days ? f.date(at) : n === 0 || n === ticks ? f.dateTime(at) : f.time(at)}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
