import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { problemOf } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import type { Chosen } from './Files.tsx'
import { ending } from './pem.ts'

/** How many devices the refusal of another topic names. */
export function lostBy(error: unknown, fallback: number): number {
  const { devices } = problemOf(error).facts
  return typeof devices === 'number' ? devices : fallback
}

/** Why a certificate of another topic is refused, and the guarded way to take it all the same. */
export function TopicDiffers(props: {
  error: unknown
  file: Chosen | undefined
  devices: number
  busy: boolean
  onReplace(lose: number): void
}) {
  const { t, f, rich } = useVoice()
  const [asking, setAsking] = useState(false)
  const { facts } = problemOf(props.error)
  const count = lostBy(props.error, props.devices)
  const values = { offered: ending(facts['offered']), current: ending(facts['current']), n: count }
  return (
    <>
      <Note tone="danger" role="alert">
        <p>
          <b>{t('push.differs')}</b> {rich('push.differsText', values)}
        </p>
        <p className="small">
          {t('push.differsFile', { file: props.file?.name ?? '', time: props.file ? f.time(props.file.at) : '' })}
        </p>
      </Note>
      <p className="small replace-line">
        <button type="button" className="link" onClick={() => setAsking(true)}>
          {t('push.replace')}
        </button>
      </p>
      <ConfirmDestructive
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => props.onReplace(count)}
        title={t('push.replaceTitle')}
        action={t('push.replaceGo', { n: count })}
        consequences={[{ tone: 'danger', word: t('push.replaceLost'), text: t('push.replaceLostText', { n: count }) }]}
        phrase={{ label: rich('push.replaceType', { text: values.offered }), text: values.offered }}
        busy={props.busy}
        error={null}
      >
        <p>{t('push.replaceText')}</p>
      </ConfirmDestructive>
    </>
  )
}
