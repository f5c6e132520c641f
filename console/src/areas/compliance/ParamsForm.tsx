import type { ReactNode } from 'react'
import type { RuleKind } from '../../contract/compliance.ts'
import { type Key, useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Segments, SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { fieldError } from '../../kit/Problem.tsx'
import { AppPicker, type ChosenApp } from './AppPicker.tsx'
import { isFullTest, type MalwareTest } from './malware.ts'
import { MalwareForm } from './MalwareForm.tsx'
import { WordsField } from './WordsField.tsx'

/** What a rule demands, by its kind, as the form holds it. */
export type Params = Record<string, unknown>

interface Test {
  policyKind: string
  key: string | null
  test: 'is' | 'atLeast' | 'atMost'
  value: string | number | boolean
}

/** What a new rule of a kind begins with. */
export function firstParams(kind: RuleKind): Params {
  switch (kind) {
    case 'passcode':
      return { compliant: true }
    case 'os-age':
      return { minimum: {}, maxDaysBehind: 30 }
    case 'apps':
      return { list: 'deny', apps: [], vendors: [] }
    case 'certificate':
      return { issuer: '', subject: '', present: true, expiresInDays: 14 }
    case 'silent':
      return { days: 14 }
    case 'drift':
      return { hours: 24, policies: [] }
    case 'malware':
      return { any: [{ name: '' }], except: [] }
    case 'facts':
      return { filter: '' }
    case 'setting':
      return { any: [{ policyKind: 'passcode', key: 'minLength', test: 'atLeast', value: 8 }] }
    default:
      return {}
  }
}

/** Whether enough is said to ask the server. */
export function isFull(kind: RuleKind, params: Params): boolean {
  if (kind === 'apps') return params['list'] === 'policies' || listOf<ChosenApp>(params['apps']).length > 0
  if (kind === 'facts') return textOf(params['filter']).trim() !== ''
  if (kind === 'os-age')
    return params['maxDaysBehind'] !== null || Object.keys((params['minimum'] as object | undefined) ?? {}).length > 0
  if (kind === 'malware') return listOf<MalwareTest>(params['any']).every(isFullTest)
  if (kind === 'setting') return listOf<Test>(params['any']).every(one => one.policyKind !== '' && one.key !== '')
  return true
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = <T,>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : [])

interface Props {
  kind: RuleKind
  params: Params
  error: unknown
  onChange(params: Params): void
}

/** The fields of a kind of rule. */
export function ParamsForm({ kind, params, error, onChange }: Props) {
  const { t } = useVoice()
  const set = (part: Params) => onChange({ ...params, ...part })
  const whole = (name: string, label: Key, empty: number | null = 1) => (
    <TextField
      label={t(label)}
      type="number"
      min={0}
      value={params[name] === null ? '' : Number(params[name] ?? 0)}
      onChange={event => set({ [name]: event.target.value === '' ? empty : Math.max(0, Number(event.target.value)) })}
      error={fieldError(error, `params.${name}`)}
    />
  )
  switch (kind) {
    case 'passcode':
      return (
        <Tick
          label={t('rules.passcodeFits')}
          checked={params['compliant'] === true}
          onChange={event => set({ compliant: event.target.checked })}
        />
      )
    case 'os-age':
      return <AgeForm params={params} set={set} days={whole('maxDaysBehind', 'rules.daysBehind', null)} />
    case 'apps':
      return <AppsForm params={params} set={set} />
    case 'certificate':
      return (
        <>
          <div className="pair">
            <TextField
              label={t('rules.certSubject')}
              value={textOf(params['subject'])}
              onChange={event => set({ subject: event.target.value })}
            />
            <TextField
              label={t('rules.certIssuer')}
              value={textOf(params['issuer'])}
              onChange={event => set({ issuer: event.target.value })}
            />
          </div>
          {whole('expiresInDays', 'rules.certDays', null)}
          <Tick
            label={t('rules.certPresent')}
            checked={params['present'] === true}
            onChange={event => set({ present: event.target.checked })}
          />
        </>
      )
    case 'silent':
      return whole('days', 'rules.silentDays')
    case 'drift':
      return whole('hours', 'rules.driftHours')
    case 'facts':
      return (
        <TextField
          mono
          label={t('rules.filter')}
          hint={t('rules.filterHint')}
          placeholder="fact.security.firewall:yes"
          value={textOf(params['filter'])}
          onChange={event => set({ filter: event.target.value })}
          error={fieldError(error, 'params.filter')}
        />
      )
    case 'malware':
      return (
        <MalwareForm
          tests={listOf<MalwareTest>(params['any'])}
          except={listOf<string>(params['except'])}
          onTests={any => set({ any })}
          onExcept={except => set({ except })}
        />
      )
    case 'setting':
      return <SettingForm tests={listOf<Test>(params['any'])} onChange={any => set({ any })} />
    default:
      return null
  }
}

const systems = [
  ['ios', 'iOS'],
  ['ipados', 'iPadOS'],
  ['macos', 'macOS'],
  ['android', 'Android'],
  ['windows', 'Windows'],
] as const

function AgeForm({ params, set, days }: { params: Params; set(part: Params): void; days: ReactNode }) {
  const { t } = useVoice()
  const minimum = (params['minimum'] ?? {}) as Record<string, string>
  return (
    <>
      {days}
      <p className="hint">{t('rules.daysBehindHint')}</p>
      <fieldset className="plain">
        <legend className="lab">{t('rules.minimum')}</legend>
        <div className="pair">
          {systems.map(([system, label]) => (
            <TextField
              key={system}
              label={<span lang="en">{label}</span>}
              placeholder="18.1"
              value={minimum[system] ?? ''}
              onChange={event => {
                const { [system]: _, ...rest } = minimum
                const version = event.target.value.trim()
                set({ minimum: version === '' ? rest : { ...rest, [system]: version } })
              }}
            />
          ))}
        </div>
      </fieldset>
    </>
  )
}

const lists = ['deny', 'allow', 'required', 'policies'] as const

function AppsForm({ params, set }: { params: Params; set(part: Params): void }) {
  const { t } = useVoice()
  const list = lists.find(l => l === params['list']) ?? 'deny'
  return (
    <>
      <div className="field">
        <Segments
          label={t('appUsage.list')}
          value={list}
          onChange={next => set(next === 'policies' ? { list: next, apps: [], vendors: [] } : { list: next })}
          options={lists.map(value => ({ value, label: t(`appUsage.list.${value}`) }))}
        />
        <p className="hint">{t(`appUsage.listHint.${list}`)}</p>
      </div>
      {list !== 'policies' && <AppPicker chosen={listOf<ChosenApp>(params['apps'])} onChange={apps => set({ apps })} />}
      {list === 'allow' && (
        <WordsField
          label={t('appUsage.vendors')}
          hint={t('appUsage.vendorsHint')}
          words={listOf<string>(params['vendors'])}
          most={20}
          onChange={vendors => set({ vendors })}
        />
      )}
      <p className="hint">{t('appUsage.personal')}</p>
    </>
  )
}

const tests = ['is', 'atLeast', 'atMost'] as const

function SettingForm({ tests: all, onChange }: { tests: Test[]; onChange(all: Test[]): void }) {
  const { t } = useVoice()
  const change = (at: number, part: Partial<Test>) =>
    onChange(all.map((one, i) => (i === at ? { ...one, ...part } : one)))
  return (
    <fieldset className="plain">
      <legend className="lab">{t('rules.settings')}</legend>
      <p className="hint">{t('rules.settingsHint')}</p>
      {all.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tests have nothing but their place
        <div className="pair" key={at}>
          <TextField
            mono
            label={t('rules.policyKind')}
            value={one.policyKind}
            onChange={event => change(at, { policyKind: event.target.value.trim() })}
          />
          <TextField
            mono
            label={t('rules.settingKey')}
            value={one.key ?? ''}
            onChange={event => change(at, { key: event.target.value.trim() })}
          />
          <SelectField
            label={t('rules.compare')}
            value={one.test}
            onChange={event => change(at, { test: tests.find(x => x === event.target.value) ?? 'is' })}
            options={tests.map(value => ({ value, label: t(`rules.compare.${value}`) }))}
          />
          <TextField
            mono
            label={t('rules.settingValue')}
            value={String(one.value)}
            onChange={event => change(at, { value: readValue(event.target.value) })}
          />
        </div>
      ))}
      {all.length < 8 && (
        <Button
          size="sm"
          icon="plus"
          onClick={() => onChange([...all, { policyKind: '', key: '', test: 'is', value: true }])}
        >
          {t('rules.settingOr')}
        </Button>
      )}
    </fieldset>
  )
}

function readValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
