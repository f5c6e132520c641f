import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Campaign } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { rulesQuery } from '../compliance/queries.ts'

const tag = 'update-overdue'

/** Gives a campaign a gate: a rule of its own in one act, or one that is there. */
export function GateDialog({ campaign, onClose }: { campaign: Campaign; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const rules = useInfiniteQuery(rulesQuery('os-age'))
  const [rule, setRule] = useState('')
  const [graceHours, setGraceHours] = useState(24)
  const [restrict, setRestrict] = useState(true)
  const [tellPerson, setTellPerson] = useState(true)
  const save = useMutation({
    mutationFn: () =>
      call('POST', `/campaigns/${campaign.id}/gate`, {
        body:
          rule === ''
            ? { kind: 'new', graceHours, restrict: restrict ? tag : null, tellPerson }
            : { kind: 'rule', rule },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['updates', 'campaign', campaign.id, 'gate'] })
      onClose()
    },
  })
  const known = rules.data?.pages.flatMap(p => p.items) ?? []
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('campaignGate.makeTitle')}
      onSubmit={() => save.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.cancel')}</KeepButton>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t('campaignGate.make')}
          </Button>
        </>
      }
    >
      {known.length > 0 && (
        <SelectField
          label={t('campaignGate.how')}
          value={rule}
          options={[
            { value: '', label: t('campaignGate.newRule') },
            ...known.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={event => setRule(event.target.value)}
        />
      )}
      {rule === '' && (
        <>
          <TextField
            label={t('campaignGate.grace')}
            type="number"
            min={0}
            max={2160}
            value={graceHours}
            onChange={event => setGraceHours(Number(event.target.value))}
          />
          <Tick
            toggle
            label={t('campaignGate.restrict')}
            hint={t('campaignGate.restrictHint', { tag })}
            checked={restrict}
            onChange={event => setRestrict(event.target.checked)}
          />
          <Tick
            toggle
            label={t('campaignGate.person')}
            checked={tellPerson}
            onChange={event => setTellPerson(event.target.checked)}
          />
        </>
      )}
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
