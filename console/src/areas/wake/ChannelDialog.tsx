import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { WakeChannel, WakeChannelName } from '../../contract/wake.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Segments, SelectField, TextArea, TextField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

/** The channels that an admin sets up here. */
export type Settable = 'fcm' | 'webpush' | 'sms'

/** The channel as one that is set up here; null where the server's own settings decide. */
export const settable = (channel: WakeChannelName): Settable | null =>
  channel === 'fcm' || channel === 'webpush' || channel === 'sms' ? channel : null

type Form = Record<string, string>

const text = (value: unknown, otherwise = ''): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : otherwise

/** What the form begins with: what is set, and where nothing is, what is usual. */
function beginning({ settings }: WakeChannel): Form {
  const hosts = Array.isArray(settings['hosts'])
    ? settings['hosts'].map(String)
    : ['ntfy.sh', '*.push.services.mozilla.com']
  return {
    way: settings['systemId'] === undefined ? 'gateway' : 'center',
    file: '',
    contact: text(settings['contact'], 'mailto:'),
    hosts: hosts.join('\n'),
    url: text(settings['url']),
    template: text(settings['body'], 'to={to}&text={text}'),
    authorization: '',
    host: text(settings['host']),
    port: text(settings['port'], '2775'),
    tls: settings['tls'] === true ? 'yes' : '',
    systemId: text(settings['systemId']),
    password: '',
    sender: text(settings['sender']),
    form: text(settings['form'], 'text'),
    perDeviceDay: text(settings['perDeviceDay'], '4'),
    perOrgHour: text(settings['perOrgHour'], '100'),
  }
}

function sent(which: Settable, form: Form): { path: string; body: object } {
  const of = (name: string): string => (form[name] ?? '').trim()
  if (which === 'fcm') return { path: '/wake-channels/fcm', body: { serviceAccount: of('file') } }
  if (which === 'webpush')
    return {
      path: '/wake-channels/webpush',
      body: { contact: of('contact'), hosts: of('hosts').split(/\s+/).filter(Boolean) },
    }
  const limits = { perDeviceDay: Number(of('perDeviceDay')), perOrgHour: Number(of('perOrgHour')) }
  if (form['way'] === 'gateway') {
    const secret = form['authorization'] ? { authorization: form['authorization'] } : {}
    return { path: '/wake-channels/sms', body: { url: of('url'), body: of('template'), ...limits, ...secret } }
  }
  const secret = form['password'] ? { password: form['password'] } : {}
  const center = { host: of('host'), port: Number(of('port')), tls: form['tls'] === 'yes', systemId: of('systemId') }
  return {
    path: '/wake-channels/smpp',
    body: { ...center, sender: of('sender'), form: of('form'), ...limits, ...secret },
  }
}

/** Sets one channel up, or changes how it is. */
export function ChannelDialog({ which, now, onClose }: { which: Settable; now: WakeChannel; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [form, setForm] = useState(() => beginning(now))
  const save = useMutation({
    mutationFn: () => {
      const { path, body } = sent(which, form)
      return call('PUT', path, { body })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['wake-channels'] })
      onClose()
    },
  })
  const parts = { form, set: (name: string, value: string) => setForm({ ...form, [name]: value }), kept: now.secret }
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={t(`waking.name.${which}`)}
      onSubmit={() => save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{t(`waking.about.${which}`)}</p>
        {which === 'fcm' && <Line {...parts} name="file" many hint={t('waking.fileHint')} />}
        {which === 'webpush' && (
          <>
            <Line {...parts} name="contact" hint={t('waking.contactHint')} />
            <Line {...parts} name="hosts" many hint={t('waking.hostsHint')} />
          </>
        )}
        {which === 'sms' && <Texts {...parts} />}
        <ProblemNote error={save.error} />
      </div>
    </Dialog>
  )
}

interface Parts {
  form: Form
  set(name: string, value: string): void
  /** A secret is stored already. */
  kept: boolean
}

type FieldName =
  | 'file'
  | 'contact'
  | 'hosts'
  | 'url'
  | 'template'
  | 'authorization'
  | 'host'
  | 'port'
  | 'systemId'
  | 'password'
  | 'sender'
  | 'perDeviceDay'
  | 'perOrgHour'

function Line(props: Parts & { name: FieldName; many?: boolean; secret?: boolean; hint?: string }) {
  const { t } = useVoice()
  const { name, form, set } = props
  const shared = { label: t(`waking.field.${name}`), value: form[name] ?? '', mono: true, spellCheck: false }
  const hint = props.hint === undefined ? {} : { hint: props.hint }
  if (props.many) return <TextArea {...shared} {...hint} rows={5} onChange={e => set(name, e.target.value)} />
  const type = props.secret ? { type: 'password', autoComplete: 'off' } : {}
  return <TextField {...shared} {...hint} {...type} onChange={e => set(name, e.target.value)} />
}

function Texts(parts: Parts) {
  const { t } = useVoice()
  const { form, set } = parts
  const kept = parts.kept ? t('waking.secretKept') : undefined
  const hint = kept === undefined ? {} : { hint: kept }
  return (
    <>
      <Segments
        label={t('waking.way')}
        value={form['way'] === 'center' ? 'center' : 'gateway'}
        onChange={value => set('way', value)}
        options={[
          { value: 'gateway', label: t('waking.way.gateway') },
          { value: 'center', label: t('waking.way.center') },
        ]}
      />
      {form['way'] === 'gateway' ? (
        <>
          <Line {...parts} name="url" hint={t('waking.urlHint')} />
          <Line {...parts} name="template" />
          <Line {...parts} name="authorization" secret {...hint} />
        </>
      ) : (
        <>
          <Line {...parts} name="host" />
          <Line {...parts} name="port" />
          <Tick
            label={t('waking.tls')}
            checked={form['tls'] === 'yes'}
            onChange={e => set('tls', e.target.checked ? 'yes' : '')}
          />
          <Line {...parts} name="systemId" />
          <Line {...parts} name="password" secret {...hint} />
          <Line {...parts} name="sender" />
          <SelectField
            label={t('waking.form')}
            value={form['form']}
            onChange={e => set('form', e.target.value)}
            options={(['text', 'data'] as const).map(value => ({ value, label: t(`waking.form.${value}`) }))}
          />
        </>
      )}
      <Line {...parts} name="perDeviceDay" />
      <Line {...parts} name="perOrgHour" />
    </>
  )
}
