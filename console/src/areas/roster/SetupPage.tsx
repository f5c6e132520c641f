import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import '../../kit/css/roster.css'
import { call, get } from '../../api.ts'
import type { AppleChoices as Apple, Setup, SetupBody } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { type AppleDraft, type AppleFault, draftOf, faultsOf, sentOf, usualChoices } from './apple.ts'
import { AppleChoices } from './AppleChoices.tsx'
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
  const apple = useQuery({
    queryKey: ['setups', id, 'apple'],
    enabled: id !== 'new',
    queryFn: ({ signal }) => get<Apple>(`/setups/${id}/apple`, {}, signal),
  })
  if (id === 'new') return <Editor setup={null} apple={usualChoices} />
  if (!known.data || !apple.data)
    return (
      <div className="pad">
        <ProblemNote error={known.error ?? apple.error} />
        {(known.isPending || apple.isPending) && <Bones lines={8} label={t('kit.loading')} />}
      </div>
    )
  return <Editor key={known.data.id} setup={known.data} apple={apple.data} />
}

function Editor({ setup, apple }: { setup: Setup | null; apple: Apple }) {
  const { t } = useVoice()
  const can = useCan()
  const scope = useScope()
  const units = useUnits()
  const [name, setName] = useState(setup?.name ?? '')
  const [chosenUnit, setUnit] = useState(setup?.unit.id ?? scope.unit?.id ?? '')
  const [body, setBody] = useState(setup?.body ?? fresh)
  const [removing, setRemoving] = useState(false)
  const unit = chosenUnit || (units.data?.[0]?.id ?? '')
  const [draft, setDraft] = useState(() => draftOf(apple))
  const set = (part: Partial<SetupBody>) => setBody({ ...body, ...part })
  const save = useSave(setup, { name: name.trim(), unit, body }, { known: apple, draft: sentOf(draft, body) })
  const { form, faulty, fault } = useFaults(draft, body)
  const title = setup?.name ?? t('setups.new')
  const write = can('roster:write')
  return (
    <form
      className="setup-form"
      noValidate
      ref={form}
      onSubmit={event => {
        event.preventDefault()
        if (name.trim() !== '' && !save.isPending && !faulty())
          // The password of a network is not kept here either once it is sent.
          save.mutate(undefined, { onSuccess: known => setDraft(draftOf(known.apple)) })
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
          <AppleChoices
            known={apple}
            draft={draft}
            body={body}
            set={part => setDraft({ ...draft, ...part })}
            fault={fault}
          />
          <SkippedSteps skip={body.skip} onChange={skip => set({ skip })} />
        </div>
        <Meaning body={body} apple={draft} />
      </div>
      {removing && setup && <RemoveSetup setup={setup} onClose={() => setRemoving(false)} />}
    </form>
  )
}

/** What is wrong, said only after somebody tried to save; the first wrong field then takes the focus. */
function useFaults(draft: AppleDraft, body: SetupBody) {
  const { t } = useVoice()
  const form = useRef<HTMLFormElement>(null)
  const [tries, setTries] = useState(0)
  const faults = faultsOf(draft, body)
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [tries])
  const faulty = (): boolean => {
    if (faults.size > 0) setTries(tries + 1)
    return faults.size > 0
  }
  const fault = (field: AppleFault) => (tries > 0 && faults.has(field) ? t(`setups.fault.${field}`) : null)
  return { form, faulty, fault }
}

interface Saved {
  setup: Setup
  apple: Apple
}

/** Saves the setup, and what only Apple devices have of it where that differs. A setup that was made in a try that failed later is changed by the next. */
function useSave(
  setup: Setup | null,
  body: { name: string; unit: string; body: SetupBody },
  { known, draft }: { known: Apple; draft: AppleDraft },
) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const made = useRef(setup?.id)
  return useMutation({
    mutationFn: async (): Promise<Saved> => {
      const saved = made.current
        ? await call<Setup>('PATCH', `/setups/${made.current}`, { body })
        : await call<Setup>('POST', '/setups', { body })
      made.current = saved.id
      const same = JSON.stringify(draft) === JSON.stringify(draftOf(known))
      const apple = same ? known : await call<Apple>('PUT', `/setups/${saved.id}/apple`, { body: draft })
      return { setup: saved, apple }
    },
    onSuccess: async saved => {
      client.setQueryData(['setups', saved.setup.id], saved.setup)
      client.setQueryData(['setups', saved.setup.id, 'apple'], saved.apple)
      await Promise.all(['setups', 'roster'].map(key => client.invalidateQueries({ queryKey: [key] })))
      if (!setup) void navigate({ to: '/enrollment/setups/$setup', params: { setup: saved.setup.id } })
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
