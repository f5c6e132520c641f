import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { AppPageData, AppPresence } from '../../contract/apps.ts'
import type { Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { useDryRun } from '../../kit/dryRun.ts'
import { EffectDialog } from '../../kit/EffectDialog.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { blueprintQuery, blueprintsQuery } from '../blueprints/queries.ts'

const presences: readonly AppPresence[] = ['required', 'available', 'forbidden', 'removed']

/** Makes the policy of an app, shows what it would do in a blueprint, and puts it there. Whoever turns back leaves no policy behind. */
export function AddToBlueprint({ app, onClose }: { app: AppPageData; onClose(): void }) {
  const { t } = useVoice()
  const blueprints = useQuery(blueprintsQuery)
  const [id, setId] = useState('')
  const [presence, setPresence] = useState<AppPresence>('required')
  const chosen = id || (blueprints.data?.items[0]?.id ?? '')
  const make = useMutation({
    mutationFn: () => {
      const name = `${app.name}: ${t(`choice.app.presence.${presence}`)} ${new Date().toISOString().slice(0, 16)}`
      const value = { app: app.id, presence }
      return call<{ policy: { id: string } }>('POST', '/policies', {
        body: { kind: 'app', name, unit: app.unit.id, value },
      })
    },
  })
  const policy = make.data?.policy.id
  if (policy !== undefined) return <Effect policy={policy} blueprint={chosen} onClose={onClose} />
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('appsPage.addToBlueprint')}
      onSubmit={() => chosen && !make.isPending && make.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={make.isPending} disabled={!chosen}>
            {t('appsPage.showEffect')}
          </Button>
        </>
      }
    >
      <SelectField
        label={t('used.which')}
        value={chosen}
        onChange={event => setId(event.target.value)}
        options={(blueprints.data?.items ?? []).map(one => ({ value: one.id, label: one.name }))}
      />
      <SelectField
        label={t('setting.app.presence')}
        value={presence}
        onChange={event => setPresence(event.target.value as AppPresence)}
        options={presences.map(value => ({ value, label: t(`choice.app.presence.${value}`) }))}
      />
      {blueprints.data?.items.length === 0 && <p className="soft">{t('used.noBlueprint')}</p>}
      <ProblemNote error={make.error ?? blueprints.error} />
    </Dialog>
  )
}

function Effect({ policy, blueprint, onClose }: { policy: string; blueprint: string; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const now = useQuery(blueprintQuery(blueprint))
  const path = `/blueprints/${blueprint}`
  const items = now.data && [...now.data.items.map(item => item.id), policy]
  const run = useDryRun(items ? `${path} ${items.join()}` : null, signal =>
    call<{ preview: Preview }>('PATCH', path, { query: { dryRun: true }, body: { items }, signal }),
  )
  const save = useMutation({
    mutationFn: (gate: object) => call('PATCH', path, { body: { items, ...gate } }),
    onSuccess: async () => {
      await Promise.all(
        [['blueprint'], ['blueprints'], ['policies'], ['app'], ['apps']].map(queryKey =>
          client.invalidateQueries({ queryKey }),
        ),
      )
      onClose()
    },
  })
  const leave = () => {
    if (!save.isPending) void call('DELETE', `/policies/${policy}`).catch(() => undefined)
    onClose()
  }
  return (
    <EffectDialog
      title={t('appsPage.addToBlueprint')}
      go={t('appsPage.addGo')}
      run={run}
      notYet={!items}
      untouched={t('used.untouched')}
      error={save.error ?? now.error}
      busy={save.isPending}
      onGo={gate => save.mutate(gate)}
      onClose={leave}
    />
  )
}
