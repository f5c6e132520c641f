import type { CatalogTarget } from '@muster/wire/apple/catalog/available.ts'
import { type Artifact, type Json, step } from '@muster/wire/apple/catalog/catalog.ts'
import { type FormField, formFor, headingCodes } from '@muster/wire/apple/catalog/form.ts'
import { useEffect, useMemo, useRef, useState } from 'react'
import '../css/catalog-form.css'
import { useVoice } from '../../i18n/index.tsx'
import { Empty } from '../Page.tsx'
import { Note } from '../State.tsx'
import { Chooser } from './Chooser.tsx'
import { Control } from './Control.tsx'
import { formFromSchema } from './from-schema.ts'
import { Keys } from './GroupBox.tsx'
import { type Hold, HoldContext, type KeptSecret, type Wording } from './hold.ts'
import { JsonText } from './JsonBox.tsx'
import { Remarks } from './Remarks.tsx'
import { Setting } from './Setting.tsx'
import { initialOf, isShown, type Placed, putAt, settingsOf, tableOf, withKey } from './value.ts'
import { badgesOf, type Remark, sayArtifact } from './words.ts'

/** What a form is drawn of: an artifact of the catalog, or the JSON Schema of a kind of ours. */
export interface CatalogFormProps {
  artifact?: Artifact
  schema?: Json
  value: Json
  onChange(value: Json): void
  findings?: readonly Remark[]
  readOnly?: boolean
  /** A device: what does nothing on it says so. */
  target?: CatalogTarget
  /** The value as it is saved; what differs is marked and can be put back. */
  before?: Json
  /** Words in place of those made from names; must stay the same object while they are the same. */
  wording?: Wording
  secrets?: readonly KeptSecret[]
  /** Draws the value as JSON instead of as lines. */
  raw?: boolean
  /** The key to start at. */
  at?: string
  /** Leaves out the list of settings at the side. */
  alone?: boolean
}

const noWording: Wording = {}
const none: readonly never[] = []

/** Draws any artifact, or any kind of ours, as a form: what is set, what could be, and what is wrong with it. */
export function CatalogForm(props: CatalogFormProps) {
  const { artifact, schema, value, readOnly, findings, target, wording, secrets } = props
  // Only of artifacts with several definitions does the value decide what is drawn.
  const deciding = artifact?.variants ? value : undefined
  const form = useMemo(
    () => (artifact ? formFor(artifact, deciding) : formFromSchema(schema ?? {})),
    [artifact, schema, deciding],
  )
  const hold: Hold = useMemo(
    () => ({
      readOnly: readOnly ?? false,
      remarks: findings ?? none,
      target,
      wording: wording ?? noWording,
      secrets: secrets ?? none,
      vendor: artifact !== undefined,
    }),
    [readOnly, findings, target, wording, secrets, artifact],
  )
  return (
    <HoldContext value={hold}>
      <div className="cf" {...(artifact ? { 'data-vendor': true } : {})}>
        {props.raw ? (
          <Raw {...props} />
        ) : form.widget === 'group' ? (
          <Lines {...props} form={form} />
        ) : (
          <Bare {...props} form={form} />
        )}
      </div>
    </HoldContext>
  )
}

function Raw({ value, onChange }: CatalogFormProps) {
  const { t } = useVoice()
  return (
    <div className="cf-raw">
      <JsonText value={value} name={t('form.rawName')} rows={28} onChange={to => onChange(to ?? {})} />
      <Remarks at="" below />
    </div>
  )
}

/** A value that is no dictionary: one control. */
function Bare({ form, value, onChange }: CatalogFormProps & { form: FormField }) {
  const { t } = useVoice()
  return (
    <div className="cf-lines">
      <Control field={form} value={value} pointer="" name={t('form.value')} onChange={to => onChange(to ?? null)} />
      <Remarks at="" below={form.widget !== 'list'} />
    </div>
  )
}

function Lines(props: CatalogFormProps & { form: FormField }) {
  const { t } = useVoice()
  const { form, value, onChange } = props
  const settings = useMemo(() => settingsOf(form), [form])
  const [at, setAt] = useState(props.at ?? '')
  const lines = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (at === '') return
    const pointer = at.split('/').reduce((path, key) => step(path, key), '')
    lines.current?.querySelector(`[data-setting="${CSS.escape(pointer)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const add = (placed: Placed) => {
    onChange(putAt(value, placed.keys, initialOf(placed.field)))
    setAt(placed.keys.join('/'))
  }
  return (
    <div className={props.alone || settings.length === 0 ? 'cf-cols alone' : 'cf-cols'}>
      {!props.alone && settings.length > 0 && (
        <Chooser settings={settings} value={value} at={at} onAdd={add} onGo={placed => setAt(placed.keys.join('/'))} />
      )}
      <div className="cf-lines" ref={lines}>
        <h2 className="vh">{t('form.title')}</h2>
        <About {...props} />
        <Sections {...props} at={at} />
        <Remarks at="" below={false} />
      </div>
    </div>
  )
}

function About({ artifact, target }: CatalogFormProps) {
  const voice = useVoice()
  if (!artifact) return null
  const badges = badgesOf(voice, [artifact.os])
  const missing = sayArtifact(voice, artifact, target)
  return (
    <>
      {badges.length > 0 && (
        <p className="cf-marks">
          {badges.map(badge => (
            <span key={badge.text} className="badge">
              {badge.text}
            </span>
          ))}
        </p>
      )}
      {artifact.dangerous && (
        <Note tone="attention">
          <p>{voice.t('form.dangerous')}</p>
        </Note>
      )}
      {artifact.open && (
        <Note tone="info">
          <p>{voice.t('form.openKeys')}</p>
        </Note>
      )}
      {missing && (
        <Note tone="attention">
          <p>{missing}</p>
        </Note>
      )}
    </>
  )
}

/** The settings that are set or needed, below their headings. Keys the form does not know come last. */
function Sections(props: CatalogFormProps & { form: FormField; at: string }) {
  const { form, value, before, onChange } = props
  const voice = useVoice()
  const wording = props.wording ?? noWording
  const table = tableOf(value)
  const was = tableOf(before)
  const fields = form.fields()
  const shown = fields.filter(f => Object.hasOwn(table, f.name) || (f.required && isShown(f, table)))
  const groups = [...new Set(fields.map(f => f.group))]
    .filter(group => shown.some(f => f.group === group))
    .sort((a, b) => headingCodes.indexOf(a) - headingCodes.indexOf(b))
  const known = new Set(fields.map(f => f.name))
  const others = Object.fromEntries(Object.entries(table).filter(([key]) => !known.has(key)))
  const rest = form.rest()
  if (shown.length === 0 && Object.keys(others).length === 0 && !rest)
    return <Empty title={voice.t('form.empty')}>{voice.t('form.emptyText')}</Empty>
  return (
    <>
      {groups.map(group => (
        <section key={group}>
          {group !== '' && <h3 className="cf-section">{sayGroup(voice, wording, group)}</h3>}
          <ul>
            {shown
              .filter(f => f.group === group)
              .map(field => (
                <Setting
                  key={field.name}
                  field={field}
                  value={Object.hasOwn(table, field.name) ? table[field.name] : undefined}
                  pointer={step('', field.name)}
                  at={props.at.split('/')[0] === field.name}
                  {...(before === undefined
                    ? {}
                    : { before: { value: Object.hasOwn(was, field.name) ? was[field.name] : undefined } })}
                  onChange={to => onChange(withKey(value, field.name, to))}
                />
              ))}
          </ul>
        </section>
      ))}
      {(rest || Object.keys(others).length > 0) && (
        <section>
          <h3 className="cf-section">{voice.t('form.others')}</h3>
          <Keys
            fields={none}
            rest={rest}
            value={others}
            name={voice.t('form.others')}
            pointer=""
            onChange={to =>
              onChange({ ...Object.fromEntries(Object.entries(table).filter(([k]) => known.has(k))), ...tableOf(to) })
            }
          />
        </section>
      )}
    </>
  )
}

function sayGroup(voice: ReturnType<typeof useVoice>, wording: Wording, code: string): string {
  const key = `form.group.${code}`
  return wording.group?.(code) ?? (voice.has(key) ? voice.t(key) : code)
}
