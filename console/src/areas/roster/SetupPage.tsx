import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/roster.css'
import { call, get } from '../../api.ts'
import type { Setup, SetupBody } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { Meaning } from './Meaning.tsx'
import { SetupChoices } from './SetupChoices.tsx'
import { SkippedSteps } from './SkippedSteps.tsx'

const fresh: SetupBody = {
  supervised: true,
  mandatory: true,
  removable: false,
  awaits: true,
  awaitMinutes: 15,
  autoAdvance: false,
  language: null,
  region: null,
  sharedDevice: false,
  returnToService: false,
  pairing: true,
  freshFromBackup: true,
  minimumOs: null,
  signIn: 'none',
  skip: [],
  support: { phone: '', email: '', department: '' },
}

/** Makes a setup or changes one: every choice, every step, and what they mean beside them. */
export function SetupPage() {
  const { t } = useVoice()
  const { setup: id } = useParams({ strict: false }) as { setup: string }
  const known = useQuery({
    queryKey: ['setups', id],
    enabled: id !== 'new',
    queryFn: ({ signal }) => get<Setup>(`/setups/${id}`, {}, signal),
  })
  if (id === 'new') return <Editor setup={null} />
  if (!known.data)
    return (
      <div className="pad">
        <ProblemNote error={known.error} />
        {known.isPending && <Bones lines={8} label={t('kit.loading')} />}
      </div>
    )
  return <Editor key={known.data.id} setup={known.data} />
}

function Editor({ setup }: { setup: Setup | null }) {
  const { t } = useVoice()
  const can = useCan()
  const scope = useScope()
  const units = useUnits()
  const [name, setName] = useState(setup?.name ?? '')
  const [chosenUnit, setUnit] = useState(setup?.unit.id ?? scope.unit?.id ?? '')
  const [body, setBody] = useState(setup?.body ?? fresh)
  const [removing, setRemoving] = useState(false)
  const unit = chosenUnit || (units.data?.[0]?.id ?? '')
  const set = (part: Partial<SetupBody>) => setBody({ ...body, ...part })
  const save = useSave(setup, { name: name.trim(), unit, body })
  const title = setup?.name ?? t('setups.new')
  const write = can('roster:write')
  return (
    <form
      className="setup-form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (name.trim() !== '' && !save.isPending) save.mutate()
      }}
    >
      <PageHead
        title={title}
        crumbs={[
          { label: t('enroll.title'), to: '/enrollment' },
          { label: t('setups.title'), to: '/enrollment/setups' },
          { label: <span data-name>{title}</span> },
        ]}
        lede={setup ? t('setups.usedBy', { devices: setup.devices, programs: setup.programs }) : t('setups.newLede')}
      >
        {setup && write && <Button onClick={() => setRemoving(true)}>{t('setups.remove')}</Button>}
        {write && (
          <Button type="submit" variant="primary" busy={save.isPending} disabled={name.trim() === ''}>
            {setup ? t('kit.save') : t('setups.make')}
          </Button>
        )}
      </PageHead>
      <div className="setup-cols">
        <div>
          <Section id="what" title={t('setups.what')}>
            <ProblemNote error={save.error} />
            {save.isSuccess && setup && (
              <p role="status" className="small">
                {t('setups.saved')}
              </p>
            )}
            <div className="pair">
              <TextField
                label={t('setups.name')}
                value={name}
                error={fieldError(save.error, 'name')}
                onChange={event => setName(event.target.value)}
              />
              <SelectField
                label={t('roster.unit')}
                hint={t('setups.unitHint')}
                value={unit}
                onChange={event => setUnit(event.target.value)}
                options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
              />
            </div>
          </Section>
          <SetupChoices body={body} set={set} error={save.error} />
          <SkippedSteps skip={body.skip} onChange={skip => set({ skip })} />
        </div>
        <Meaning body={body} />
      </div>
      {removing && setup && <RemoveSetup setup={setup} onClose={() => setRemoving(false)} />}
    </form>
  )
}

function useSave(setup: Setup | null, draft: { name: string; unit: string; body: SetupBody }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () =>
      setup
        ? call<Setup>('PATCH', `/setups/${setup.id}`, { body: draft })
        : call<Setup>('POST', '/setups', { body: draft }),
    onSuccess: async saved => {
      client.setQueryData(['setups', saved.id], saved)
      await Promise.all(['setups', 'roster'].map(key => client.invalidateQueries({ queryKey: [key] })))
      if (!setup) void navigate({ to: '/enrollment/setups/$setup', params: { setup: saved.id } })
    },
  })
}

function RemoveSetup({ setup, onClose }: { setup: Setup; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/setups/${setup.id}`),
    onSuccess: async () => {
      void navigate({ to: '/enrollment/setups' })
      await client.invalidateQueries({ queryKey: ['setups'], refetchType: 'none' })
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('setups.removeTitle', { name: setup.name })}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('setups.removeGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('setups.removeText')}</p>
      <ProblemNote error={remove.error} />
    </Dialog>
  )
}
