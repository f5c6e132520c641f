import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextArea } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

/** Asks before alerts are ended by hand, and for what is worth saying about it. */
export function EndDialog(props: {
  opened: boolean
  n: number
  busy: boolean
  error: unknown
  onClose(): void
  onEnd(note: string | null): void
}) {
  const { t } = useVoice()
  const [note, setNote] = useState('')
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title={t('alerts.resolveTitle', { n: props.n })}
      actions={
        <>
          <KeepButton onClick={props.onClose}>{t('alerts.keep')}</KeepButton>
          <Button variant="primary" busy={props.busy} onClick={() => props.onEnd(note.trim() || null)}>
            {t('alerts.resolve')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('alerts.resolveText')}</p>
      <TextArea
        label={t('alerts.note')}
        value={note}
        maxLength={2000}
        onChange={event => setNote(event.target.value)}
      />
      <ProblemNote error={props.error} />
    </Dialog>
  )
}
