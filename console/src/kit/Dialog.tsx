import { Modal } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useVoice } from '../i18n/index.tsx'
import { Button } from './Button.tsx'

/** A question in front of the page. Escape and the veil close it; focus goes back to where it came from. */
export function Dialog(props: {
  opened: boolean
  onClose(): void
  title: ReactNode
  wide?: boolean
  /** Buttons, the way out first. */
  actions?: ReactNode
  onSubmit?(): void
  children: ReactNode
}) {
  const { t } = useVoice()
  const { onSubmit } = props
  useFocusBack()
  const body = (
    <>
      <div className="dialog-body">{props.children}</div>
      {props.actions && <div className="dialog-acts">{props.actions}</div>}
    </>
  )
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={props.wide ? 640 : 440}
      centered
      transitionProps={{ duration: 0 }}
      classNames={{ content: 'dialog', body: 'dialog-inner' }}
    >
      <Modal.Overlay className="veil" />
      <Modal.Content radius="md">
        <div className="dialog-head">
          <Modal.Title className="dialog-title">{props.title}</Modal.Title>
          <Modal.CloseButton className="dialog-close" aria-label={t('kit.close')} />
        </div>
        <Modal.Body>
          {onSubmit ? (
            <form
              noValidate
              onSubmit={event => {
                event.preventDefault()
                onSubmit()
              }}
            >
              {body}
            </form>
          ) : (
            body
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** A dialog that is taken off the page while it is open gives the focus back itself. */
function useFocusBack() {
  const [from] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // After the dialog is gone: only then does the browser say that nothing has the focus.
      setTimeout(() => {
        if (document.activeElement === document.body && from instanceof HTMLElement && from.isConnected)
          from.focus({ preventScroll: true })
      })
    },
    [from],
  )
}

/** The way out of a dialog, first and focused. */
export function KeepButton(props: { onClick(): void; children: ReactNode }) {
  return (
    <Button onClick={props.onClick} data-autofocus>
      {props.children}
    </Button>
  )
}
