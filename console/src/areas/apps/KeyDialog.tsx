import { useState } from 'react'
import type { FormKey, FormType } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextArea, TextField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

const types: readonly FormType[] = ['text', 'whole', 'number', 'flag', 'date', 'data', 'list', 'group']
const numeric = (type: FormType): boolean => type === 'whole' || type === 'number'
const chosen = (type: FormType): boolean => type === 'text' || numeric(type)

/** Writes one key of what an app can be told: its name, type, words, default and choices. */
export function KeyDialog(props: {
  of: FormKey | null
  taken: readonly string[]
  error: unknown
  busy: boolean
  onSave(key: FormKey): void
  onClose(): void
}) {
  const { t } = useVoice()
  const { of } = props
  const [draft, setDraft] = useState(() => ({
    key: of?.key ?? '',
    type: of?.type ?? ('text' as FormType),
    title: of?.title ?? '',
    help: of?.help ?? '',
    fallback: of?.default === null || of?.default === undefined ? '' : String(of.default),
    choices: (of?.options ?? []).map(one => `${one.value} = ${one.title}`).join('\n'),
    needed: of?.needed === true,
    secret: of?.secret === true,
  }))
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const key = draft.key.trim()
  const twice = key !== of?.key && props.taken.includes(key)
  const bad = numeric(draft.type) && draft.fallback.trim() !== '' && !Number.isFinite(Number(draft.fallback))
  const ready = key !== '' && !twice && !bad
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={of ? t('appsPage.editKey', { key: of.key }) : t('appsPage.addKey')}
      onSubmit={() => ready && !props.busy && props.onSave(keyOf(draft, of))}
      actions={
        <>
          <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={props.busy} disabled={!ready}>
            {t('appsPage.saveKey')}
          </Button>
        </>
      }
    >
      <TextField
        mono
        label={t('appsPage.key')}
        hint={t('appsPage.keyHint')}
        error={twice ? t('appsPage.keyTwice') : null}
        value={draft.key}
        spellCheck={false}
        onChange={event => set({ key: event.target.value })}
      />
      <SelectField
        label={t('appsPage.type')}
        value={draft.type}
        onChange={event => set({ type: types.find(one => one === event.target.value) ?? 'text' })}
        options={types.map(value => ({ value, label: t(`appsPage.type.${value}`) }))}
      />
      <TextField
        label={t('appsPage.keyTitle')}
        value={draft.title}
        onChange={event => set({ title: event.target.value })}
      />
      <TextField
        label={t('appsPage.keyHelp')}
        value={draft.help}
        onChange={event => set({ help: event.target.value })}
      />
      {draft.type === 'flag' && (
        <SelectField
          label={t('appsPage.default')}
          value={draft.fallback}
          onChange={event => set({ fallback: event.target.value })}
          options={[
            { value: '', label: '–' },
            { value: 'true', label: t('kit.yes') },
            { value: 'false', label: t('kit.no') },
          ]}
        />
      )}
      {chosen(draft.type) && (
        <>
          <TextField
            label={t('appsPage.default')}
            error={bad ? t('appsPage.notNumber') : null}
            value={draft.fallback}
            onChange={event => set({ fallback: event.target.value })}
          />
          <TextArea
            mono
            label={t('appsPage.choices')}
            hint={t('appsPage.choicesHint')}
            value={draft.choices}
            onChange={event => set({ choices: event.target.value })}
          />
        </>
      )}
      <Tick
        label={t('appsPage.keyNeeded')}
        checked={draft.needed}
        onChange={event => set({ needed: event.target.checked })}
      />
      {draft.type === 'text' && (
        <Tick
          label={t('appsPage.keySecret')}
          checked={draft.secret}
          onChange={event => set({ secret: event.target.checked })}
        />
      )}
      <ProblemNote error={props.error} />
    </Dialog>
  )
}

type Draft = Record<'key' | 'title' | 'help' | 'fallback' | 'choices', string> & {
  type: FormType
  needed: boolean
  secret: boolean
}

/** The key that is meant; what the dialog does not ask stays as long as the type does. */
function keyOf(draft: Draft, of: FormKey | null): FormKey {
  const { type } = draft
  const same = of?.type === type ? of : null
  const typed = (text: string): string | number => (numeric(type) ? Number(text) : text)
  const options = draft.choices.split('\n').flatMap(line => {
    const [value = '', ...title] = line.split('=')
    if (value.trim() === '' || (numeric(type) && !Number.isFinite(Number(value)))) return []
    return [{ value: typed(value.trim()), title: title.join('=').trim() || value.trim() }]
  })
  const text = draft.fallback.trim()
  const { min, max, item, keys } = same ?? {}
  return {
    key: draft.key.trim(),
    type,
    title: draft.title.trim() || null,
    help: draft.help.trim() || null,
    default: text === '' ? null : type === 'flag' ? text === 'true' : chosen(type) ? typed(text) : null,
    options: chosen(type) ? options : (same?.options ?? []),
    secret: type === 'text' && draft.secret,
    ...(draft.needed ? { needed: true } : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(item === undefined ? {} : { item }),
    ...(keys === undefined ? {} : { keys }),
  }
}
