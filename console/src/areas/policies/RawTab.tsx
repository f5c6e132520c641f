import { useEffect, useState } from 'react'
import type { Json } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Note } from '../../kit/State.tsx'
import { same, valuesOf } from './draft.ts'
import type { DraftHold } from './useDraft.ts'
import { sayRemark } from '../../kit/catalog-form/words.ts'
import type { Findings } from './useFindings.ts'

/** The value as JSON; what is typed is the same draft as the form's, as soon as it can be read. */
export function RawTab(props: { draft: DraftHold; findings: Findings; editable: boolean }) {
  const voice = useVoice()
  const { t } = voice
  const { draft } = props
  const written = JSON.stringify(draft.value, null, 2)
  const [text, setText] = useState(written)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    setText(old => (read(old) !== null && same(read(old) ?? null, JSON.parse(written)) ? old : written))
  }, [written])
  const change = (next: string) => {
    setText(next)
    const value = read(next)
    setFault(value === null ? t('raw.notJson') : null)
    if (value !== null) draft.set(valuesOf(value))
  }
  const errors = props.findings.list.filter(finding => finding.severity === 'error')
  return (
    <div className="pad tab-body raw-edit">
      <div className="raw-head">
        <p className="small soft">{t('raw.text')}</p>
        <span className="push">
          <Copy text={text} label={t('kit.copy')} words />
        </span>
      </div>
      <textarea
        className={fault ? 'in mono raw-json bad' : 'in mono raw-json'}
        aria-label={t('raw.label')}
        aria-invalid={fault !== null}
        disabled={!props.editable}
        spellCheck={false}
        rows={Math.min(36, Math.max(12, text.split('\n').length + 1))}
        value={text}
        onChange={event => change(event.target.value)}
      />
      {fault && (
        <p className="err" role="alert">
          <Icon name="danger" />
          {fault}
        </p>
      )}
      {errors.length > 0 && (
        <Note tone="danger">
          {errors.slice(0, 6).map(finding => (
            <p key={`${finding.code}${finding.path}`}>
              <span className="mono">{finding.path || '/'}</span> {sayRemark(voice, finding)}
            </p>
          ))}
        </Note>
      )}
    </div>
  )
}

function read(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
  } catch {
    return null
  }
}
