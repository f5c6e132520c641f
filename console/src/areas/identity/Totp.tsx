import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { Note, State } from '../../kit/State.tsx'
import { useSession } from '../../session.tsx'

/** The second proof: an authenticator app, set up with a QR code, and recovery codes told once. */
export function Totp() {
  const { t } = useVoice()
  const { admin } = useSession()
  const client = useQueryClient()
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  // What is there already is asked for by itself.
  const first = admin.passkeys === 0
  const [removing, setRemoving] = useState(false)
  const begin = useMutation({
    mutationFn: () =>
      call<{ secret: string; uri: string; qrSvg: string }>('POST', '/me/totp', { body: first ? { password } : {} }),
  })
  const confirm = useMutation({
    mutationFn: () =>
      call<{ recoveryCodes: string[] }>('POST', '/me/totp/confirm', { body: { code: code.replaceAll(/\s/g, '') } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['session'] }),
  })
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} />
  if (admin.totp) {
    return (
      <div className="stack narrow">
        <State tone="ok">{t('totp.on')}</State>
        <div>
          <Button onClick={() => setRemoving(true)}>{t('totp.off')}</Button>
        </div>
        {removing && <RemoveTotp onClose={() => setRemoving(false)} />}
      </div>
    )
  }
  if (!begin.data) {
    return (
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (!begin.isPending && (!first || password !== '')) begin.mutate()
        }}
      >
        <p className="soft">{t('totp.text')}</p>
        {first && (
          <TextField
            label={t('totp.password')}
            hint={t('passkeys.passwordHint')}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={event => setPassword(event.target.value)}
          />
        )}
        <ProblemNote error={begin.error} />
        <div>
          <Button icon="shield" type="submit" busy={begin.isPending} disabled={first && password === ''}>
            {t('totp.begin')}
          </Button>
        </div>
      </form>
    )
  }
  return (
    <form
      className="stack narrow"
      onSubmit={event => {
        event.preventDefault()
        if (code.trim().length >= 6 && !confirm.isPending) confirm.mutate()
      }}
    >
      <p className="soft">{t('totp.scan')}</p>
      <div className="qr-row">
        <QrCode svg={begin.data.qrSvg} label={t('totp.qr')} />
        <div>
          <p className="small muted">{t('totp.secret')}</p>
          <p className="mono once">{begin.data.secret}</p>
          <Copy text={begin.data.secret} label={t('kit.copy')} />
        </div>
      </div>
      <TextField
        label={t('signIn.code')}
        hint={t('totp.codeHint')}
        value={code}
        onChange={event => setCode(event.target.value)}
        inputMode="numeric"
        autoComplete="one-time-code"
        mono
      />
      <ProblemNote error={confirm.error} />
      <div>
        <Button type="submit" variant="primary" disabled={code.trim().length < 6} busy={confirm.isPending}>
          {t('totp.confirm')}
        </Button>
      </div>
    </form>
  )
}

function RecoveryCodes({ codes }: { codes: string[] }) {
  const { t } = useVoice()
  return (
    <div className="stack narrow">
      <State tone="ok">{t('totp.on')}</State>
      <Note tone="attention" icon="eye">
        <p>{t('totp.codesOnce')}</p>
      </Note>
      <CodeList codes={codes} />
    </div>
  )
}

/** Recovery codes, to be copied while they are shown. */
export function CodeList({ codes }: { codes: string[] }) {
  const { t } = useVoice()
  return (
    <>
      <ul className="codes mono" aria-label={t('totp.codes')}>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <Copy text={codes.join('\n')} label={t('totp.copyCodes')} words />
      </div>
    </>
  )
}

function RemoveTotp({ onClose }: { onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [password, setPassword] = useState('')
  const remove = useMutation({
    mutationFn: () => call('DELETE', '/me/totp', { body: { password } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['session'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('totp.offTitle')}
      onSubmit={() => password !== '' && !remove.isPending && remove.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button type="submit" variant="primary" disabled={password === ''} busy={remove.isPending}>
            {t('totp.offGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('totp.offText')}</p>
      <TextField
        label={t('account.current')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={event => setPassword(event.target.value)}
      />
      <ProblemNote error={remove.error} />
    </Dialog>
  )
}
