import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { SelectField, TextArea, TextField, Tick } from '../../kit/Field.tsx'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { type Lead, Leading } from './Leading.tsx'
import { EnrollNav } from '../enrollment/EnrollNav.tsx'
import { useCan } from '../../session.tsx'

/** How people may enroll their devices by signing in. */
interface AccountSettings {
  byod: boolean
  adde: boolean
  way: string
  issuer: string | null
  clientId: string | null
  audience: string | null
  scope: string
  claim: string
  domains: string[]
  issuerRead: { at: number | null; problem: string | null; known: boolean }
  mail: boolean
  urls: { byod: string; adde: string }
  discovery: { path: string; body: string }
  led: boolean
  leading: Lead[]
}

const key = ['settings', 'account-driven']

/** Lets people enroll by an address at work: which devices, who proves who they are, and what the domain must answer. */
export function AccountDriven() {
  const { t } = useVoice()
  const settings = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<AccountSettings>('/settings/account-driven', {}, signal),
    refetchInterval: 10_000,
  })
  const crumbs = [
    { label: t('nav.devices'), to: '/devices' },
    { label: t('enroll.title'), to: '/enrollment' },
    { label: t('door.title') },
  ]
  return (
    <>
      <PageHead title={t('door.title')} crumbs={crumbs} lede={t('door.lede')} />
      <EnrollNav />
      {settings.data ? (
        <div className="cols enroll-cols">
          <Decide key={JSON.stringify(decisionOf(settings.data))} settings={settings.data} />
          <Domain settings={settings.data} />
        </div>
      ) : (
        <div className="pad">
          {settings.error ? <ProblemNote error={settings.error} /> : <Bones label={t('kit.loading')} />}
        </div>
      )}
    </>
  )
}

function decisionOf(s: AccountSettings) {
  return {
    byod: s.byod,
    adde: s.adde,
    led: s.led,
    way: s.way,
    issuer: s.issuer ?? '',
    clientId: s.clientId ?? '',
    audience: s.audience ?? '',
    scope: s.scope,
    claim: s.claim,
    domains: s.domains.join('\n'),
  }
}

function Decide({ settings }: { settings: AccountSettings }) {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const [form, setForm] = useState(() => decisionOf(settings))
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const save = useMutation({
    mutationFn: () =>
      call<AccountSettings>('PATCH', '/settings/account-driven', {
        body: {
          ...form,
          issuer: form.issuer.trim() || null,
          clientId: form.clientId.trim() || null,
          audience: form.audience.trim() || null,
          domains: form.domains.split(/[\s,]+/).filter(d => d !== ''),
        },
      }),
    onSuccess: saved => client.setQueryData(key, saved),
  })
  return (
    <Section id="decide" title={t('door.who')}>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        <Tick
          label={t('door.byod')}
          hint={t('door.byodHint')}
          checked={form.byod}
          onChange={event => set({ byod: event.target.checked })}
        />
        <Tick
          label={t('door.adde')}
          hint={t('door.addeHint')}
          checked={form.adde}
          onChange={event => set({ adde: event.target.checked })}
        />
        <Tick
          label={t('door.led')}
          hint={t('door.ledHint')}
          checked={form.led}
          onChange={event => set({ led: event.target.checked })}
        />
        <SelectField
          label={t('door.way')}
          value={form.way}
          onChange={event => set({ way: event.target.value })}
          options={[
            { value: 'web', label: t('door.wayWeb') },
            { value: 'oauth2', label: t('door.wayIssuer') },
          ]}
        />
        {form.way === 'web' && !settings.mail && (
          <Note tone="attention">
            <p>{t('door.noMail')}</p>
          </Note>
        )}
        {form.way === 'oauth2' && <Issuer form={form} set={set} settings={settings} />}
        <TextArea
          label={t('door.domains')}
          hint={t('door.domainsHint')}
          mono
          rows={3}
          value={form.domains}
          onChange={event => set({ domains: event.target.value })}
        />
        {save.error && <ProblemNote error={save.error} />}
        {can('org:write') && (
          <div>
            <Button type="submit" variant="primary" busy={save.isPending}>
              {t('door.save')}
            </Button>
          </div>
        )}
      </form>
    </Section>
  )
}

type Form = ReturnType<typeof decisionOf>

function Issuer(props: { form: Form; set: (part: Partial<Form>) => void; settings: AccountSettings }) {
  const { t, f, has } = useVoice()
  const { form, set, settings } = props
  const { problem, at, known } = settings.issuerRead
  const why = `door.issuerProblem.${problem}`
  return (
    <>
      <TextField
        label={t('door.issuer')}
        hint={t('door.issuerHint')}
        mono
        type="url"
        placeholder="https://login.example.com"
        value={form.issuer}
        onChange={event => set({ issuer: event.target.value })}
      />
      <TextField
        label={t('door.clientId')}
        mono
        value={form.clientId}
        onChange={event => set({ clientId: event.target.value })}
      />
      <div className="pair">
        <TextField
          label={t('door.scope')}
          mono
          value={form.scope}
          onChange={event => set({ scope: event.target.value })}
        />
        <TextField
          label={t('door.claim')}
          mono
          value={form.claim}
          onChange={event => set({ claim: event.target.value })}
        />
      </div>
      {settings.way === 'oauth2' && (
        <Note tone={problem !== null ? 'danger' : known ? 'ok' : 'pending'} role="status">
          <p>
            {problem !== null
              ? has(why)
                ? t(why)
                : problem
              : at === null
                ? t('door.issuerUnread')
                : t('door.issuerRead', { time: f.dateTime(at) })}
          </p>
        </Note>
      )}
    </>
  )
}

function Domain({ settings }: { settings: AccountSettings }) {
  const { t } = useVoice()
  const { path, body } = settings.discovery
  const open = settings.byod || settings.adde
  return (
    <Section id="domain" title={t('door.domainTitle')}>
      <div className="stack">
        <p>{t('door.domainText')}</p>
        {!open && (
          <Note tone="info">
            <p>{t('door.closedNote')}</p>
          </Note>
        )}
        {open && <Leading led={settings.led} leading={settings.leading} />}
        <div className="link-line">
          <span className="mono cut">{path}</span>
          <Copy text={path} label={t('door.copyPath')} words />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section className="code" tabIndex={0} aria-label={t('door.answer')}>
          <pre>{body}</pre>
        </section>
        <div>
          <Copy text={body} label={t('door.copyAnswer')} words />
        </div>
        <p className="small muted">{t('door.redirectText')}</p>
      </div>
    </Section>
  )
}
