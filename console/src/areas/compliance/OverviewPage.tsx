import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import '../../kit/css/compliance.css'
import type { ComplianceSummary, StateCounts } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Roll, type Share } from '../../kit/Roll.tsx'
import { Sentence } from '../../kit/State.tsx'
import { shortPath, unitFilter } from '../../scope.tsx'
import { ComplianceNav } from './ComplianceNav.tsx'
import { summaryQuery } from './queries.ts'
import { RuleTable } from './RulesPage.tsx'
import { verdicts } from './words.ts'

const states = ['violating', 'grace', 'unknown', 'compliant'] as const
const tones: Record<(typeof states)[number], Share['tone']> = {
  violating: 'bad',
  grace: 'att',
  unknown: 'pend',
  compliant: 'ok',
}
const sharesOf = (counts: StateCounts): Share[] => states.map(s => ({ tone: tones[s], count: counts[s] }))
const totalOf = (counts: StateCounts): number => states.reduce((sum, s) => sum + counts[s], 0)

/** How the fleet stands: by rule, by unit, by person, and over 30 days. */
export function OverviewPage() {
  const { t } = useVoice()
  const summary = useQuery(summaryQuery)
  return (
    <>
      <PageHead title={t('compliance.title')} lede={summary.data ? <Lede summary={summary.data} /> : undefined} />
      <ComplianceNav />
      <ProblemNote error={summary.error} />
      {summary.isPending && (
        <div className="pad below-tabs">
          <Bones lines={6} label={t('kit.loading')} />
        </div>
      )}
      {summary.data && <Whole summary={summary.data} />}
    </>
  )
}

function Lede({ summary }: { summary: ComplianceSummary }) {
  const { t } = useVoice()
  const { violating, grace } = summary.states
  if (summary.byRule.length === 0) return null
  const tone = violating > 0 ? 'danger' : grace > 0 ? 'attention' : 'ok'
  return (
    <Sentence tone={tone}>
      {violating + grace === 0 ? t('compliance.allWell') : t('compliance.sentence', { violating, grace })}
    </Sentence>
  )
}

function Whole({ summary }: { summary: ComplianceSummary }) {
  const { t, f } = useVoice()
  const { byRule, byUnit, byPerson, exceptions } = summary
  if (byRule.length === 0)
    return (
      <div className="pad below-tabs">
        <Empty
          title={t('rules.none')}
          action={
            <ButtonLink to="/reports/frameworks" variant="primary">
              {t('rules.fromFrameworks')}
            </ButtonLink>
          }
        >
          {t('rules.noneText')}
        </Empty>
      </div>
    )
  const words = states.map(s => `${f.number(summary.states[s])} ${t(verdicts[s].label)}`)
  return (
    <>
      <div className="pad below-tabs">
        <Roll large shares={sharesOf(summary.states)} label={f.list(words)} />
        {exceptions.granted + exceptions.asked > 0 && (
          <p className="small">
            <Link to="/reports/exceptions">
              {t('compliance.exceptions', {
                granted: exceptions.granted,
                asked: exceptions.asked,
                soon: exceptions.endingSoon,
              })}
            </Link>
          </p>
        )}
      </div>
      <Trend summary={summary} />
      <Section id="by-rule" title={t('compliance.byRule')}>
        <RuleTable rows={byRule.slice(0, 20)} caption={t('compliance.byRule')} />
      </Section>
      <Section id="by-unit" title={t('compliance.byUnit')}>
        <ListTable
          caption={t('compliance.byUnit')}
          rows={byUnit}
          keyOf={row => row.unit.id}
          columns={[
            { id: 'unit', head: t('device.col.unit'), cell: row => shortPath(row.unit.path) },
            {
              id: 'share',
              head: t('home.share'),
              aside: true,
              cell: row => <Roll shares={sharesOf(row.states)} label={f.number(totalOf(row.states))} />,
            },
            ...states.map(state => ({
              id: state,
              head: t(verdicts[state].label),
              width: 110,
              num: true,
              aside: state === 'unknown' || state === 'grace',
              cell: (row: (typeof byUnit)[number]) =>
                row.states[state] === 0 ? (
                  <span className="muted">{f.number(0)}</span>
                ) : (
                  <Link to="/devices" search={{ filter: `compliance:${state} ${unitFilter(row.unit)}` }}>
                    {f.number(row.states[state])}
                  </Link>
                ),
            })),
          ]}
        />
      </Section>
      {byPerson.length > 0 && (
        <Section id="by-person" title={t('compliance.byPerson')}>
          <ListTable
            caption={t('compliance.byPerson')}
            rows={byPerson}
            keyOf={row => row.id}
            columns={[
              {
                id: 'name',
                head: t('people.name'),
                cell: row => (
                  <Link to="/people/$user" params={{ user: row.id }} lang={langOf(row.name)}>
                    {row.name}
                  </Link>
                ),
              },
              { id: 'devices', head: t('nav.devices'), width: 110, num: true, cell: row => f.number(row.devices) },
              {
                id: 'violations',
                head: t('compliance.violations'),
                width: 130,
                num: true,
                cell: row => f.number(row.violations),
              },
              { id: 'since', head: t('compliance.since'), width: 140, aside: true, cell: row => f.date(row.since) },
            ]}
          />
        </Section>
      )}
    </>
  )
}

/** One bar for each day that was kept: how many violate something. The same as a list for who does not see it. */
function Trend({ summary }: { summary: ComplianceSummary }) {
  const { t, f } = useVoice()
  const { trend } = summary
  const most = Math.max(1, ...trend.map(d => d.states.violating + d.states.grace))
  const said = (day: (typeof trend)[number]): string =>
    t('compliance.onDay', {
      day: f.date(Date.parse(day.day)),
      n: day.states.violating + day.states.grace,
      of: f.number(totalOf(day.states)),
    })
  if (trend.length < 2) return <p className="pad small muted">{t('compliance.trendBegins')}</p>
  return (
    <Section id="trend" title={t('compliance.trend')}>
      <svg
        className="trend-chart"
        viewBox={`0 0 ${trend.length * 12} 60`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {trend.map((day, at) => {
          const height = ((day.states.violating + day.states.grace) / most) * 56
          return <rect key={day.day} x={at * 12 + 1} y={60 - height} width={10} height={Math.max(1, height)} />
        })}
      </svg>
      <details className="pad">
        <summary className="small">{t('compliance.asList')}</summary>
        <ul className="small">
          {trend.toReversed().map(day => (
            <li key={day.day}>{said(day)}</li>
          ))}
        </ul>
      </details>
    </Section>
  )
}
