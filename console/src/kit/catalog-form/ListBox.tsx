import type { FormField } from '@muster/wire/apple/catalog/form.ts'
import { step } from '@muster/wire/apple/catalog/catalog.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../Button.tsx'
import { Control, inline } from './Control.tsx'
import { type ControlProps, useHold } from './hold.ts'
import { Remarks } from './Remarks.tsx'
import { initialOf, listOf, movedUp, withItem } from './value.ts'

const open: FormField['item'] = () => undefined

/** A list: chosen where whoever uses the form knows from what, else item by item, in its order. */
export function ListBox(props: ControlProps) {
  const { readOnly, wording } = useHold()
  return (readOnly ? undefined : wording.list?.(props)) ?? <ItemByItem {...props} />
}

function ItemByItem({ field, value, name, pointer, onChange }: ControlProps) {
  const { t } = useVoice()
  const { readOnly } = useHold()
  const item = field.item() ?? { ...field, name: '', widget: 'any' as const, item: open }
  const list = listOf(value)
  const full = field.count?.max !== undefined && list.length >= field.count.max
  return (
    <div className="cf-list wide">
      <ol>
        {list.map((one, at) => {
          const here = step(pointer, at)
          const said = t('form.entryOf', { n: at + 1, name })
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: items of a list have no other name than their place
            <li key={at} className={inline.has(item.widget) ? 'cf-item' : 'cf-item deep'}>
              <span className="cf-at" aria-hidden="true">
                {at + 1}
              </span>
              <div className="cf-what">
                <Control
                  field={item}
                  value={one}
                  pointer={here}
                  name={said}
                  onChange={to => onChange(withItem(list, at, to ?? ''))}
                />
                <Remarks
                  at={here}
                  below={item.widget !== 'group' && item.widget !== 'list' && item.widget !== 'union'}
                />
              </div>
              {!readOnly && (
                <span className="cf-acts">
                  {at > 0 && (
                    <Button size="sm" variant="quiet" icon="up" iconOnly onClick={() => onChange(movedUp(list, at))}>
                      {t('form.moveUp', { what: said })}
                    </Button>
                  )}
                  <Button
                    size="sm"
                    variant="quiet"
                    icon="x"
                    iconOnly
                    onClick={() => onChange(withItem(list, at, undefined))}
                  >
                    {t('form.remove', { what: said })}
                  </Button>
                </span>
              )}
            </li>
          )
        })}
      </ol>
      {!readOnly && (
        <Button
          size="sm"
          icon="plus"
          disabled={full}
          aria-label={t('form.addEntryTo', { name })}
          onClick={() => onChange([...list, initialOf(item)])}
        >
          {t('form.addEntry')}
        </Button>
      )}
    </div>
  )
}
