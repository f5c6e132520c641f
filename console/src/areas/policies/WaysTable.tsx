import { useState } from 'react'
import type { Kind, Road, Way } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { sayMode, sayModeShort, sayRoad } from '../../kit/held.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { sayHonor } from '../../kit/PreviewRemarks.tsx'
import { platformNames } from '../../kit/platforms.ts'
import { sayKey } from '../../kit/values.tsx'

/** What each road to a platform makes of each setting in each of its modes: takes effect since which version, or why not. */
export function WaysTable({ kind, settings }: { kind: Kind; settings: readonly string[] }) {
  const voice = useVoice()
  const { t } = voice
  const [all, setAll] = useState(false)
  const [first] = kind.roads
  if (!first) return null
  const every = [...new Set(kind.roads.flatMap(road => Object.keys(road.ways)))].filter(
    k => k !== '' && !k.includes('/'),
  )
  // What the policy says is what counts; the rest is for whoever looks around.
  const shown = all || settings.length === 0 ? every.filter(key => all || anywhere(kind.roads, key)) : [...settings]
  const some = all ? shown : shown.slice(0, settings.length === 0 ? 5 : undefined)
  return (
    <div className="ways-of">
      <h3 id="ways">{t('coverage.lines')}</h3>
      <table className="ways" aria-labelledby="ways">
        <thead>
          <tr>
            <th scope="col">
              <span lang="en">{platformNames[first.platform]}</span>
            </th>
            {first.modes.map(mode => (
              <th key={mode} scope="col">
                <abbr title={sayMode(voice, mode)}>{sayModeShort(voice, mode)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        {some.map(key => (
          <tbody key={key}>
            <tr>
              <th scope="rowgroup" colSpan={first.modes.length + 1}>
                {sayKey(voice, kind.kind, key)}
              </th>
            </tr>
            {kind.roads.map(road => (
              <WayRow key={road.road} road={road} way={road.ways[key] ?? road.ways['']} />
            ))}
          </tbody>
        ))}
      </table>
      {(settings.length > 0 ? every.length > settings.length : every.length > some.length || all) && (
        <Button size="sm" variant="quiet" onClick={() => setAll(!all)}>
          {t(all ? 'coverage.onlyMine' : 'coverage.allSettings')}
        </Button>
      )}
      <Legend modes={first.modes} />
    </div>
  )
}

const anywhere = (roads: readonly Road[], key: string): boolean =>
  roads.some(road => 'by' in (road.ways[key] ?? road.ways[''] ?? { not: '' }))

function WayRow({ road, way }: { road: Road; way: Way | undefined }) {
  const voice = useVoice()
  const { t } = voice
  const name = sayRoad(voice, road.road, { column: true })
  if (!way || 'not' in way)
    return (
      <tr>
        <th scope="row">{name}</th>
        <td colSpan={road.modes.length} className="never">
          <Icon name="minus" /> <span>{sayHonor(voice, way?.not ?? 'no-such-setting')}</span>
        </td>
      </tr>
    )
  return (
    <tr>
      <th scope="row" title={way.by === 'kept' ? t('coverage.kept') : way.by}>
        {name}
      </th>
      {road.modes.map(mode => {
        const from = way.modes[mode]
        return (
          <td key={mode} className={from === undefined ? 'no' : 'yes'}>
            <Icon name={from === undefined ? 'minus' : 'check'} />
            {from === undefined ? (
              <span className="vh">{t('coverage.never')}</span>
            ) : (
              <>
                <span className="vh">{t('coverage.yesFrom', { version: from })}</span>
                <small aria-hidden="true">{from}</small>
              </>
            )}
          </td>
        )
      })}
    </tr>
  )
}

function Legend({ modes }: { modes: readonly string[] }) {
  const { t } = useVoice()
  return (
    <details className="ways-legend">
      <summary>{t('coverage.legend')}</summary>
      <dl>
        <dt className="yes">
          <Icon name="check" /> <small>11</small>
        </dt>
        <dd>{t('coverage.yesFrom', { version: 'Android 11' })}</dd>
        <dt className="no">
          <Icon name="minus" />
        </dt>
        <dd>{t('coverage.never')}</dd>
        {modes.map(mode => (
          <ModeLine key={mode} mode={mode} />
        ))}
      </dl>
    </details>
  )
}

function ModeLine({ mode }: { mode: string }) {
  const voice = useVoice()
  return (
    <>
      <dt>{sayModeShort(voice, mode)}</dt>
      <dd>{sayMode(voice, mode)}</dd>
    </>
  )
}
