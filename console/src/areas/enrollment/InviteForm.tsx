import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { InvitationLink } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { useSession } from '../../session.tsx'
import { googleProgramsQuery } from '../android/google.ts'
import { AndroidHow } from './AndroidHow.tsx'
import { type AndroidMode, ownerOf } from './android.ts'

/** The systems by their makers' names, which no language translates. */
const systems = { apple: 'iPhone, iPad, Mac', agent: 'Android' }
const hours = [1, 24, 24 * 7, 24 * 30, 24 * 90]

/** Makes an invitation for devices of one system. */
export function InviteForm() {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const scope = useScope()
  const { units: roots } = useSession()
  const units = useUnits()
  const [form, setForm] = useState({ name: '', unit: '', ownership: 'company', uses: '1', hours: '24' })
  const [system, setSystem] = useState<'apple' | 'agent'>('apple')
  const [mode, setMode] = useState<AndroidMode>('fully-managed')
  const [road, setRoad] = useState('')
  const android = system === 'agent'
  const google = useQuery({ ...googleProgramsQuery, enabled: android })
  const roads = google.data?.items.filter(one => one.live) ?? []
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const unit = form.unit || scope.unit?.id || roots[0]?.id || units.data?.[0]?.id || ''
  const invite = useMutation({
    mutationFn: () =>
      call<InvitationLink>('POST', android && road ? `/programs/android/${road}/tokens` : '/invitations', {
        body: {
          ...(android && road ? { mode } : { platform: system, ownership: android ? ownerOf(mode) : form.ownership }),
          unit,
          uses: form.uses === 'any' ? null : Number(form.uses),
          expiresInHours: Number(form.hours),
          ...(form.name.trim() ? { name: form.name.trim() } : {}),
        },
      }),
    onSuccess: made => {
      if (!(android && road)) client.setQueryData(['invitation-link', made.id], android ? { ...made, mode } : made)
      void client.invalidateQueries({ queryKey: ['invitations'] })
      void navigate({ to: '/enrollment/$invitation', params: { invitation: made.id } })
    },
  })
  return (
    <Section id="invite" title={t('enroll.new')}>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          if (unit && !invite.isPending) invite.mutate()
        }}
      >
        <fieldset className="radios side">
          <legend className="lab">{t('android.system')}</legend>
          {(['apple', 'agent'] as const).map(one => (
            <label className="ck" key={one}>
              <input type="radio" name="system" checked={system === one} onChange={() => setSystem(one)} />
              <span lang="en">{systems[one]}</span>
            </label>
          ))}
        </fieldset>
        <TextField
          label={t('enroll.name')}
          hint={t('enroll.nameHint')}
          value={form.name}
          onChange={event => set({ name: event.target.value })}
        />
        <SelectField
          label={t('enroll.unit')}
          value={unit}
          onChange={event => set({ unit: event.target.value })}
          options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
        />
        {android && roads.length > 0 && (
          <fieldset className="radios">
            <legend className="lab">{t('google.by')}</legend>
            <label className="ck how-choice">
              <input type="radio" name="road" checked={road === ''} onChange={() => setRoad('')} />
              <span>
                <b>{t('google.byAgent')}</b>
                <span className="hint">{t('google.byAgentHint')}</span>
              </span>
            </label>
            {roads.map(one => (
              <label className="ck how-choice" key={one.id}>
                <input type="radio" name="road" checked={road === one.id} onChange={() => setRoad(one.id)} />
                <span>
                  <b>{t('google.byGoogle', { name: one.name })}</b>
                  <span className="hint">{t('google.byGoogleHint')}</span>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {android && <AndroidHow mode={mode} onChange={setMode} />}
        {!android && (
          <SelectField
            label={t('enroll.ownership')}
            hint={t('enroll.ownershipHint')}
            value={form.ownership}
            onChange={event => set({ ownership: event.target.value })}
            options={(['company', 'personal', 'unknown'] as const).map(value => ({
              value,
              label: t(`device.ownership.${value}`),
            }))}
          />
        )}
        <div className="pair">
          <SelectField
            label={t('enroll.uses')}
            value={form.uses}
            onChange={event => set({ uses: event.target.value })}
            options={[
              ...['1', '5', '20', '100'].map(n => ({ value: n, label: t('enroll.times', { n: Number(n) }) })),
              { value: 'any', label: t('enroll.anyTimes') },
            ]}
          />
          <SelectField
            label={t('enroll.expires')}
            value={form.hours}
            onChange={event => set({ hours: event.target.value })}
            options={hours.map(n => ({ value: String(n), label: f.span(n * 3_600_000) }))}
          />
        </div>
        <ProblemNote error={invite.error} />
        <div>
          <Button type="submit" variant="primary" icon="qr" disabled={unit === ''} busy={invite.isPending}>
            {t('enroll.make')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
