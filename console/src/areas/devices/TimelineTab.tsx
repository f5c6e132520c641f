import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Device, TimelineEntry } from '../../contract.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments } from '../../kit/Field.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Timeline, type TimelineLine } from '../../kit/Timeline.tsx'
import { eventDetail } from '../audit/EventDetail.tsx'
import { actorWord, eventIcon, eventTone, eventWord } from '../audit/words.tsx'
import { CommandStanding } from '../commands/CommandStanding.tsx'
import { kindWord } from '../commands/words.ts'
import { timelineQuery } from './queries.ts'

const choices = ['all', 'commands', 'changes', 'policies', 'views'] as const
type Choice = (typeof choices)[number]

/** Everything that happened to a device: commands, changes, and who looked. Grows by itself. */
export function TimelineTab({ device }: { device: Pick<Device, 'id' | 'waiting'> }) {
  const voice = useVoice()
  const { t } = voice
  const [kinds, setKinds] = useState<Choice>('all')
  const timeline = useInfiniteQuery({
    ...timelineQuery(device.id, kinds === 'all' ? '' : kinds),
    refetchInterval: device.waiting > 0 ? 3000 : false,
  })
  const lines =
    timeline.data?.pages
      .flatMap(page => page.items)
      .flatMap(withPush)
      .map(entry => lineOf(voice, entry)) ?? []
  return (
    <Section
      id="timeline"
      title={t('device.tab.timeline')}
      by={
        <Segments<Choice>
          label={t('timeline.show')}
          value={kinds}
          onChange={setKinds}
          options={choices.map(value => ({ value, label: t(`timeline.${value}`) }))}
        />
      }
    >
      <ProblemNote error={timeline.error} />
      {timeline.isPending && <Bones lines={6} label={t('kit.loading')} />}
      {timeline.data && lines.length === 0 && <Empty title={t('timeline.empty')}>{t('timeline.emptyText')}</Empty>}
      <Timeline lines={lines} label={t('device.tab.timeline')} />
      {timeline.hasNextPage && (
        <Button variant="quiet" busy={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('timeline.earlier')}
        </Button>
      )}
    </Section>
  )
}

/** The push that followed an order is a time of the command and no event of its own; here it stands between the others. */
function withPush(entry: TimelineEntry): TimelineEntry[] {
  const { command } = entry
  if (entry.type !== 'command.queued' || !command?.pushedAt) return [entry]
  return [
    {
      ...entry,
      id: `${entry.id}-push`,
      at: command.pushedAt,
      type: 'command.pushed',
      actor: { kind: 'system', id: null, name: null },
      data: null,
    },
    entry,
  ]
}

function lineOf(voice: Voice, entry: TimelineEntry): TimelineLine {
  const { command } = entry
  const name = command ? kindWord(voice, command.kind) : null
  const word = eventWord(voice, entry.type, { ...entry.data, ...(command ? { kind: command.kind } : {}) }, name)
  return {
    id: entry.id,
    at: entry.at,
    icon: eventIcon(entry.type),
    tone: eventTone(entry.type),
    text: command ? (
      <Link to="/commands/$command" params={{ command: command.id }}>
        {word}
      </Link>
    ) : (
      word
    ),
    sub: subOf(voice, entry),
    who: actorWord(voice, entry.actor),
  }
}

function subOf(voice: Voice, entry: TimelineEntry): ReactNode {
  const reason = eventDetail(voice, entry.type, entry.data)
  if (entry.type !== 'command.queued' || !entry.command) return reason
  return (
    <>
      <CommandStanding command={{ state: entry.command.state }} />
      {reason && <span className="subject">{reason}</span>}
    </>
  )
}
