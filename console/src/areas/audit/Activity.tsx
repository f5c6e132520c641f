import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { get } from '../../api.ts'
import type { Integrity, LogEvent, Page } from '../../contract.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { partsOfAddress } from '../../kit/address.ts'
import { ButtonLink } from '../../kit/Button.tsx'
import { bothFilters, type FilterField } from '../../kit/chips.ts'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { Timeline, type TimelineLine } from '../../kit/Timeline.tsx'
import { Button } from '../../kit/Button.tsx'
import { useScope } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { purposeWord } from '../certificates/words.ts'
import { eventDetail } from './EventDetail.tsx'
import { actorWord, eventIcon, eventTone, eventWord } from './words.tsx'

/** The one append-only log: what happened, who did it, and whether the chain is whole. */
export function Activity() {
  const voice = useVoice()
  const { t } = voice
  const { filter = '' } = useSearch({ strict: false }) as { filter?: string }
  const navigate = useNavigate()
  const scope = useScope()
  const can = useCan()
  const full = bothFilters(scope.filter, filter)
  const list = useInfiniteQuery({
    queryKey: ['events', full],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<LogEvent>>('/events', { filter: full, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })
  const lines = useMemo(
    () => list.data?.pages.flatMap(page => page.items).map(event => lineOf(voice, event)) ?? [],
    [list.data, voice],
  )
  return (
    <>
      <PageHead title={t('activity.title')} lede={<IntegritySentence />}>
        <ButtonLink to="/incidents" search={{ filter: 'state:open' }} icon="flag">
          {t('incident.title')}
        </ButtonLink>
        {can('guard:read') && (
          <ButtonLink to="/activity/held" icon="held">
            {t('held.title')}
          </ButtonLink>
        )}
        {can('alerts:read') && (
          <ButtonLink to="/alerts" icon="bell">
            {t('alerts.title')}
          </ButtonLink>
        )}
        <ButtonLink to="/commands" search={{ filter: 'routine:no' }} icon="send">
          {t('commands.title')}
        </ButtonLink>
      </PageHead>
      <FilterBar
        label={t('activity.filter')}
        example="type:command.failed at<1d"
        fields={fieldsOf(voice)}
        text={filter}
        onChange={text => void navigate({ to: '/activity', search: text ? { filter: text } : {} })}
      />
      <div className="pad activity">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={8} label={t('kit.loading')} />}
        {list.data && lines.length === 0 && <Empty title={t('timeline.empty')}>{t('activity.emptyText')}</Empty>}
        <Timeline lines={lines} label={t('activity.title')} />
        {list.hasNextPage && (
          <Button variant="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('timeline.earlier')}
          </Button>
        )}
      </div>
    </>
  )
}

function IntegritySentence() {
  const { t, f } = useVoice()
  const integrity = useQuery({
    queryKey: ['events', 'integrity'],
    queryFn: ({ signal }) => get<Integrity>('/events/integrity', {}, signal),
    staleTime: 30_000,
  })
  const { data } = integrity
  if (!data) return null
  if (!data.verified) {
    return (
      <Sentence tone="danger">
        <b>{t('activity.broken')}</b> {t('activity.brokenText', { at: data.brokenAt ?? 0 })}
      </Sentence>
    )
  }
  return (
    <Sentence tone="ok" icon="link">
      <b>{t('activity.whole')}</b> {t('activity.wholeText', { sealed: data.sealed, unsealed: data.unsealed })}{' '}
      {data.head && (
        <span className="muted">
          {t('activity.head', { at: f.time(data.head.at) })} <span className="mono">{data.head.hash.slice(0, 12)}</span>
        </span>
      )}
    </Sentence>
  )
}

function lineOf(voice: Voice, event: LogEvent): TimelineLine {
  const { about } = event
  const word = eventWord(voice, event.type, event.data, about?.name ?? null)
  const detail = eventDetail(voice, event.type, event.data)
  return {
    id: event.id,
    at: event.at,
    icon: eventIcon(event.type),
    tone: eventTone(event.type),
    text: (
      <>
        {word}
        <Subject event={event} />
        {detail && <span className="subject soft">{detail}</span>}
      </>
    ),
    sub: (
      <span className="mono">
        {event.type} {event.seq}
      </span>
    ),
    who: actorWord(voice, event.actor),
  }
}

/** What the event is about, by its name, unless who did it is the same. */
function Subject({ event }: { event: LogEvent }) {
  const { about, actor } = event
  if (about?.kind === 'admin' && about.id === actor.id) return null
  return (
    <span className="subject">
      <SubjectLink event={event} />
    </span>
  )
}

function SubjectLink({ event }: { event: LogEvent }) {
  const voice = useVoice()
  const { about } = event
  if (!about) return null
  if (about.kind === 'invitation')
    return (
      <Link to="/enrollment/$invitation" params={{ invitation: about.id }}>
        {about.name ?? <span className="mono">{about.id.slice(-8)}</span>}
      </Link>
    )
  if (about.kind === 'certificate') return <span className="soft">{certificateWord(voice, event)}</span>
  if (!about.name) return null
  const name = <span lang={langOf(about.name)}>{about.name}</span>
  if (about.kind === 'device')
    return (
      <Link to="/devices/$device" params={{ device: about.id }}>
        {name}
      </Link>
    )
  if (about.kind === 'command')
    return (
      <Link to="/commands/$command" params={{ command: about.id }}>
        {name}
      </Link>
    )
  if (about.kind === 'user')
    return (
      <Link to="/people/$user" params={{ user: about.id }}>
        {name}
      </Link>
    )
  const page = pages[about.kind]
  return page ? (
    <Link {...partsOfAddress(`${page}/${about.id}`)} className="plain">
      {name}
    </Link>
  ) : (
    <span className="soft">{name}</span>
  )
}

/** Where the pages of things are that have nothing more to say here than their names. */
const pages: Readonly<Record<string, string>> = {
  policy: '/policies',
  blueprint: '/policies/blueprints',
  group: '/people/groups',
  change: '/people/changes',
  import: '/people/import',
}

/** A certificate has no name: it is told by its purpose, or by the start of its serial number. */
function certificateWord(voice: Voice, event: LogEvent): ReactNode {
  const { purpose, serial } = event.data ?? {}
  const number = typeof serial === 'string' ? <span className="mono">{serial.slice(0, 12)}</span> : null
  return typeof purpose === 'string' ? (
    <>
      {purposeWord(voice, purpose)} {number}
    </>
  ) : (
    number
  )
}

function fieldsOf({ t }: Voice): FilterField[] {
  return [
    { name: 'type', label: t('activity.type'), kind: 'text', example: 'command.done' },
    { name: 'actor', label: t('activity.actor'), kind: 'text' },
    { name: 'about', label: t('activity.about'), kind: 'text', example: 'dev_…' },
    { name: 'unit', label: t('device.col.unit'), kind: 'text', example: 'Sales/Tokyo' },
    { name: 'at', label: t('activity.when'), kind: 'age', example: '7d' },
  ]
}
