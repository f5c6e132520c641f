import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { EscrowRule, EscrowRules } from '../../contract/portal.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import type { Ruled } from './RulesPage.tsx'
import { sayKind } from './SecretsPanel.tsx'

type Way = 'usual' | 'once' | '30' | '90' | '180' | '365' | 'no'
const ways: readonly Way[] = ['usual', 'once', '30', '90', '180', '365', 'no']

/** Says what a unit, and all below it without a rule of its own, demands of the secrets of its devices. */
export function RuleDialog(props: { rules: EscrowRules; ruled: Ruled | null; onClose(): void }) {
  const voice = useVoice()
  const { t } = voice
  const { rules, ruled, onClose } = props
  const client = useQueryClient()
  const units = useUnits()
  const taken = new Set(rules.items.map(r => r.unit.id))
  const free = (units.data ?? []).filter(one => !taken.has(one.id))
  const [chosen, setUnit] = useState(ruled?.unit.id ?? '')
  const unit = chosen || (free[0]?.id ?? '')
  const [kinds, setKinds] = useState(ruled?.rule.kinds ?? {})
  const [minutes, setMinutes] = useState(String((ruled?.rule ?? rules.usual).afterViewMinutes))
  const save = useMutation({
    mutationFn: () =>
      call('PUT', `/units/${unit}/escrow-rule`, {
        body: { kinds, afterViewMinutes: Number(minutes) } satisfies EscrowRule,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['escrow'] })
      onClose()
    },
  })
  const number = Number(minutes)
  const bad = !Number.isInteger(number) || number < 5 || number > 7 * 24 * 60
  const choose = (kind: string, way: Way) => {
    const { [kind]: _before, ...others } = kinds
    setKinds(way === 'usual' ? others : { ...others, [kind]: demandOf(way) })
  }
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={ruled ? t('escrowRule.changeNamed', { name: ruled.unit.name }) : t('escrowRule.add')}
      onSubmit={() => !bad && unit !== '' && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={bad || unit === ''} busy={save.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      {!ruled && (
        <SelectField
          label={t('escrowRule.unit')}
          hint={t('escrowRule.unitHint')}
          value={unit}
          onChange={event => setUnit(event.target.value)}
          options={free.map(one => ({ value: one.id, label: one.path }))}
        />
      )}
      {rules.kinds.map(({ kind, always }) => (
        <SelectField
          key={kind}
          label={sayKind(voice, kind)}
          value={wayOf(kinds[kind])}
          onChange={event => choose(kind, event.target.value as Way)}
          options={optionsFor(kinds[kind]).map(way => ({
            value: way,
            label:
              way === 'usual'
                ? t(always ? 'escrowRule.way.usualYes' : 'escrowRule.way.usualNo')
                : way === 'once' || way === 'no'
                  ? t(`escrowRule.way.${way}`)
                  : t('escrowRule.way.every', { days: Number(way) }),
          }))}
        />
      ))}
      <TextField
        label={t('escrowRule.minutes')}
        hint={t('escrowRule.minutesHint')}
        inputMode="numeric"
        value={minutes}
        error={bad ? t('escrowRule.minutesBad') : null}
        onChange={event => setMinutes(event.target.value)}
      />
      <p className="small muted">{t('escrowRule.soon')}</p>
      <ProblemNote error={save.error} />
    </Dialog>
  )
}

type Demand = EscrowRule['kinds'][string]

const demandOf = (way: string): Demand => ({
  demand: way !== 'no',
  everyDays: way === 'no' || way === 'once' ? null : Number(way),
})

function wayOf(demand: Demand | undefined): string {
  if (!demand) return 'usual'
  if (!demand.demand) return 'no'
  return demand.everyDays === null ? 'once' : String(demand.everyDays)
}

/** The usual choices, and what was set by other means. */
function optionsFor(demand: Demand | undefined): string[] {
  const now = wayOf(demand)
  return (ways as readonly string[]).includes(now) ? [...ways] : [...ways, now]
}

/** Asks before a unit goes by the rule above it again. */
export function RemoveRule({ ruled, onClose }: { ruled: Ruled; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/units/${ruled.unit.id}/escrow-rule`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['escrow'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('escrowRule.removeNamed', { name: ruled.unit.name })}
      onSubmit={() => !remove.isPending && remove.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button type="submit" variant="primary" busy={remove.isPending}>
            {t('escrowRule.remove')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('escrowRule.removeText')}</p>
      <ProblemNote error={remove.error} />
    </Dialog>
  )
}
