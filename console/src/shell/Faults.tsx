import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useVoice } from '../i18n/index.tsx'
import { Button, ButtonLink } from '../kit/Button.tsx'
import { ProblemNote } from '../kit/Problem.tsx'

/** The page for a fault: what went wrong, and the way on. */
export function Fault({ error, reset }: ErrorComponentProps) {
  const { t } = useVoice()
  return (
    <div className="fault">
      <h1>{t('fault.title')}</h1>
      <p className="soft">{t('fault.text')}</p>
      <ProblemNote error={error} />
      <div className="acts">
        <Button variant="primary" onClick={() => reset()}>
          {t('fault.again')}
        </Button>
        <Button onClick={() => location.assign('/')}>{t('fault.home')}</Button>
      </div>
    </div>
  )
}

/** The page for an address that leads nowhere. */
export function NotFound() {
  const { t, rich } = useVoice()
  const title = t('notFound.title')
  useEffect(() => {
    document.title = `${title} · Muster`
  }, [title])
  return (
    <div className="fault">
      <h1>{title}</h1>
      <p className="soft">{rich('notFound.text', {}, { link: inside => <Link to="/devices">{inside}</Link> })}</p>
      <div className="acts">
        <ButtonLink to="/" variant="primary">
          {t('fault.home')}
        </ButtonLink>
      </div>
    </div>
  )
}
