import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { FixMap } from './FixMap.tsx'
import { coordinates, distanceM } from './geometry.ts'
import { type Fix, type Fixes, fixesQuery, type Incident, look } from './queries.ts'

/** Where the device is: sealed until somebody looks, then a map and the same as a list. */
export function WhereItIs({ incident }: { incident: Incident }) {
  const { t } = useVoice()
  const can = useCan()
  const open = incident.state === 'open'
  const able = can('devices:locate') && open && (incident.action === 'lost-mode' || incident.fixes > 0)
  const fixes = useQuery({ ...fixesQuery(incident.id), enabled: able })
  if (!open && incident.fixes > 0 && incident.state !== 'closed')
    return <p className="where-over small muted">{t('incident.whereOver')}</p>
  if (!able) return null
  return (
    <section className="where" aria-labelledby="where">
      <h2 id="where" className="vh">
        {t('incident.where')}
      </h2>
      <ProblemNote error={fixes.error} />
      {fixes.data?.gated && <Gate incident={incident} />}
      {fixes.data && !fixes.data.gated && <Shown incident={incident} fixes={fixes.data} />}
    </section>
  )
}

function Gate({ incident }: { incident: Incident }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const open = useMutation({ mutationFn: () => look(client, incident.id) })
  return (
    <div className="where-gate">
      <p>
        <b>{t('incident.gate')}</b>{' '}
        <span className="soft">
          {t('incident.gateText', { n: incident.fixes, name: incident.user?.name ?? t('incident.itsPerson') })}
        </span>
      </p>
      <Button size="big" icon="eye" busy={open.isPending} onClick={() => open.mutate()}>
        {t('incident.look')}
      </Button>
      <ProblemNote error={open.error} />
    </div>
  )
}

function Shown({ incident, fixes }: { incident: Incident; fixes: Fixes }) {
  const { t, f } = useVoice()
  const [now] = fixes.items
  if (!now)
    return (
      <div className="where-gate">
        <p>
          <b>{t('incident.noFix')}</b> <span className="soft">{t('incident.noFixText')}</span>
        </p>
      </div>
    )
  return (
    <>
      <figure className="where-map">
        <FixMap fixes={fixes.items} tiles={fixes.tiles} />
        <figcaption>
          <p>
            <b className="mono">{coordinates(now)}</b>,{' '}
            {t('incident.within', { accuracy: f.number(Math.round(now.accuracyM)) })}
          </p>
          <Copy text={coordinates(now)} label={t('incident.copyPlace')} />
          <span>
            <Age at={now.at} ago />
          </span>
        </figcaption>
      </figure>
      <details className="fixes" open>
        <summary>
          <Icon name="down" />
          {t('incident.asList')}
          <span className="muted push">{t('incident.fixes', { n: fixes.items.length })}</span>
        </summary>
        <List fixes={fixes.items} />
        <p className="small muted">
          {t('incident.becauseOf', { name: incident.user?.name ?? t('incident.itsPerson') })}
        </p>
      </details>
    </>
  )
}

const listed = 50

function List({ fixes }: { fixes: readonly Fix[] }) {
  const { t, f } = useVoice()
  return (
    <table className="t">
      <caption className="vh">{t('incident.fixCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('incident.fixTime')}</th>
          <th scope="col">{t('incident.fixPlace')}</th>
          <th scope="col" className="num">
            {t('incident.fixWithin')}
          </th>
        </tr>
      </thead>
      <tbody>
        {fixes.slice(0, listed).map((fix, at) => {
          const before = fixes[at + 1]
          return (
            <tr key={fix.id}>
              <th scope="row">
                <time dateTime={new Date(fix.at).toISOString()} data-full={f.exact(fix.at)}>
                  {f.seconds(fix.at)}
                </time>
              </th>
              <td>
                <span className="mono">{coordinates(fix)}</span>
                {before && (
                  <span className="fix-moved">
                    {t('incident.fixMoved', { distance: meters(f, distanceM(before, fix)) })}
                  </span>
                )}
              </td>
              <td className="num">{f.number(Math.round(fix.accuracyM))}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function meters(f: { number(value: number): string }, m: number): string {
  return m >= 1000 ? `${f.number(Math.round(m / 100) / 10)} km` : `${f.number(Math.round(m))} m`
}
