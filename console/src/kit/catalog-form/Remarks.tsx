import { useVoice } from '../../i18n/index.tsx'
import { Icon } from '../Icon.tsx'
import { useHold } from './hold.ts'
import { isBelow } from './value.ts'
import { sayRemark } from './words.ts'

const icons = { error: 'danger', warning: 'attention', note: 'info' } as const

/** What was found at a place, and with `below` also inside of it. */
export function Remarks({ at, below }: { at: string; below: boolean }) {
  const voice = useVoice()
  const { remarks } = useHold()
  const here = remarks.filter(r => (below ? isBelow(r.path, at) : r.path === at))
  return here.map(remark => (
    <p
      key={`${remark.code} ${remark.path}`}
      className={remark.severity === 'error' ? 'err' : `cf-remark ${remark.severity}`}
      {...(remark.severity === 'error' ? { role: 'alert' } : {})}
    >
      <Icon name={icons[remark.severity]} />
      {sayRemark(voice, remark)}
    </p>
  ))
}
