import type { ComponentProps } from 'react'
import type { Finding, Json, Kind } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { CatalogForm } from '../../kit/catalog-form/CatalogForm.tsx'
import * as hours from '../hours/value.ts'
import { WhenForm } from '../hours/WhenForm.tsx'
import { valuesOf } from './draft.ts'
import { KioskForm } from './kiosk/KioskForm.tsx'
import * as kiosk from './kiosk/value.ts'
import type { DraftHold } from './useDraft.ts'

type Values = Readonly<Record<string, Json>>
type Catalog = ComponentProps<typeof CatalogForm>

/** The form of a value: as of any kind, and for what is more than lines a form of its own above it. */
export function FormOf(props: {
  kind: Kind
  artifact: Catalog['artifact'] | null
  draft: DraftHold
  unit: string | null
  saved: boolean
  findings: readonly Finding[]
  editable: boolean
  wording: NonNullable<Catalog['wording']>
  secrets: NonNullable<Catalog['secrets']>
  at: string | null
}) {
  const { t } = useVoice()
  const { kind, artifact, draft, findings, editable } = props
  const schema = kind.schema ?? {}
  const own = {
    value: draft.value,
    findings,
    readOnly: !editable,
    onChange: (value: Values) => draft.set(valuesOf(value)),
  }
  const timed = kind.kind === 'work-time'
  const few = kind.kind === 'kiosk'
  // Of a value with a form of its own the rest is drawn as of any kind.
  const part = timed ? hours.partOf : few ? kiosk.partOf : null
  const rest = timed ? hours.outsideSchema(schema) : few ? kiosk.restSchema(schema) : schema
  const title = timed ? t('settingSection.outside') : few ? t('kiosk.more') : null
  return (
    <>
      {timed && <WhenForm {...own} unit={props.unit} />}
      {few && <KioskForm {...own} />}
      {title !== null && part !== null && (few || Object.keys(part(draft.value, false)).length === 0) && (
        <h2 className="cf-section outside-title">{title}</h2>
      )}
      <CatalogForm
        {...(artifact ? { artifact } : { schema: rest })}
        value={part ? part(draft.value, false) : draft.value}
        onChange={value => draft.set(part ? { ...part(draft.value, true), ...valuesOf(value) } : valuesOf(value))}
        findings={findings}
        readOnly={!editable}
        wording={props.wording}
        secrets={props.secrets}
        {...(props.saved && { before: part ? part(draft.saved, false) : draft.saved })}
        {...(props.at && { at: props.at })}
      />
    </>
  )
}
