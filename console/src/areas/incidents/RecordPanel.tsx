import { useInfiniteQuery } from '@tanstack/react-query'
import { address } from '../../api.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Timeline } from '../../kit/Timeline.tsx'
import { useSession } from '../../session.tsx'
import { type Entry, entriesQuery, type Incident } from './queries.ts'
import { entryIcon, entryWords } from './words.tsx'

/** Everything that happened, newest first, with the files that prove it. */
export function RecordPanel({ incident }: { incident: Incident }) {
  const voice = useVoice()
  const { t } = voice
  const { admin } = useSession()
  const list = useInfiniteQuery(entriesQuery(incident.id))
  const entries = list.data?.pages.flatMap(page => page.items) ?? []
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const file = (ending: string): string => address(`/incidents/${incident.id}/record.${ending}`)
  return (
    <section className="msec record" aria-labelledby="record">
      <div className="sec-head">
        <h2 id="record">{t('incident.record')}</h2>
        <span className="by">
          <a href={`${file('pdf')}?language=${voice.locale}&zone=${zone}`} download>
            {t('incident.record.pdf')}
          </a>
          <a href={file('json')} download>
            {t('incident.record.json')}
          </a>
        </span>
      </div>
      <ProblemNote error={list.error} />
      <Timeline
        label={t('incident.record')}
        lines={entries.map(entry => lineOf(voice, entry, { incident, me: admin.id }))}
      />
      {list.hasNextPage && (
        <Button variant="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('incident.record.earlier')}
        </Button>
      )}
      <p className="small muted sealed">
        <Icon name="link" />
        {t('incident.record.chain', { n: entries.filter(e => e.sealed !== null).length })}
      </p>
    </section>
  )
}

function lineOf(voice: Voice, entry: Entry, of: { incident: Incident; me: string }) {
  const { text, sub } = entryWords(voice, entry, of.incident)
  return { id: entry.id, at: entry.at, ...entryIcon(entry), text, sub, who: whoOf(voice, entry, of.me) }
}

function whoOf({ t }: Voice, { actor }: Entry, me: string) {
  if (actor.id === me) return t('incident.record.you')
  if (actor.kind === 'device') return t('incident.record.device')
  if (actor.kind === 'system' || actor.name === null) return t('incident.record.server')
  return <span lang={langOf(actor.name)}>{actor.name}</span>
}
