import { Link } from '@tanstack/react-router'
import type { HomeAnswer, StateCounts } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import { Roll, type Share } from '../../kit/Roll.tsx'
import { State } from '../../kit/State.tsx'
import { unitFilter } from '../../scope.tsx'
import { deviceStates, formIcon, kindNames } from '../devices/words.ts'

const shown = ['active', 'silent', 'lost', 'enrolling'] as const

const sharesOf = (counts: StateCounts): Share[] => [
  { tone: 'ok', count: counts.active },
  { tone: 'att', count: counts.silent },
  { tone: 'bad', count: counts.lost },
  { tone: 'pend', count: counts.enrolling },
]

/** The fleet by state, platform and unit: whole cells, always beside their numbers. */
export function Fleet({ fleet }: { fleet: HomeAnswer['fleet'] }) {
  const { t, f } = useVoice()
  const { states } = fleet
  const total = shown.reduce((sum, state) => sum + states[state], 0)
  const words = shown.map(state => `${f.number(states[state])} ${t(deviceStates[state].label)}`)
  return (
    <section aria-labelledby="fleet">
      <div className="sec-head">
        <h2 id="fleet">{t('home.fleet')}</h2>
        <span className="by">{t('home.counted', { time: f.time(fleet.at) })}</span>
      </div>
      <Roll large shares={sharesOf(states)} label={f.list(words)} />
      <div className="scroll-x">
        <table className="t inset fleet">
          <caption className="vh">{t('home.fleetCaption')}</caption>
          <colgroup>
            <col style={{ width: '150px' }} />
            <col />
            {shown.map(state => (
              <col key={state} style={{ width: '92px' }} />
            ))}
            <col style={{ width: '64px' }} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">{t('home.platformOrUnit')}</span>
              </th>
              <th scope="col">
                <span className="vh">{t('home.share')}</span>
              </th>
              {shown.map(state => (
                <th key={state} scope="col" className="num">
                  <State tone={deviceStates[state].tone} icon={deviceStates[state].icon}>
                    {t(deviceStates[state].label)}
                  </State>
                </th>
              ))}
              <th scope="col" className="num">
                {t('home.all')}
              </th>
            </tr>
          </thead>
          <tbody>
            <GroupRow title={t('home.byPlatform')} />
            {byPlatform(fleet.byPlatform).map(line => (
              <Line
                key={line.platform}
                icon={formIcon(line.formFactor)}
                name={kindNames[line.platform]}
                filter={`platform:${line.platform}`}
                counts={line}
              />
            ))}
          </tbody>
          {fleet.byUnit.length > 0 && (
            <tbody>
              <GroupRow title={t('home.byUnit')} />
              {fleet.byUnit.map(line => (
                <Line
                  key={line.unit.id}
                  icon="unit"
                  name={line.unit.name}
                  filter={unitFilter(line.unit)}
                  counts={line}
                />
              ))}
            </tbody>
          )}
          <tfoot>
            <tr>
              <th scope="row">{t('scope.all')}</th>
              <td />
              {shown.map(state => (
                <td key={state} className="num">
                  {f.number(states[state])}
                </td>
              ))}
              <td className="num strong">{f.number(total)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

function GroupRow({ title }: { title: string }) {
  return (
    <tr className="grp">
      <th scope="rowgroup" colSpan={3 + shown.length}>
        {title}
      </th>
    </tr>
  )
}

function Line(props: { icon: IconName; name: string; filter: string; counts: StateCounts & { total: number } }) {
  const { f } = useVoice()
  return (
    <tr>
      <th scope="row">
        <span className="dev">
          <Icon name={props.icon} />
          <Link className="cut" to="/devices" search={{ filter: props.filter }}>
            {props.name}
          </Link>
        </span>
      </th>
      <td>
        <Roll shares={sharesOf(props.counts)} cells={24} />
      </td>
      {shown.map(state => (
        <td key={state} className={props.counts[state] === 0 ? 'num muted' : 'num'}>
          {f.number(props.counts[state])}
        </td>
      ))}
      <td className="num strong">{f.number(props.counts.total)}</td>
    </tr>
  )
}

type PlatformLine = HomeAnswer['fleet']['byPlatform'][number]

/** One line per platform, as the filter knows them: laptops and desktops of one platform together. */
function byPlatform(lines: readonly PlatformLine[]): PlatformLine[] {
  const sums = new Map<string, PlatformLine>()
  for (const line of lines) {
    const sum = sums.get(line.platform)
    if (!sum) sums.set(line.platform, { ...line })
    else for (const key of ['active', 'silent', 'lost', 'enrolling', 'ended', 'total'] as const) sum[key] += line[key]
  }
  return [...sums.values()]
}
