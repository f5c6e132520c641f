import { useQuery } from '@tanstack/react-query'
import type { Campaign, Points } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { pointsQuery } from './queries.ts'

const width = 720
const height = 160

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
          <Chart items={items} />
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

function Chart({ items }: { items: Points['items'] }) {
  const { t, f } = useVoice()
  const first = items[0]?.at ?? 0
  const span = Math.max(1, (items.at(-1)?.at ?? 0) - first)
  const most = Math.max(1, ...items.map(p => p.eligible + p.done))
  const x = (at: number): number => Math.round(((at - first) / span) * width)
  const y = (n: number): number => Math.round(height - (n / most) * (height - 4))
  const line = (of: (p: Points['items'][number]) => number): string =>
    items.map((p, at) => `${at === 0 ? 'M' : 'L'}${x(p.at)} ${y(of(p))}`).join('')
  const area = `${line(p => p.eligible)}L${width} ${height}L0 ${height}Z`
  return (
    <figure className="burn">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="burn-left" d={area} />
        <path className="burn-line" d={line(p => p.eligible)} vectorEffect="non-scaling-stroke" />
        <path className="burn-done" d={line(p => p.done)} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="small muted">
        <span>{f.dateTime(first)}</span>
        <span className="burn-key">
          <i className="burn-key-left" /> {t('campaign.left')} <i className="burn-key-done" />{' '}
          {t('campaign.standing.done')}
        </span>
        <span>{f.dateTime(items.at(-1)?.at ?? 0)}</span>
      </figcaption>
    </figure>
  )
}
