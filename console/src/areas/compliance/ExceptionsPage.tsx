import { type UseInfiniteQueryResult, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import '../../kit/css/compliance.css'
import { call } from '../../api.ts'
import type { RuleException } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { ComplianceNav } from './ComplianceNav.tsx'
import { exceptionsQuery } from './queries.ts'

const soonMs = 7 * 24 * 3_600_000

/** Who asks to be excepted from a rule, who is and until when, and who was. */
export function ExceptionsPage() {
  const { t } = useVoice()
  const can = useCan()
  const asked = useInfiniteQuery(exceptionsQuery('asked', 'askedAt'))
  const granted = useInfiniteQuery(exceptionsQuery('granted'))
  const ended = useInfiniteQuery(exceptionsQuery('ended', '-until'))
  const denied = useInfiniteQuery(exceptionsQuery('denied', '-until'))
  const may = can('compliance:except')
  const none = [asked, granted, ended, denied].every(q => q.data && itemsOf(q).length === 0)
  return (
    <>
      <PageHead
        title={t('ruleExceptions.title')}
        crumbs={[{ label: t('compliance.title'), to: '/reports/compliance' }, { label: t('ruleExceptions.title') }]}
        lede={t('ruleExceptions.lede')}
      />
      <ComplianceNav />
      <ProblemNote error={asked.error ?? granted.error} />
      <div className="pad below-tabs">
        {asked.isPending && <Bones lines={3} label={t('kit.loading')} />}
        {none && <Empty title={t('ruleExceptions.none')}>{t('ruleExceptions.noneText')}</Empty>}
      </div>
      <Part id="asked" title={t('ruleExceptions.asked')} list={asked} acts={one => may && <Decide exception={one} />} />
      <Part
        id="granted"
        title={t('ruleExceptions.granted')}
        list={granted}
        acts={one => may && <End exception={one} />}
      />
      <Part id="denied" title={t('ruleExceptions.denied')} list={denied} />
      <Part id="ended" title={t('ruleExceptions.ended')} list={ended} />
    </>
  )
}

type Listed = Pick<
  UseInfiniteQueryResult<{ pages: { items: RuleException[] }[] }>,
  'data' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
>
const itemsOf = (list: Pick<Listed, 'data'>): RuleException[] => list.data?.pages.flatMap(p => p.items) ?? []

function Part(props: { id: string; title: string; list: Listed; acts?(exception: RuleException): ReactNode }) {
  const { t } = useVoice()
  const { list } = props
  const items = itemsOf(list)
  if (items.length === 0) return null
  return (
    <Section id={props.id} title={props.title}>
      <ul className="verdict-list">
        {items.map(one => (
          <Line key={one.id} exception={one}>
            {props.acts?.(one)}
          </Line>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="pad below-tabs">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}

const tones: Record<RuleException['state'], ToneName> = {
  asked: 'attention',
  granted: 'info',
  denied: 'none',
  ended: 'none',
}

function Line({ exception, children }: { exception: RuleException; children?: ReactNode }) {
  const { t, f } = useVoice()
  const { state, rule, device, user, reason, until, decided, wrong } = exception
  const soon = state === 'granted' && until - Date.now() < soonMs
  return (
    <li>
      <State tone={soon ? 'attention' : tones[state]}>
        {soon ? t('ruleExceptions.soon') : t(`ruleExceptions.state.${state}`)}
      </State>
      <div>
        <b>
          {device ? (
            <Link to="/devices/$device" params={{ device: device.id }} lang={langOf(device.name)}>
              {device.name || t('ruleExceptions.gone')}
            </Link>
          ) : (
            <Link to="/people/$user" params={{ user: user?.id ?? '' }} lang={langOf(user?.name ?? '')}>
              {user?.name || t('ruleExceptions.gone')}
            </Link>
          )}
        </b>{' '}
        ·{' '}
        <Link to="/reports/rules/$rule" params={{ rule: rule.id }} lang={langOf(rule.name)}>
          {rule.name || t('ruleExceptions.gone')}
        </Link>
        <p className="soft">
          {wrong && <>{t('ruleExceptions.wrong')} · </>}
          <q lang={langOf(reason)}>{reason}</q>
        </p>
        <p className="small muted">
          {t('ruleExceptions.until', { at: f.dateTime(exception.endedAt ?? until) })}
          {decided?.by.name && (
            <>
              {' · '}
              <span lang={langOf(decided.by.name)}>{decided.by.name}</span>
            </>
          )}
          {' · '}
          <Age at={exception.asked.at} ago />
        </p>
      </div>
      <span className="acts">{children}</span>
    </li>
  )
}

function useAct(exception: RuleException) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ verb, body }: { verb: 'decide' | 'end'; body?: object }) =>
      call('POST', `/exceptions/${exception.id}/${verb}`, body ? { body } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['compliance'] }),
  })
}

function Decide({ exception }: { exception: RuleException }) {
  const { t } = useVoice()
  const act = useAct(exception)
  return (
    <>
      <Button size="sm" busy={act.isPending} onClick={() => act.mutate({ verb: 'decide', body: { grant: false } })}>
        {t('ruleExceptions.deny')}
      </Button>
      <Button
        size="sm"
        variant="primary"
        busy={act.isPending}
        onClick={() => act.mutate({ verb: 'decide', body: { grant: true } })}
      >
        {t('ruleExceptions.grant')}
      </Button>
      <ProblemNote error={act.error} />
    </>
  )
}

function End({ exception }: { exception: RuleException }) {
  const { t } = useVoice()
  const act = useAct(exception)
  return (
    <>
      <Button size="sm" busy={act.isPending} onClick={() => act.mutate({ verb: 'end' })}>
        {t('ruleExceptions.end')}
      </Button>
      <ProblemNote error={act.error} />
    </>
  )
}
