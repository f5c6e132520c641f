import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { call } from '../../api.ts'
import type { Session } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote, problemOf } from '../../kit/Problem.tsx'
import { Gate } from './Gate.tsx'
import { NewPassword } from './NewPassword.tsx'
import { strengthOf } from './password.ts'
import { PasskeyProof } from './SecondProof.tsx'
import { useEnter } from './SignIn.tsx'

/** Takes a one-time link: a new admin sets the first password, a known one a new password. */
export function Accept() {
  const { t } = useVoice()
  const { token = '' } = useSearch({ strict: false }) as { token?: string }
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const enter = useEnter('/')
  const accept = useMutation({
    mutationFn: (second: { response: unknown } | null) =>
      call<Session>('POST', '/accept', {
        body: { token, password, ...(second ?? (code ? { code: code.trim() } : {})) },
      }),
    onSuccess: enter,
  })
  useEffect(() => {
    document.title = `${t('accept.title')} · Muster`
  }, [t])
  const coded = accept.error && problemOf(accept.error).code === 'sign-in.code-needed'
  return (
    <Gate>
      <h1>{t('accept.title')}</h1>
      <p className="soft">{t('accept.text')}</p>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (strengthOf(password) !== 'short' && !accept.isPending) accept.mutate(null)
        }}
      >
        <NewPassword label={t('accept.password')} value={password} onChange={setPassword} />
        {coded && <PasskeyProof error={accept.error} onProof={response => accept.mutate({ response })} />}
        {(coded || code !== '') && (
          <TextField
            label={t('signIn.code')}
            hint={t('signIn.codeHint')}
            value={code}
            onChange={event => setCode(event.target.value)}
            autoComplete="one-time-code"
            inputMode="numeric"
            mono
          />
        )}
        <ProblemNote error={accept.error} />
        <Button
          type="submit"
          variant="primary"
          size="big"
          disabled={strengthOf(password) === 'short' || token === ''}
          busy={accept.isPending}
        >
          {t('accept.go')}
        </Button>
      </form>
    </Gate>
  )
}
