import { useState } from 'react'
import { useVoice } from '../i18n/index.tsx'
import { masked } from './cells.ts'

/** A value that is covered until somebody asks to see it, on this page only. */
export function Masked({ text }: { text: string }) {
  const { t } = useVoice()
  const [open, setOpen] = useState(false)
  return (
    <span className="masked">
      <span>{open ? text : masked(text)}</span>
      <button type="button" className="link small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t('kit.hide') : t('kit.show')}
      </button>
    </span>
  )
}
