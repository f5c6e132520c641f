import type { AppleChoices as Known, SetupBody } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { Note } from '../../kit/State.tsx'
import type { AppleDraft, AppleFault } from './apple.ts'
import { ReturnNetwork } from './ReturnNetwork.tsx'
import { SharedChoices } from './SharedChoices.tsx'

/** What the sections below work on. */
export interface AppleProps {
  known: Known
  draft: AppleDraft
  body: SetupBody
  set(part: Partial<AppleDraft>): void
  /** What is wrong with a field, in words; null while nobody tried to save. */
  fault(field: AppleFault): string | null
}

/** What a setup decides that only Apple devices have: the first accounts of a Mac, how an iPad is shared, and the way back after erasing. */
export function AppleChoices(props: AppleProps) {
  return (
    <>
      <MacAccounts {...props} />
      <SharedChoices {...props} />
      <ReturnNetwork {...props} />
    </>
  )
}

const admin = { shortName: 'itadmin', fullName: 'IT', hidden: true }

function MacAccounts({ draft, body, set, fault }: AppleProps) {
  const { t } = useVoice()
  const decided = draft.primary !== 'usual' || draft.prefill || draft.admin !== null
  return (
    <Section id="accounts" title={t('setups.accounts')} hint={t('setups.accounts.hint')}>
      {decided && !body.awaits && <Note tone="attention">{t('setups.notAwaited')}</Note>}
      {body.autoAdvance && draft.admin === null && <Note tone="attention">{t('setups.autoAccounts')}</Note>}
      <SelectField
        label={t('setups.primary')}
        hint={t(`setups.primary.${draft.primary}.hint`)}
        error={fault('account')}
        value={draft.primary}
        onChange={event => set({ primary: event.target.value as AppleDraft['primary'] })}
        options={(['usual', 'standard', 'none'] as const).map(value => ({
          value,
          label: t(`setups.primary.${value}`),
        }))}
      />
      {draft.primary !== 'none' && (
        <Tick
          label={t('setups.prefill')}
          hint={t('setups.prefill.hint')}
          checked={draft.prefill}
          onChange={event => set({ prefill: event.target.checked })}
        />
      )}
      {draft.primary !== 'none' && draft.prefill && (
        <Tick
          label={t('setups.lockNames')}
          checked={draft.lockNames}
          onChange={event => set({ lockNames: event.target.checked })}
        />
      )}
      <Tick
        label={t('setups.admin')}
        hint={t('setups.admin.hint')}
        checked={draft.admin !== null}
        onChange={event => set({ admin: event.target.checked ? admin : null })}
      />
      <Administrator draft={draft} set={set} fault={fault} />
    </Section>
  )
}

function Administrator({ draft, set, fault }: Pick<AppleProps, 'draft' | 'set' | 'fault'>) {
  const { t } = useVoice()
  const { admin: chosen } = draft
  if (chosen === null) return null
  return (
    <>
      <div className="pair">
        <TextField
          label={t('setups.admin.shortName')}
          hint={t('setups.admin.shortName.hint')}
          error={fault('shortName')}
          autoComplete="off"
          spellCheck={false}
          value={chosen.shortName}
          onChange={event => set({ admin: { ...chosen, shortName: event.target.value.trim() } })}
        />
        <TextField
          label={t('setups.admin.fullName')}
          error={fault('fullName')}
          autoComplete="off"
          value={chosen.fullName}
          onChange={event => set({ admin: { ...chosen, fullName: event.target.value.slice(0, 100) } })}
        />
      </div>
      <Tick
        label={t('setups.admin.hidden')}
        hint={t('setups.admin.hidden.hint')}
        checked={chosen.hidden}
        onChange={event => set({ admin: { ...chosen, hidden: event.target.checked } })}
      />
    </>
  )
}
