import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { homeQuery } from './query.ts'
import { useScope } from '../../scope.tsx'
import { Decisions, isNow } from './Decisions.tsx'
import { Expiry } from './Expiry.tsx'
import { Fleet } from './Fleet.tsx'
import { PushPanel } from './PushPanel.tsx'

const dayMs = 86_400_000

/** What needs a person, then the fleet in numbers, then what expires. */
export function Home() {
  const { t, f, rich } = useVoice()
  const now = useNow()
  const scope = useScope()
  const home = useQuery({ ...homeQuery, refetchInterval: 60_000 })
  const answer = home.data
  const states = answer?.fleet.states
  const total = states ? states.active + states.silent + states.lost + states.enrolling : 0
  const due = answer?.decisions.length ?? 0
  const urgent = answer?.decisions.filter(decision => isNow(decision, now, dayMs)).length ?? 0
  return (
    <>
      <PageHead
        title={t('nav.home')}
        lede={answer ? t('home.lede', { due, urgent, total, active: states?.active ?? 0 }) : null}
        aside={f.full(now)}
      />
      <div className="pad">
        <ProblemNote error={home.error} />
        {scope.unit && (
          <Note tone="info">
            <p>
              {rich('home.scope', { unit: scope.unit.name }, { link: inside => <Link to="/devices">{inside}</Link> })}
            </p>
          </Note>
        )}
      </div>
      {!answer && !home.error && (
        <div className="pad">
          <Bones lines={9} label={t('kit.loading')} />
        </div>
      )}
      {answer && <Decisions decisions={answer.decisions} now={now} />}
      {answer && total + (states?.ended ?? 0) === 0 && (
        <div className="pad">
          <Empty
            title={t('home.empty')}
            action={
              <ButtonLink to="/enrollment" variant="primary">
                {t('home.emptyAction')}
              </ButtonLink>
            }
          >
            {t('home.emptyText')}
          </Empty>
        </div>
      )}
      {answer && (
        <div className="home-two">
          {total > 0 ? <Fleet fleet={answer.fleet} /> : <div />}
          <div>
            <Expiry lines={answer.expiry} now={now} />
            <PushPanel push={answer.push} />
          </div>
        </div>
      )}
    </>
  )
}
