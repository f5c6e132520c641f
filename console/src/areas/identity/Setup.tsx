import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { call } from '../../api.ts'
import type { Session } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Note, State } from '../../kit/State.tsx'
import { setupQuery } from '../../session.tsx'
import { Gate } from './Gate.tsx'
import { NewPassword } from './NewPassword.tsx'
import { strengthOf } from './password.ts'
import { useEnter } from './SignIn.tsx'

type Step = 'org' | 'admin' | 'done'
const order: readonly Step[] = ['org', 'admin', 'done']

/** The first start: names the org, makes its owner, then shows what comes next. */
export function Setup() {
  const { t, rich, locale } = useVoice()
  const { token } = useSearch({ strict: false }) as { token?: string }
  const [step, setStep] = useState<Step>('org')
  const [form, setForm] = useState({ orgName: '', name: '', email: '', password: '' })
  const [session, setSession] = useState<Session | null>(null)
  const needed = useQuery(setupQuery)
  const make = useMutation({
    mutationFn: () => call<Session>('POST', '/setup', { body: { token, locale, ...form, email: form.email.trim() } }),
    onSuccess: made => {
      setSession(made)
      setStep('done')
    },
  })
  useEffect(() => {
    document.title = `${t('setup.title')} · Muster`
  }, [t])
  if (needed.data && !needed.data.needed && !session) {
    return (
      <Gate>
        <h1>{t('setup.over')}</h1>
        <p className="soft">{rich('setup.overNext', {}, { link: inside => <Link to="/sign-in">{inside}</Link> })}</p>
      </Gate>
    )
  }
  return (
    <Gate>
      <ol className="gate-steps" aria-label={t('setup.steps')}>
        {order.map((name, at) => (
          <li
            key={name}
            aria-current={name === step ? 'step' : undefined}
            className={order.indexOf(step) > at ? 'done' : undefined}
          >
            <span className="n">{order.indexOf(step) > at ? <Icon name="check" /> : at + 1}</span>
            {t(`setup.step.${name}`)}
          </li>
        ))}
      </ol>
      {!token && step !== 'done' && (
        <Note tone="attention">
          <p>{rich('setup.noToken', {})}</p>
        </Note>
      )}
      {step === 'org' && (
        <form
          className="stack"
          onSubmit={event => {
            event.preventDefault()
            if (form.orgName.trim()) setStep('admin')
          }}
        >
          <h1>{t('setup.org')}</h1>
          <p className="soft">{t('setup.orgText')}</p>
          <TextField
            label={t('setup.orgName')}
            value={form.orgName}
            onChange={event => setForm({ ...form, orgName: event.target.value })}
            autoComplete="organization"
            required
          />
          <Button type="submit" variant="primary" size="big" disabled={!form.orgName.trim()}>
            {t('setup.next')}
          </Button>
        </form>
      )}
      {step === 'admin' && (
        <form
          className="stack"
          onSubmit={event => {
            event.preventDefault()
            if (!make.isPending && strengthOf(form.password) !== 'short') make.mutate()
          }}
        >
          <h1>{t('setup.admin')}</h1>
          <p className="soft">{t('setup.adminText', { org: form.orgName })}</p>
          <TextField
            label={t('setup.name')}
            value={form.name}
            onChange={event => setForm({ ...form, name: event.target.value })}
            autoComplete="name"
            error={fieldError(make.error, 'name')}
            required
          />
          <TextField
            label={t('signIn.email')}
            type="email"
            value={form.email}
            onChange={event => setForm({ ...form, email: event.target.value })}
            autoComplete="username"
            error={fieldError(make.error, 'email')}
            required
          />
          <NewPassword
            label={t('signIn.password')}
            value={form.password}
            onChange={password => setForm({ ...form, password })}
            error={fieldError(make.error, 'password')}
          />
          <ProblemNote error={make.error} />
          <Button
            type="submit"
            variant="primary"
            size="big"
            busy={make.isPending}
            disabled={!form.name.trim() || !form.email.includes('@') || strengthOf(form.password) === 'short'}
          >
            {t('setup.make')}
          </Button>
          <Button variant="quiet" onClick={() => setStep('org')}>
            {t('setup.back')}
          </Button>
        </form>
      )}
      {step === 'done' && session && <Done session={session} />}
    </Gate>
  )
}

function Done({ session }: { session: Session }) {
  const { t } = useVoice()
  const enter = useEnter('/')
  const toCertificates = useEnter('/settings/certificates')
  const secure = location.protocol === 'https:'
  return (
    <div className="stack">
      <h1>{t('setup.done', { org: session.org.name })}</h1>
      <ul className="chk">
        <li>
          <State tone="ok">{t('setup.check.admin')}</State>
          <span>{session.admin.email}</span>
        </li>
        <li>
          <State tone={secure ? 'ok' : 'attention'}>{secure ? t('setup.check.https') : t('setup.check.http')}</State>
          <span className="mono">{location.host}</span>
        </li>
        <li>
          <State tone="pending">{t('setup.check.push')}</State>
          <span>{t('setup.check.pushText')}</span>
        </li>
      </ul>
      <Button variant="primary" size="big" onClick={() => toCertificates(session)}>
        {t('setup.toPush')}
      </Button>
      <Button variant="quiet" onClick={() => enter(session)}>
        {t('setup.toHome')}
      </Button>
    </div>
  )
}
