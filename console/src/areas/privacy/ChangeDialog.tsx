import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Action,
  actions,
  type Charter,
  type Collect,
  collects,
  type Commanding,
  commandings,
  type DataType,
  dataTypes,
  type Owned,
  owned,
  type Rules,
} from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Segments, SelectField, TextArea, TextField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { presetsQuery, signersQuery, wishFor } from './queries.ts'
import { collectOf, commandOf, Differences } from './words.tsx'

/** Draws another charter from a preset or from the one in force, shows what would differ, and proposes it or puts it into force. */
export function ChangeDialog({ charter, onClose }: { charter: Charter; onClose(): void }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const presets = useQuery(presetsQuery)
  const signers = useQuery(signersQuery)
  const [rules, setRules] = useState<Rules>(charter.rules)
  const [from, setFrom] = useState('now')
  const [whose, setWhose] = useState<Owned>('company')
  const [cosigners, setCosigners] = useState(charter.cosigners.map(c => c.id))
  const [why, setWhy] = useState('')
  const said = why.trim().length >= 3 ? why.trim() : t('privacy.wouldDiffer')
  const shown = useQuery({
    queryKey: ['privacy', 'wish', rules, cosigners],
    queryFn: () => wishFor({ rules, cosigners, why: said }, true),
    retry: false,
  })
  const make = useMutation({
    mutationFn: () => wishFor({ rules, cosigners, why: why.trim() }, false),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['privacy'] })
      onClose()
    },
  })
  const differences = shown.data?.differences ?? []
  const ready = differences.length > 0 && why.trim().length >= 3
  const names = new Map(signers.data?.items.map(s => [s.id, s.name]))
  const begin = (name: string): void => {
    setFrom(name)
    setRules(presets.data?.items.find(p => p.name === name)?.rules ?? charter.rules)
  }
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={t('privacy.changeTitle')}
      onSubmit={() => ready && make.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={make.isPending}>
            {t(shown.data?.loosens ? 'privacy.toAgree' : 'privacy.toApply')}
          </Button>
        </>
      }
    >
      <SelectField
        label={t('privacy.from')}
        value={from}
        onChange={e => begin(e.target.value)}
        options={[
          { value: 'now', label: t('privacy.asItIs') },
          ...(presets.data?.items ?? []).map(p => ({ value: p.name, label: t(`privacy.preset.${p.name}`) })),
        ]}
      />
      <Segments<Owned>
        label={t('privacy.forWhom')}
        value={whose}
        options={owned.map(o => ({ value: o, label: t(`privacy.owned.${o}`) }))}
        onChange={setWhose}
      />
      <Choices charter={charter} rules={rules} whose={whose} onChange={setRules} />
      <fieldset className="privacy-signers">
        <legend>{t('privacy.cosigners')}</legend>
        {signers.data?.items.map(s => (
          <Tick
            key={s.id}
            label={s.name}
            checked={cosigners.includes(s.id)}
            onChange={() => setCosigners(all => (all.includes(s.id) ? all.filter(c => c !== s.id) : [...all, s.id]))}
          />
        ))}
      </fieldset>
      <TextField
        label={t('privacy.apps')}
        mono
        value={rules.apps.join(' ')}
        onChange={e => setRules({ ...rules, apps: e.target.value.split(/[\s,]+/).filter(Boolean) })}
      />
      <TextArea label={t('privacy.why')} rows={2} value={why} onChange={e => setWhy(e.target.value)} />
      <h3>{t('privacy.wouldDiffer')}</h3>
      {differences.length === 0 && !shown.error && <p className="muted">{t('privacy.nothingDiffers')}</p>}
      {differences.length > 0 && (
        <Note tone={shown.data?.loosens ? 'attention' : 'info'}>
          <p>{t(shown.data?.loosens ? 'privacy.loosensText' : 'privacy.tightensText')}</p>
        </Note>
      )}
      <Differences voice={voice} all={differences} nameOf={id => names.get(id) ?? id} />
      <ProblemNote error={make.error ?? shown.error} />
    </Dialog>
  )
}

/** One choice per kind of datum and per order, for the devices of one ownership; floors leave none. */
function Choices(props: { charter: Charter; rules: Rules; whose: Owned; onChange(rules: Rules): void }) {
  const { t } = useVoice()
  const { charter, rules, whose, onChange } = props
  const free = (type: DataType): Collect[] => {
    const floor = charter.floors.collect.find(f => f.type === type && f.ownership === whose)?.most
    return floor === 'never' ? [] : charter.choices[type]
  }
  const setCollect = (type: DataType, collect: Collect): void =>
    onChange({
      ...rules,
      collect: [
        ...rules.collect.filter(r => r.type !== type || r.ownership !== whose || r.unit !== null || r.mode !== null),
        { type, ownership: whose, mode: null, unit: null, collect },
      ],
    })
  const setCommand = (action: Action, commanding: Commanding): void =>
    onChange({
      ...rules,
      command: [
        ...rules.command.filter(
          r => r.action !== action || r.ownership !== whose || r.unit !== null || r.mode !== null,
        ),
        { action, ownership: whose, mode: null, unit: null, commanding },
      ],
    })
  return (
    <div className="privacy-choices">
      {dataTypes
        .filter(type => free(type).length > 1)
        .map(type => (
          <SelectField
            key={type}
            label={t(`privacy.type.${type}`)}
            value={collectOf(rules, type, whose)}
            onChange={e => setCollect(type, collects.find(c => c === e.target.value) ?? 'never')}
            options={free(type).map(c => ({ value: c, label: t(`privacy.collect.${c}`) }))}
          />
        ))}
      {actions
        .filter(a => !charter.floors.command.some(f => f.action === a && f.ownership === whose))
        .map(action => (
          <SelectField
            key={action}
            label={t(`privacy.action.${action}`)}
            value={commandOf(rules, action, whose)}
            onChange={e => setCommand(action, commandings.find(c => c === e.target.value) ?? 'never')}
            options={commandings.map(c => ({ value: c, label: t(`privacy.commanding.${c}`) }))}
          />
        ))}
    </div>
  )
}
