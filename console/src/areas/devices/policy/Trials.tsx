import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../api.ts'
import type { Device } from '../../../contract.ts'
import type { DeviceTrial } from '../../../contract/effective.ts'
import type { Ref } from '../../../contract/policies.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { Button } from '../../../kit/Button.tsx'
import { useNow } from '../../../kit/clock.ts'
import { Dialog } from '../../../kit/Dialog.tsx'
import { SelectField } from '../../../kit/Field.tsx'
import { ProblemNote } from '../../../kit/Problem.tsx'
import { State } from '../../../kit/State.tsx'
import { useCan } from '../../../session.tsx'
import { versionsQuery } from '../../policies/queries.ts'
import { trialsQuery } from './queries.ts'
import { PolicyPick } from './WhyNot.tsx'

const lengths = [5, 15, 30, 60, 240]

/** What is being tried on the device, with the time left; and the way to try something. */
export function Trials({ device }: { device: Device }) {
  const { t } = useVoice()
  const can = useCan()
  const [trying, setTrying] = useState(false)
  const trials = useQuery(trialsQuery(device.id))
  if (!trials.data) return null
  const may = can('devices:configure') && can('policies:write')
  return (
    <>
      {trials.data.map(trial => (
        <Running key={trial.id} device={device.id} trial={trial} may={may} />
      ))}
      {may && (
        <Button size="sm" variant="quiet" onClick={() => setTrying(true)}>
          {t('trial.try')}
        </Button>
      )}
      {trying && <TrialDialog device={device} onClose={() => setTrying(false)} />}
    </>
  )
}

function Running({ device, trial, may }: { device: string; trial: DeviceTrial; may: boolean }) {
  const { t, f } = useVoice()
  const now = useNow(1000)
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () => call('DELETE', `/trials/${trial.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device', device] }),
  })
  return (
    <span className="trial">
      <State tone="info" icon="pending">
        {t('trial.running', { name: trial.policy.name, left: f.span(Math.max(0, trial.until - now)) })}
      </State>
      {may && (
        <Button size="sm" busy={end.isPending} onClick={() => end.mutate()}>
          {t('trial.end')}
        </Button>
      )}
    </span>
  )
}

/** Puts a version of a policy on this device for some minutes. */
function TrialDialog({ device, onClose }: { device: Device; onClose(): void }) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const [policy, setPolicy] = useState<Ref | null>(null)
  const [version, setVersion] = useState('')
  const [minutes, setMinutes] = useState('15')
  const versions = useQuery({ ...versionsQuery(policy?.id ?? ''), enabled: policy !== null })
  const start = useMutation({
    mutationFn: () =>
      call('POST', `/devices/${device.id}/trials`, {
        body: {
          policy: policy?.id,
          minutes: Number(minutes),
          ...(version === '' ? {} : { version: Number(version) }),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device.id] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('trial.title', { name: device.name })}
      onSubmit={() => policy && !start.isPending && start.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!policy} busy={start.isPending}>
            {t('trial.go')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('trial.text')}</p>
      <div className="field">
        <PolicyPick
          label={t('trial.policy')}
          onPick={picked => {
            setPolicy(picked)
            setVersion('')
          }}
        />
        {policy && <p className="hint">{t('trial.chosen', { name: policy.name })}</p>}
      </div>
      {policy && (
        <SelectField
          label={t('policies.col.version')}
          value={version}
          onChange={event => setVersion(event.target.value)}
          options={[
            { value: '', label: t('trial.newest') },
            ...(versions.data?.items ?? []).map(one => ({
              value: String(one.version),
              label: t('trial.version', { n: one.version, at: f.dateTime(one.at) }),
            })),
          ]}
        />
      )}
      <SelectField
        label={t('trial.minutes')}
        hint={t('trial.minutesHint')}
        value={minutes}
        onChange={event => setMinutes(event.target.value)}
        options={lengths.map(n => ({ value: String(n), label: f.span(n * 60_000) }))}
      />
      <ProblemNote error={start.error} />
    </Dialog>
  )
}
