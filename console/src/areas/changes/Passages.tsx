import { useState } from 'react'
import type { Change, Passage } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { EffectLines } from '../../kit/EffectLines.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Empty } from '../../kit/Page.tsx'
import { langOf } from '../../kit/names.ts'
import { GroupLicenses } from '../../kit/PreviewLicenses.tsx'
import { sayPlatforms } from '../../kit/Preview.tsx'
import { shortPath } from '../../scope.tsx'

/** Passages beyond this many start closed. */
const openAtFirst = 2

/** The devices that go from one place to another, each passage with its effects. */
export function Passages({ change }: { change: Change }) {
  const { t } = useVoice()
  const passages = change.places
  if (passages.length === 0)
    return (
      <div className="pad-block">
        <Empty title={t('plan.nothing')}>{t('plan.nothingText')}</Empty>
      </div>
    )
  return (
    <>
      <div className="ghead small muted" aria-hidden="true">
        <span>{t('plan.group')}</span>
        <span className="num">{t('nav.people')}</span>
        <span className="num">{t('nav.devices')}</span>
        <span className="num">{t('preview.sign.add')}</span>
        <span className="num">{t('preview.sign.change')}</span>
        <span className="num">{t('preview.sign.remove')}</span>
      </div>
      {passages.map((passage, at) => (
        <PassageGroup key={`${passage.from.path}>${passage.to.path}`} passage={passage} open={at < openAtFirst} />
      ))}
      <p className="small muted pl-foot">{t('plan.computed', { n: change.preview?.devices ?? 0 })}</p>
    </>
  )
}

function PassageGroup({ passage, open: first }: { passage: Passage; open: boolean }) {
  const voice = useVoice()
  const { t, f } = voice
  const [open, setOpen] = useState(first)
  const place = (unit: Passage['from']) => (unit.id ? shortPath(unit.path) : unit.name)
  const signed = (n: number, sign: string, look: string) => (
    <span className={n > 0 ? `num ${look}` : 'num muted'}>
      {n > 0 && <span aria-hidden="true">{sign}</span>}
      {f.number(n)}
    </span>
  )
  return (
    <details className="g" open={open} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name={open ? 'down' : 'right'} />
        <span className="nm">
          <b lang={langOf(passage.to.name)}>{passage.to.name}</b>
          <span>
            {place(passage.from)}
            <Icon name="arrow" />
            {place(passage.to)}
          </span>
        </span>
        <span className="num">
          <span className="vh">{t('nav.people')} </span>
          {f.number(passage.people)}
        </span>
        <span className="num">
          <span className="vh">{t('nav.devices')} </span>
          {f.number(passage.devices)}
        </span>
        {signed(passage.added, '+', 'd-add')}
        {signed(passage.altered, '~', 'd-chg')}
        {signed(passage.removed, '−', 'd-del')}
      </summary>
      <div className="in-g">
        {passage.changed === 0 && <p className="small muted">{t('plan.unchanged', { n: passage.devices })}</p>}
        {passage.groups
          .filter(group => group.effects.length > 0)
          .map(group => (
            <div key={group.key} className="in-g-one">
              <EffectLines
                effects={group.effects}
                devices={group.devices}
                platforms={sayPlatforms(voice, group.byPlatform)}
              />
              <GroupLicenses licenses={group.licenses} />
            </div>
          ))}
        {passage.moreGroups > 0 && <p className="small muted">{t('preview.moreGroups', { n: passage.moreGroups })}</p>}
      </div>
    </details>
  )
}
