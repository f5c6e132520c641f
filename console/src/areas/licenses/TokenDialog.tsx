import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { ContentProgram } from '../../contract/licenses.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextArea, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

/** Takes a content token into use, or renews one: the file, and which account at the vendor it comes from. */
export function TokenDialog({ program, onClose }: { program?: ContentProgram; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [token, setToken] = useState('')
  const [account, setAccount] = useState(program?.account ?? '')
  const save = useMutation({
    mutationFn: () => {
      const body = { token, account: account.trim() === '' ? null : account.trim() }
      return program
        ? call('PUT', `/programs/${program.id}/content-token`, { body })
        : call('POST', '/programs/content', { body })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['licenses'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={program ? t('licenses.renewTitle') : t('licenses.addToken')}
      onSubmit={() => save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={token.trim() === ''} busy={save.isPending}>
            {program ? t('licenses.renew') : t('licenses.add')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('licenses.tokenText')}</p>
      <p className="field">
        <label className="lab" htmlFor="content-token-file">
          {t('licenses.tokenFile')}
        </label>
        <input
          id="content-token-file"
          type="file"
          accept=".vpptoken,.txt"
          onChange={event => void event.target.files?.[0]?.text().then(setToken)}
        />
      </p>
      <TextArea
        label={t('licenses.tokenPaste')}
        value={token}
        rows={4}
        mono
        autoComplete="off"
        spellCheck={false}
        onChange={event => setToken(event.target.value)}
      />
      <TextField
        label={t('licenses.account')}
        hint={t('licenses.accountHint')}
        value={account}
        onChange={event => setAccount(event.target.value)}
      />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
