import { useDeferredValue, useMemo, useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { langOf, useHold } from './hold.ts'
import { type Placed, valueAt } from './value.ts'
import type { Json } from '@muster/wire/apple/catalog/catalog.ts'

/** How many lines are drawn before the search has narrowed them. */
const most = 80

/** Everything the form can say, found by words; what is not set yet is added from here. */
export function Chooser(props: {
  settings: readonly Placed[]
  value: Json
  at: string
  onAdd(placed: Placed): void
  onGo(placed: Placed): void
}) {
  const { t, f } = useVoice()
  const hold = useHold()
  const { readOnly, wording } = hold
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed)
  const named = useMemo(
    () =>
      props.settings.map(placed => {
        const pointer = `/${placed.keys.join('/')}`
        const own = wording.label?.(placed.field, pointer)
        const label = own ?? placed.field.label
        const inside = placed.inside.map(one => one.label).join(' › ')
        return { placed, own, label, inside, text: fold(`${inside} ${label} ${placed.keys.join(' ')}`) }
      }),
    [props.settings, wording],
  )
  const words = fold(wanted).split(' ').filter(Boolean)
  const found = named.filter(one => words.every(word => one.text.includes(word)))
  return (
    <section className="cf-chooser" aria-label={t('form.chooser')}>
      <div className="in-wrap">
        <Icon name="search" />
        <input
          className="in"
          type="search"
          aria-label={t('form.search', { n: named.length })}
          placeholder={t('form.search', { n: named.length })}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      </div>
      <p className="small muted cf-count" role="status">
        {t('form.found', { n: f.number(found.length), all: f.number(named.length) })}
      </p>
      <ul>
        {found.slice(0, most).map(({ placed, own, label, inside }) => {
          const key = placed.keys.join('/')
          const set = valueAt(props.value, placed.keys) !== undefined
          return (
            <li key={key} className={key === props.at ? 'cf-hit on' : 'cf-hit'}>
              <div>
                {set ? (
                  <button type="button" className="link" {...langOf(hold, own)} onClick={() => props.onGo(placed)}>
                    {label}
                  </button>
                ) : (
                  <span {...langOf(hold, own)}>{label}</span>
                )}
                <span className="mono cf-key" {...langOf(hold, own)}>
                  {inside ? `${inside} › ${placed.field.name}` : placed.field.name}
                </span>
              </div>
              {set ? (
                <span className="small muted">{t('form.isSet')}</span>
              ) : (
                !readOnly && (
                  <Button size="sm" variant="quiet" icon="plus" iconOnly onClick={() => props.onAdd(placed)}>
                    {t('form.add', { name: label })}
                  </Button>
                )
              )}
            </li>
          )
        })}
      </ul>
      {found.length > most && <p className="small muted cf-count">{t('form.more', { n: found.length - most })}</p>}
      {found.length === 0 && <p className="small muted">{t('form.noMatch')}</p>}
    </section>
  )
}

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[-\s›]+/g, ' ')
    .trim()
