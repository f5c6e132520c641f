import type { ReactNode } from 'react'
import { useVoice } from '../i18n/index.tsx'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import type { DryRun } from './dryRun.ts'
import { PreviewView } from './Preview.tsx'
import { usePreviewGate } from './PreviewGate.tsx'
import { ProblemNote } from './Problem.tsx'

/** Asks before a change is made: what is meant, what it does, and what is demanded for it. */
export function EffectDialog(props: {
  title: string
  text?: ReactNode
  go: string
  run: DryRun
  /** Nothing to do yet: the fields are not filled in. */
  notYet?: boolean
  untouched?: ReactNode
  error: unknown
  busy: boolean
  onGo(gate: { override?: string; confirm?: string }): void
  onClose(): void
  children?: ReactNode
}) {
  const { t } = useVoice()
  const { run } = props
  const gate = usePreviewGate(run.preview)
  const settled = run.preview !== null && run.preview.state !== 'computing' && !run.stale && !run.error
  const ready = !props.notYet && settled && gate.ready
  return (
    <Dialog
      opened
      wide
      onClose={props.onClose}
      title={props.title}
      onSubmit={() => ready && !props.busy && props.onGo(gate.body)}
      actions={
        <>
          <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
          <Button
            type="submit"
            variant={run.preview?.needsConfirmation ? 'danger' : 'primary'}
            disabled={!ready}
            busy={props.busy}
          >
            {props.go}
          </Button>
        </>
      }
    >
      {props.text && <p className="soft">{props.text}</p>}
      {props.children}
      {!props.notYet && (
        <PreviewView
          preview={run.preview}
          error={run.error}
          stale={run.stale}
          title={t('preview.effect')}
          untouched={props.untouched}
          open={1}
        />
      )}
      {gate.fields}
      <ProblemNote error={props.error} />
    </Dialog>
  )
}
