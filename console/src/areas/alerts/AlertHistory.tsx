import { useState } from 'react'
import type { AlertPage, AlertStep } from '../../contract/alerts.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextArea } from '../../kit/Field.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Timeline, type TimelineLine } from '../../kit/Timeline.tsx'
import { actorWord } from '../audit/words.tsx'
import { useDoing } from './query.ts'

const looks: Record<string, { icon: IconName; tone?: TimelineLine['tone'] }> = {
  opened: { icon: 'flag', tone: 'attention' },
  raised: { icon: 'danger', tone: 'danger' },
  reopened: { icon: 'flag', tone: 'attention' },
  acknowledged: { icon: 'user', tone: 'pending' },
  assigned: { icon: 'user' },
  snoozed: { icon: 'paused' },
  woken: { icon: 'pending' },
  resolved: { icon: 'check', tone: 'ok' },
  commented: { icon: 'message' },
  'person-told': { icon: 'send' },
  'person-asked': { icon: 'send' },
}

/** What became of an alert, newest first, and a place to write beside it. */
export function AlertHistory({ alert }: { alert: AlertPage }) {
  const voice = useVoice()
  const { t } = voice
  const [text, setText] = useState('')
  const doing = useDoing(alert.id)
  return (
    <Section id="history" title={t('alerts.history')}>
      {alert.writable && (
        <form
          className="stack narrow"
          onSubmit={event => {
            event.preventDefault()
            if (text.trim())
              doing.mutate({ what: 'comment', body: { text: text.trim() } }, { onSuccess: () => setText('') })
          }}
        >
          <TextArea
            label={t('alerts.comment')}
            value={text}
            rows={2}
            maxLength={2000}
            onChange={event => setText(event.target.value)}
          />
          <div>
            <Button type="submit" size="sm" busy={doing.isPending} disabled={!text.trim()}>
              {t('alerts.commentGo')}
            </Button>
          </div>
          <ProblemNote error={doing.error} />
        </form>
      )}
      <Timeline label={t('alerts.history')} lines={alert.steps.map(step => lineOf(voice, step))} />
    </Section>
  )
}

function lineOf(voice: Voice, step: AlertStep): TimelineLine {
  const look = looks[step.what] ?? { icon: 'activity' as const }
  const words = step.what === 'commented' || step.what === 'resolved' ? step.text : null
  return {
    id: step.id,
    at: step.at,
    icon: look.icon,
    tone: look.tone,
    text: stepWord(voice, step),
    ...(words ? { sub: words } : {}),
    who: step.by.kind === 'system' ? null : actorWord(voice, step.by),
  }
}

function stepWord({ t, f, has, tell }: Voice, step: AlertStep): string {
  if (step.what === 'assigned') return t('alerts.step.assigned', { name: step.name ?? 'none' })
  if (step.what === 'snoozed') return t('alerts.step.snoozed', { until: f.dateTime(Number(step.text)) })
  const key = `alerts.step.${step.what}`
  return has(key) ? tell(key, {}) : step.what
}
