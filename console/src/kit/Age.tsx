import { useVoice } from '../i18n/index.tsx'
import { useNow } from './clock.ts'
import { Icon } from './Icon.tsx'

/** How long ago something was, ticking; the absolute time shows on hover and, where `focusable`, on focus. */
export function Age(props: { at: number | null | undefined; oldAfterMs?: number; focusable?: boolean; ago?: boolean }) {
  const { f, t } = useVoice()
  const now = useNow()
  if (props.at === null || props.at === undefined) return <span className="muted">{t('age.never')}</span>
  const old = props.oldAfterMs !== undefined && now - props.at > props.oldAfterMs
  return (
    <time
      className={old ? 'age old' : 'age'}
      dateTime={new Date(props.at).toISOString()}
      data-full={f.dateTime(props.at)}
      {...(props.focusable
        ? { tabIndex: 0, 'aria-label': `${f.relative(props.at, now)}, ${f.dateTime(props.at)}` }
        : {})}
    >
      {old && <Icon name="pending" />}
      {props.ago ? f.relative(props.at, now) : f.age(now - props.at)}
    </time>
  )
}
