import { base64Of, bytesOf } from '@muster/wire/apple/catalog/forms.ts'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../Button.tsx'
import { type ControlProps, useHold } from './hold.ts'
import { tableOf } from './value.ts'

/** Bytes: from a file, or written in base64. */
export function DataBox({ value, name, onChange }: ControlProps) {
  const { t, f } = useVoice()
  const { readOnly } = useHold()
  const { $data } = tableOf(value)
  const text = typeof $data === 'string' ? $data : typeof value === 'string' ? value : ''
  const [open, setOpen] = useState(false)
  const bytes = bytesOf(text)
  return (
    <div className="cf-data wide">
      <p className="small soft">
        {bytes === undefined ? t('form.notBase64') : bytes.length === 0 ? t('form.noData') : f.bytes(bytes.length)}
      </p>
      {!readOnly && (
        <span className="cf-acts">
          <label className="btn sm">
            {t('form.file')}
            <input
              type="file"
              className="vh"
              aria-label={t('form.fileFor', { name })}
              onChange={event => {
                const [file] = event.target.files ?? []
                if (file) void file.arrayBuffer().then(all => onChange({ $data: base64Of(new Uint8Array(all)) }))
              }}
            />
          </label>
          <Button size="sm" variant="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('form.base64')}
          </Button>
        </span>
      )}
      {open && (
        <textarea
          className={bytes === undefined ? 'in mono bad' : 'in mono'}
          rows={4}
          aria-label={t('form.base64Of', { name })}
          disabled={readOnly}
          spellCheck={false}
          value={text}
          onChange={event => onChange({ $data: event.target.value })}
        />
      )}
    </div>
  )
}

/** An instant, in UTC as devices are told it. */
export function DateBox({ value, name, onChange }: ControlProps) {
  const { t } = useVoice()
  const { readOnly } = useHold()
  const { $date } = tableOf(value)
  const text = typeof $date === 'string' ? $date : ''
  return (
    <span className="cf-number">
      <input
        type="datetime-local"
        className="in"
        step={1}
        aria-label={name}
        disabled={readOnly}
        value={text.replace(/Z$/, '')}
        onChange={event => onChange({ $date: event.target.value === '' ? '' : `${whole(event.target.value)}Z` })}
      />
      <span className="small muted">{t('form.utc')}</span>
    </span>
  )
}

/** Browsers leave out seconds that are zero. */
const whole = (local: string): string => (/T\d{2}:\d{2}$/.test(local) ? `${local}:00` : local)
