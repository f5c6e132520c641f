import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../api.ts'
import type { Session } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote, problemOf } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { passkeysWork, type RequestOptions, signWithPasskey } from '../../kit/webauthn.ts'
import { Gate } from './Gate.tsx'
import { safeNext } from './next.ts'
import { PasskeyProof } from './SecondProof.tsx'

/** Signs in with address and password, then with a code when the account asks for one. */
export function SignIn() {
  const { t } = useVoice()
  const { next, token, ended } = useSearch({ strict: false }) as { next?: string; token?: string; ended?: string }
  const enter = useEnter(next)
  const signIn = useMutation({
    mutationFn: (body: Record<string, unknown>) => call<Session>('POST', '/sign-in', { body }),
    onSuccess: enter,
  })
  const link = useMutation({
    mutationFn: (value: string) => call<Session>('POST', '/sign-in/link', { body: { token: value } }),
    onSuccess: enter,
  })
  const passkey = useMutation({
    mutationFn: async () => {
      const options = await call<RequestOptions>('POST', '/sign-in/passkey/options')
      return call<Session>('POST', '/sign-in/passkey', { body: { response: await signWithPasskey(options) } })
    },
    onSuccess: enter,
  })
  const used = useRef(false)
  useEffect(() => {
    if (!token || used.current) return
    used.current = true
    link.mutate(token)
  }, [token, link])
  useEffect(() => {
    document.title = `${t('signIn.title')} · Muster`
  }, [t])
  const code = signIn.error ? problemOf(signIn.error).code : null
  return (
    <Gate>
      <h1>{t('signIn.title')}</h1>
      {ended && !signIn.error && (
        <Note tone="info" role="status">
          <p>{t('signIn.ended')}</p>
        </Note>
      )}
      <ProblemNote error={link.error} />
      {link.isPending ? (
        <p className="soft">{t('signIn.linkChecking')}</p>
      ) : (
        <>
          <SignInForm pending={signIn.isPending} code={code} error={signIn.error} onSend={signIn.mutate} />
          {passkeysWork() && code !== 'sign-in.code-needed' && (
            <div className="stack">
              <Button size="big" icon="key" busy={passkey.isPending} onClick={() => passkey.mutate()}>
                {t('signIn.passkey')}
              </Button>
              <ProblemNote error={passkey.error} />
            </div>
          )}
        </>
      )}
    </Gate>
  )
}

function SignInForm(props: {
  pending: boolean
  code: string | null
  error: unknown
  onSend(body: Record<string, unknown>): void
}) {
  const { t } = useVoice()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [asked, setAsked] = useState(false)
  const left = useWait(props.error)
  useEffect(() => {
    if (props.code === 'sign-in.code-needed') setAsked(true)
  }, [props.code])
  const who = { email: email.trim(), password }
  const send = () => props.onSend({ ...who, ...(asked && code ? { code: code.replaceAll(/\s/g, '') } : {}) })
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (left <= 0 && !props.pending) send()
      }}
    >
      {asked ? (
        <>
          <p className="soft">{t('signIn.codeAsk')}</p>
          <PasskeyProof error={props.error} onProof={response => props.onSend({ ...who, response })} />
          <TextField
            label={t('signIn.code')}
            hint={t('signIn.codeHint')}
            value={code}
            onChange={event => setCode(event.target.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
            mono
            required
            autoFocus
          />
        </>
      ) : (
        <>
          <TextField
            label={t('signIn.email')}
            type="email"
            value={email}
            onChange={event => setEmail(event.target.value)}
            autoComplete="username"
            required
          />
          <TextField
            label={t('signIn.password')}
            type="password"
            value={password}
            onChange={event => setPassword(event.target.value)}
            autoComplete="current-password"
            required
          />
        </>
      )}
      {props.code === 'sign-in.wait' ? (
        <Note tone="attention" icon="pending" role="alert">
          <p>
            <b>{t('signIn.wait')}</b> {left > 0 ? t('signIn.waitLeft', { s: left }) : t('signIn.waitOver')}
          </p>
        </Note>
      ) : (
        props.code !== 'sign-in.code-needed' && <ProblemNote error={props.error} />
      )}
      <Button type="submit" variant="primary" size="big" busy={props.pending || left > 0}>
        {asked ? t('signIn.confirm') : t('signIn.go')}
      </Button>
      {asked && (
        <Button variant="quiet" onClick={() => setAsked(false)}>
          {t('signIn.back')}
        </Button>
      )}
    </form>
  )
}

/** Whole seconds until the server takes another try. */
function useWait(error: unknown): number {
  const now = useNow(1000)
  const until = useRef({ error, at: 0 })
  if (until.current.error !== error) {
    const wait = error ? Number(problemOf(error).facts['retryAfterMs'] ?? 0) : 0
    until.current = { error, at: wait > 0 ? Date.now() + wait : 0 }
  }
  return Math.max(0, Math.ceil((until.current.at - now) / 1000))
}

/** Takes the new session in and goes to where the person wanted to be. */
export function useEnter(next?: string): (session: Session) => void {
  const client = useQueryClient()
  const router = useRouter()
  return session => {
    client.clear()
    client.setQueryData(['session'], session)
    router.history.replace(safeNext(next))
  }
}
