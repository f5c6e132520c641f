import { useEffect, useState } from 'react'
import { useVoice } from '../i18n/index.tsx'
import { Button } from './Button.tsx'

/** Copies a text and says so for two seconds. `label` names what is copied. */
export function Copy(props: { text: string; label: string; words?: boolean }) {
  const { t } = useVoice()
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2000)
    return () => clearTimeout(timer)
  }, [done])
  const copy = () => void navigator.clipboard.writeText(props.text).then(() => setDone(true))
  return (
    <>
      <Button
        size="sm"
        variant={props.words ? 'default' : 'quiet'}
        icon={done ? 'check' : 'copy'}
        iconOnly={!props.words}
        onClick={copy}
      >
        {done ? t('kit.copied') : props.label}
      </Button>
      <span className="vh" role="status">
        {done ? t('kit.copied') : ''}
      </span>
    </>
  )
}
