import { type ReactNode, useState } from 'react'
import type { Preview } from '../contract/policies.ts'
import { useVoice } from '../i18n/index.tsx'
import { fold } from '../i18n/messages.ts'
import { useCan } from '../session.tsx'
import { TextField } from './Field.tsx'
import { Note } from './State.tsx'

/** What a preview asks for before its change may be made. */
export interface Gate {
  /** Fields for the dialog that makes the change; null where nothing is asked. */
  fields: ReactNode
  ready: boolean
  /** Goes with the write. */
  body: { override?: string; confirm?: string }
}

/** Asks for what a preview demands: a reason where tests fail (of those who may override them), a phrase where much is removed. */
export function usePreviewGate(preview: Preview | null): Gate {
  const { t, rich } = useVoice()
  const can = useCan()
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const failing = preview?.tests.filter(test => test.newly > 0).length ?? 0
  const asked = preview?.needsConfirmation ?? null
  const may = can('policies:override')
  const confirmed = !asked || fold(typed.trim()) === fold(asked.phrase)
  const ready = confirmed && (failing === 0 || (may && reason.trim().length > 2))
  const fields =
    failing === 0 && !asked ? null : (
      <>
        {failing > 0 && !may && (
          <Note tone="danger">
            <p>{t('gate.mayNotOverride')}</p>
          </Note>
        )}
        {failing > 0 && may && (
          <TextField
            label={t('gate.reason')}
            hint={t('gate.mayOverride')}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
        )}
        {asked && (
          <>
            {asked.removals > 0 && (
              <Note tone="danger">
                <p>
                  <b>{t('gate.removals', { n: asked.removals, limit: asked.limit })}</b> {t('gate.removalsText')}
                </p>
              </Note>
            )}
            {asked.short > 0 && (
              <Note tone="danger">
                <p>
                  <b>{t('gate.short', { n: asked.short })}</b> {t('gate.shortText')}
                </p>
              </Note>
            )}
            <TextField
              label={rich('gate.type', { phrase: asked.phrase })}
              value={typed}
              onChange={event => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              mono
            />
          </>
        )}
      </>
    )
  return {
    fields,
    ready,
    body: {
      ...(failing > 0 ? { override: reason.trim() } : {}),
      ...(asked ? { confirm: typed.trim() } : {}),
    },
  }
}
