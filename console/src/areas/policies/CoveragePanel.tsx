import { useQuery } from '@tanstack/react-query'
import type { Coverage, HeldAs, Kind, Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { sayHeld } from '../../kit/held.ts'
import { Bones } from '../../kit/Page.tsx'
import { platformNames, platformOrder } from '../../kit/platforms.ts'
import { sayHonor, UnhonoredLine } from '../../kit/PreviewRemarks.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { State } from '../../kit/State.tsx'
import { coverageQuery } from './queries.ts'
import { WaysTable } from './WaysTable.tsx'

/** What each platform makes of the policy: over the real fleet once it reaches devices, else by what platforms can do. */
export function CoveragePanel(props: { policy: Policy | null; kind: Kind; settings: readonly string[] }) {
  const voice = useVoice()
  const { t, f } = voice
  const { policy, kind, settings } = props
  const coverage = useQuery({ ...coverageQuery(policy?.id ?? ''), enabled: policy !== null })
  const real = coverage.data
  return (
    <section aria-labelledby="coverage">
      <div className="sec-head">
        <h2 id="coverage">{t('coverage.title')}</h2>
        {real && real.devices > 0 && <span className="by">{t('preview.devices', { n: real.devices })}</span>}
      </div>
      <ProblemNote error={coverage.error} />
      {policy !== null && coverage.isPending && <Bones lines={3} label={t('kit.loading')} />}
      {real && real.devices > 0 ? (
        <RealCoverage coverage={real} kind={kind.kind} />
      ) : (
        (policy === null || real) && (
          <ul className="gaps can">
            {platformOrder
              .filter(platform => kind.honors[platform] || kind.platforms[platform])
              .map(platform => {
                const { full, partly, reason } = countHonors(kind, platform, settings)
                return (
                  <li key={platform}>
                    <b>{platformNames[platform]}</b>{' '}
                    {settings.length === 0 ? (
                      <span className="muted">{t('coverage.can')}</span>
                    ) : (
                      <State
                        tone={full === settings.length ? 'ok' : full + partly === 0 ? 'none' : 'attention'}
                        icon={full === settings.length ? 'ok' : full + partly === 0 ? 'canceled' : 'attention'}
                        quiet
                      >
                        {t('coverage.settings', { full: f.number(full + partly), of: settings.length })}
                      </State>
                    )}
                    {reason && <span className="gap-why"> {sayHonor(voice, reason)}</span>}
                  </li>
                )
              })}
          </ul>
        )
      )}
      {kind.roads.length > 0 && <WaysTable kind={kind} settings={settings} />}
    </section>
  )
}

function RealCoverage({ coverage, kind }: { coverage: Coverage; kind: string }) {
  const voice = useVoice()
  const { t, f } = voice
  return (
    <>
      <table className="t inset cov">
        <caption className="vh">{t('coverage.caption')}</caption>
        <colgroup>
          <col style={{ width: '72px' }} />
          <col />
          <col style={{ width: '76px' }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('device.col.platform')}</th>
            <th scope="col">
              <span className="vh">{t('coverage.share')}</span>
            </th>
            <th scope="col" className="num">
              {t('coverage.honorAll')}
            </th>
          </tr>
        </thead>
        <tbody>
          {coverage.platforms.map(line => (
            <tr key={`${line.platform}${line.road}${line.mode}`}>
              <th scope="row" title={sayHeld(voice, line)}>
                {sayHeld(voice, line)}
              </th>
              <td>
                <Roll
                  shares={[
                    { tone: 'ok', count: line.full },
                    { tone: 'att', count: line.partly },
                    { tone: 'rest', count: line.not },
                  ]}
                />
              </td>
              <td className="num">
                {f.number(line.full)} / {f.number(line.devices)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="gaps">
        {coverage.platforms.flatMap(line =>
          line.gaps.map(gap => (
            <li key={`${line.platform}${line.road}${line.mode}${gap.reason}`}>
              <UnhonoredLine gap={{ ...gap, ...heldAs(line), kind }} />
            </li>
          )),
        )}
      </ul>
    </>
  )
}

const heldAs = ({ platform, road, mode }: HeldAs): HeldAs => ({ platform, road, mode })

/** How many of these settings a platform takes, wholly and partly, and the first reason why it does not take one. */
function countHonors(kind: Kind, platform: (typeof platformOrder)[number], settings: readonly string[]) {
  const of = kind.honors[platform] ?? {}
  const all = settings.map(key => of[key] ?? of[''] ?? kind.platforms[platform] ?? null)
  return {
    full: all.filter(honor => honor?.how === 'full').length,
    partly: all.filter(honor => honor?.how === 'partly').length,
    reason: all.find(honor => honor && honor.how !== 'full' && honor.reason)?.reason ?? null,
  }
}
