import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Locale, MySession, Scheme, Session } from '../../contract.ts'
import { languages, useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments, SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { PageHead, Section } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Note, State } from '../../kit/State.tsx'
import { useSession } from '../../session.tsx'
import { agentWord } from './agent.ts'
import { NewPassword } from './NewPassword.tsx'
import { Passkeys } from './Passkeys.tsx'
import { strengthOf } from './password.ts'
import { Totp } from './Totp.tsx'

/** The person's own account: name, language and look, password, codes, sessions. */
export function Account() {
  const { t } = useVoice()
  const { admin } = useSession()
  return (
    <>
      <PageHead
        title={t('account.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('account.title') }]}
        lede={admin.email}
      />
      <div className="account">
        <Look />
        <Password />
        <Section id="totp" title={t('account.totp')}>
          <Totp />
        </Section>
      </div>
      <Section id="passkeys" title={t('passkeys.title')}>
        <Passkeys />
      </Section>
      <Sessions />
    </>
  )
}

function useChangeMe() {
  const client = useQueryClient()
  return useMutation({
    // One after the other, so that an older answer never puts an older look back.
    scope: { id: 'me' },
    mutationFn: (
      body: Partial<{ name: string; locale: Locale; zone: string; theme: Scheme; contrast: 'more' | 'normal' | null }>,
    ) => call<Session>('PATCH', '/me', { body }),
    onSuccess: session => client.setQueryData(['session'], session),
  })
}

function Look() {
  const { t } = useVoice()
  const { admin } = useSession()
  const change = useChangeMe()
  const [name, setName] = useState(admin.name)
  return (
    <Section id="look" title={t('account.you')}>
      <div className="stack narrow">
        <form
          className="pair"
          onSubmit={event => {
            event.preventDefault()
            if (name.trim() && name !== admin.name) change.mutate({ name: name.trim() })
          }}
        >
          <TextField
            label={t('admins.name')}
            value={name}
            onChange={event => setName(event.target.value)}
            autoComplete="name"
            error={fieldError(change.error, 'name')}
          />
          <Button type="submit" disabled={!name.trim() || name === admin.name} className="align-end">
            {t('kit.save')}
          </Button>
        </form>
        <SelectField
          label={t('account.language')}
          value={admin.locale}
          onChange={event => change.mutate({ locale: event.target.value as Locale })}
          options={languages.map(language => ({ value: language.id, label: language.name }))}
        />
        <SelectField
          label={t('account.zone')}
          hint={t('account.zoneHint')}
          value={admin.zone ?? ''}
          onChange={event => change.mutate({ zone: event.target.value })}
          options={zonesWith(admin.zone, t('account.zoneNone'))}
        />
        <div>
          <span className="lab">{t('account.theme')}</span>
          <Segments<Scheme>
            label={t('account.theme')}
            value={admin.theme}
            onChange={theme => change.mutate({ theme })}
            options={(['system', 'light', 'dark'] as const).map(value => ({
              value,
              label: t(`account.theme.${value}`),
            }))}
          />
        </div>
        <Tick
          toggle
          label={t('account.contrast')}
          hint={t('account.contrastHint')}
          checked={admin.contrast === 'more'}
          onChange={event => change.mutate({ contrast: event.target.checked ? 'more' : null })}
        />
        <ProblemNote error={change.error} />
      </div>
    </Section>
  )
}

/** Every time zone this browser knows, and the one that is chosen even where it does not. */
function zonesWith(chosen: string | null, none: string): { value: string; label: string }[] {
  const known = Intl.supportedValuesOf('timeZone')
  const all = chosen === null || known.includes(chosen) ? known : [chosen, ...known]
  const zones = all.map(value => ({ value, label: value.replaceAll('_', ' ') }))
  return chosen === null ? [{ value: '', label: none }, ...zones] : zones
}

function Password() {
  const { t } = useVoice()
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => call<Session>('POST', '/me/password', { body: { current, next } }),
    onSuccess: async () => {
      setCurrent('')
      setNext('')
      await client.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  return (
    <Section id="password" title={t('account.password')}>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (current && strengthOf(next) !== 'short' && !change.isPending) change.mutate()
        }}
      >
        <TextField
          label={t('account.current')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={event => setCurrent(event.target.value)}
        />
        <NewPassword label={t('accept.password')} value={next} onChange={setNext} />
        <ProblemNote error={change.error} />
        {change.isSuccess && (
          <Note tone="ok" role="status">
            <p>{t('account.passwordChanged')}</p>
          </Note>
        )}
        <div>
          <Button type="submit" disabled={!current || strengthOf(next) === 'short'} busy={change.isPending}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Sessions() {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => get<{ items: MySession[] }>('/me/sessions', {}, signal),
  })
  const revoke = useMutation({
    mutationFn: (id: string) => call('DELETE', `/me/sessions/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <Section id="sessions" title={t('account.sessions')} hint={t('account.sessionsHint')}>
      <ProblemNote error={sessions.error ?? revoke.error} />
      <ListTable
        inset
        caption={t('account.sessions')}
        rows={sessions.data?.items ?? []}
        keyOf={row => row.id}
        columns={[
          {
            id: 'agent',
            head: t('account.browser'),
            cell: row => <span title={row.agent ?? ''}>{agentWord(row.agent)}</span>,
          },
          {
            id: 'address',
            head: t('account.address'),
            width: 160,
            cell: row => <span className="mono">{row.address}</span>,
          },
          { id: 'since', head: t('account.since'), width: 160, num: true, cell: row => f.dateTime(row.createdAt) },
          { id: 'seen', head: t('account.lastUsed'), width: 112, num: true, cell: row => <Age at={row.lastSeenAt} /> },
          {
            id: 'act',
            head: t('admins.actions'),
            width: 140,
            num: true,
            quiet: true,
            cell: row =>
              row.current ? (
                <State tone="ok" quiet>
                  {t('account.thisOne')}
                </State>
              ) : (
                <Button
                  size="sm"
                  onClick={() => revoke.mutate(row.id)}
                  aria-label={t('account.endLabel', { browser: agentWord(row.agent) })}
                >
                  {t('account.end')}
                </Button>
              ),
          },
        ]}
      />
    </Section>
  )
}
