import { useState } from 'react'
import type { Unit } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { withBelow } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { AddUnit, ChangeUnit, RemoveUnit } from './PeopleDialogs.tsx'

type Asking = { what: 'add' | 'change' | 'remove'; unit: Unit } | null

/** The units as an indented list; choosing one narrows the people, its menu changes it. */
export function UnitTree(props: { units: Unit[]; current: string | null; onChoose(unit: Unit | null): void }) {
  const { t, f } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const depth = (unit: Unit) => unit.path.split(' / ').length - 1
  return (
    <section className="tree" aria-labelledby="units">
      <h2 id="units">{t('people.units')}</h2>
      <ul>
        <li className={props.current === null ? 'on' : undefined}>
          <button
            type="button"
            className="tree-b"
            aria-current={props.current === null ? true : undefined}
            onClick={() => props.onChoose(null)}
          >
            {t('scope.all')}
          </button>
        </li>
        {props.units.map(unit => (
          <li key={unit.id} className={props.current === unit.id ? 'on' : undefined}>
            <button
              type="button"
              className="tree-b"
              style={{ paddingInlineStart: `${8 + depth(unit) * 14}px` }}
              aria-current={props.current === unit.id ? true : undefined}
              onClick={() => props.onChoose(unit)}
            >
              <Icon name="unit" />
              <span className="cut" lang={langOf(unit.name)}>
                {unit.name}
              </span>
              <span className="small muted push">{f.number(withBelow(props.units, unit, 'users'))}</span>
            </button>
            {can('units:write') && (
              <ActionMenu
                small
                label={t('people.unitMenu', { name: unit.name })}
                lines={[
                  {
                    key: 'add',
                    icon: 'plus',
                    label: t('people.addUnit'),
                    onClick: () => setAsking({ what: 'add', unit }),
                  },
                  {
                    key: 'change',
                    icon: 'edit',
                    label: t('people.changeUnit'),
                    onClick: () => setAsking({ what: 'change', unit }),
                  },
                  {
                    key: 'remove',
                    icon: 'x',
                    label: t('people.removeUnit'),
                    apart: true,
                    onClick: () => setAsking({ what: 'remove', unit }),
                  },
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {asking?.what === 'add' && <AddUnit parent={asking.unit} onClose={close} />}
      {asking?.what === 'change' && <ChangeUnit unit={asking.unit} units={props.units} onClose={close} />}
      {asking?.what === 'remove' && <RemoveUnit unit={asking.unit} onClose={close} />}
    </section>
  )
}
