import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { problemOf, sayProblem } from '../../kit/Problem.tsx'
import { EndDialog } from './EndDialog.tsx'
import { type DoingMany, useDoingMany } from './query.ts'
import { SnoozeMenu } from './SnoozeMenu.tsx'

/** What can be done with the chosen alerts. */
export function AlertSelection({ ids, onDone }: { ids: string[]; onDone(): void }) {
  const voice = useVoice()
  const { t } = voice
  const many = useDoingMany()
  const [ending, setEnding] = useState(false)
  const go = (body: DoingMany) =>
    many.mutate(body, {
      onSuccess: () => {
        setEnding(false)
        onDone()
      },
    })
  return (
    <section className="bulk" aria-label={t('devices.selection')}>
      <b role="status">{t('alerts.selected', { n: ids.length })}</b>
      <Button size="sm" icon="user" busy={many.isPending} onClick={() => go({ do: 'acknowledge', ids })}>
        {t('alerts.acknowledge')}
      </Button>
      <SnoozeMenu small onChoose={until => until !== null && go({ do: 'snooze', ids, until })} />
      <Button size="sm" icon="check" onClick={() => setEnding(true)}>
        {t('alerts.resolve')}
      </Button>
      <Button size="sm" variant="quiet" onClick={onDone}>
        {t('devices.clear')}
      </Button>
      {many.error && <span role="alert">{sayProblem(voice, problemOf(many.error))}</span>}
      <EndDialog
        opened={ending}
        n={ids.length}
        busy={many.isPending}
        error={many.error}
        onClose={() => setEnding(false)}
        onEnd={note => go({ do: 'resolve', ids, note })}
      />
    </section>
  )
}
