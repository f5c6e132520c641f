import { type ReactNode, useState } from 'react'
import { fold } from '../i18n/messages.ts'
import { useVoice } from '../i18n/index.tsx'
import { Button } from './Button.tsx'
import { Dialog, KeepButton } from './Dialog.tsx'
import { TextField } from './Field.tsx'
import { ProblemNote } from './Problem.tsx'
import { State, type ToneName } from './State.tsx'

/** One thing that follows from the action, with how bad it is. */
export interface Consequence {
  tone: ToneName
  word: string
  text: ReactNode
}

/**
 * Confirms what cannot be undone: names count, ownership and kind, lists what follows, asks for a phrase,
 * starts focus on the way out. Only here is a button red.
 */
export function ConfirmDestructive(props: {
  opened: boolean
  onClose(): void
  onConfirm(): void
  title: string
  children: ReactNode
  consequences: Consequence[]
  /** What must be typed, such as the asset tag; without it the red button is ready at once. */
  phrase?: { label: ReactNode; text: string }
  action: string
  busy: boolean
  error: unknown
  fields?: ReactNode
}) {
  const { t } = useVoice()
  const [typed, setTyped] = useState('')
  const ready = !props.phrase || fold(typed.trim()) === fold(props.phrase.text)
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      onSubmit={() => ready && !props.busy && props.onConfirm()}
      actions={
        <>
          <KeepButton onClick={props.onClose}>{t('kit.keepIt')}</KeepButton>
          <Button type="submit" variant="danger" disabled={!ready} busy={props.busy}>
            {props.action}
          </Button>
        </>
      }
    >
      <div className="soft">{props.children}</div>
      {props.consequences.length > 0 && (
        <ul className="chk">
          {props.consequences.map(line => (
            <li key={line.word}>
              <State tone={line.tone}>{line.word}</State>
              <span>{line.text}</span>
            </li>
          ))}
        </ul>
      )}
      {props.fields}
      {props.phrase && (
        <TextField
          label={props.phrase.label}
          value={typed}
          onChange={event => setTyped(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          mono
        />
      )}
      <ProblemNote error={props.error} />
    </Dialog>
  )
}
