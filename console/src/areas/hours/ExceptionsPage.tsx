import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import '../../kit/css/hours.css'
import type { HourException } from '../../contract/hours.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { PeopleNav } from '../identity/PeopleNav.tsx'
import { AnswerDialog, EndDialog, GrantDialog } from './ExceptionDialogs.tsx'
import { exceptionsQuery } from './queries.ts'

type Asking = { what: 'grant' } | { what: 'approve' | 'deny' | 'end'; exception: HourException } | null

/** Who asks to be released from being off, who is, and who was. */
export function ExceptionsPage() {
  const { t } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState<Asking>(null)
  const asked = useInfiniteQuery(exceptionsQuery('asked'))
  const granted = useInfiniteQuery(exceptionsQuery('granted'))
  const over = useInfiniteQuery(exceptionsQuery('ended,denied,withdrawn'))
  const may = can('hours:approve')
  const close = () => setAsking(null)
  const waiting = asked.data?.pages.flatMap(p => p.items) ?? []
  return (
    <>
      <PageHead
        title={t('hours.title')}
        crumbs={[{ label: t('nav.people'), to: '/people' }, { label: t('hours.title') }]}
        lede={t('hours.lede')}
      >
        {may && (
          <Button icon="plus" onClick={() => setAsking({ what: 'grant' })}>
            {t('hours.grant')}
          </Button>
        )}
      </PageHead>
      <PeopleNav />
      <ProblemNote error={asked.error ?? granted.error ?? over.error} />
      <Section id="asked" title={t('hours.asked')}>
        {asked.isPending && <Bones lines={3} label={t('kit.loading')} />}
        {asked.data && waiting.length === 0 && <Empty title={t('hours.noneAsked')}>{t('hours.noneAskedText')}</Empty>}
        <ul className="exceptions">
          {waiting.map(one => (
            <Line key={one.id} exception={one}>
              {may && (
                <>
                  <Button size="sm" onClick={() => setAsking({ what: 'deny', exception: one })}>
                    {t('hours.deny')}
                  </Button>
                  <Button size="sm" variant="primary" onClick={() => setAsking({ what: 'approve', exception: one })}>
                    {t('hours.approve')}
                  </Button>
                </>
              )}
            </Line>
          ))}
        </ul>
      </Section>
      <Part
        id="granted"
        list={granted}
        title={t('hours.granted')}
        act={one =>
          may && (
            <Button size="sm" onClick={() => setAsking({ what: 'end', exception: one })}>
              {t('hours.end')}
            </Button>
          )
        }
      />
      <Part id="over" list={over} title={t('hours.over')} act={() => null} />
      {asking?.what === 'grant' && <GrantDialog subject={null} onClose={close} />}
      {(asking?.what === 'approve' || asking?.what === 'deny') && (
        <AnswerDialog exception={asking.exception} yes={asking.what === 'approve'} onClose={close} />
      )}
      {asking?.what === 'end' && <EndDialog exception={asking.exception} onClose={close} />}
    </>
  )
}

function Part(props: { id: string; title: string; list: Listed; act(exception: HourException): ReactNode }) {
  const { t } = useVoice()
  const items = props.list.data?.pages.flatMap(p => p.items) ?? []
  if (items.length === 0) return null
  return (
    <Section id={props.id} title={props.title}>
      <ul className="exceptions">
        {items.map(one => (
          <Line key={one.id} exception={one}>
            {props.act(one)}
          </Line>
        ))}
      </ul>
      {props.list.hasNextPage && (
        <Button busy={props.list.isFetchingNextPage} onClick={() => void props.list.fetchNextPage()}>
          {t('kit.more')}
        </Button>
      )}
    </Section>
  )
}

interface Listed {
  data: { pages: { items: HourException[] }[] } | undefined
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): Promise<unknown>
}

const tones: Record<HourException['state'], ToneName> = {
  asked: 'attention',
  granted: 'ok',
  denied: 'none',
  ended: 'none',
  withdrawn: 'none',
}

const icons: Record<HourException['state'], IconName> = {
  asked: 'attention',
  granted: 'ok',
  denied: 'x',
  ended: 'check',
  withdrawn: 'undo',
}

/** One exception in words: for whom, until when, why, and who decided. */
export function Line({ exception, children }: { exception: HourException; children?: ReactNode }) {
  const { t, f } = useVoice()
  const { state, subject, user, reason, note, from, until, by } = exception
  const early = from > exception.askedAt + 60_000
  return (
    <li>
      <State tone={tones[state]} icon={icons[state]}>
        {t(`hours.state.${state}`)}
      </State>
      <div>
        <b lang={langOf(user?.name ?? subject.name ?? '')}>{user?.name ?? subject.name ?? t('hours.gone')}</b>
        {user !== null && subject.kind === 'device' && (
          <>
            {' · '}
            <Link to="/devices/$device" params={{ device: subject.id }} lang={langOf(subject.name ?? '')}>
              {subject.name ?? t('hours.gone')}
            </Link>
          </>
        )}
        <p className="soft">
          {early
            ? t('hours.fromTo', { from: f.dateTime(from), to: f.dateTime(until) })
            : t('hours.until', { to: f.dateTime(until) })}
          {reason !== '' && (
            <>
              {' · '}
              <q lang={langOf(reason)}>{reason}</q>
            </>
          )}
        </p>
        {by?.name && (
          <p className="small muted">
            <span>{t(state === 'denied' ? 'hours.deniedBy' : 'hours.grantedBy', { name: by.name })}</span>
            {note !== '' && <span lang={langOf(note)}> · {note}</span>}
          </p>
        )}
      </div>
      <span className="small muted">
        <Age at={exception.askedAt} ago />
      </span>
      <span className="acts">{children}</span>
    </li>
  )
}
