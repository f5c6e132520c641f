import { type DragEvent, type KeyboardEvent, useState } from 'react'
import type { Unit } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { withBelow } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { AddUnit, ChangeUnit, RemoveUnit } from './PeopleDialogs.tsx'
import { carriedPeople, carriedUnit, carryUnit } from './carry.ts'

type Asking = { what: 'add' | 'change' | 'remove'; unit: Unit; below?: string } | null

interface TreeProps {
  units: Unit[]
  current: string | null
  onChoose(unit: Unit | null): void
  /** People were dropped on a unit. */
  onMovePeople?(users: string[], unit: Unit): void
}

/** The units as a tree: choosing one narrows the people; it is moved by drag or by its menu, and takes people that are dropped on it. */
export function UnitTree(props: TreeProps) {
  const { t } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState<Asking>(null)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const close = () => setAsking(null)
  const shown = props.units.filter(
    unit => !props.units.some(other => closed.has(other.id) && unit.path.startsWith(`${other.path} / `)),
  )
  const toggle = (unit: Unit) => {
    const next = new Set(closed)
    if (!next.delete(unit.id)) next.add(unit.id)
    setClosed(next)
  }
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
        {shown.map(unit => (
          <UnitLine
            key={unit.id}
            {...props}
            unit={unit}
            open={!closed.has(unit.id)}
            onToggle={() => toggle(unit)}
            onAsk={(what, below) => setAsking({ what, unit, ...(below ? { below } : {}) })}
            onDropUnit={(id, onto) => {
              const moved = props.units.find(one => one.id === id)
              if (moved && mayGo(moved, onto)) setAsking({ what: 'change', unit: moved, below: onto.id })
            }}
          />
        ))}
      </ul>
      {can('units:write') && <p className="small muted tree-hint">{t('people.treeHint')}</p>}
      {asking?.what === 'add' && <AddUnit parent={asking.unit} onClose={close} />}
      {asking?.what === 'change' && (
        <ChangeUnit unit={asking.unit} units={props.units} below={asking.below ?? null} onClose={close} />
      )}
      {asking?.what === 'remove' && <RemoveUnit unit={asking.unit} onClose={close} />}
    </section>
  )
}

/** A unit goes anywhere but onto itself, what is below it, or where it is already. */
const mayGo = (unit: Unit, onto: Unit): boolean =>
  unit.parent !== null && unit.id !== onto.id && unit.parent !== onto.id && !onto.path.startsWith(`${unit.path} / `)

function UnitLine(
  props: TreeProps & {
    unit: Unit
    open: boolean
    onToggle(): void
    onAsk(what: 'add' | 'change' | 'remove', below?: string): void
    onDropUnit(id: string, onto: Unit): void
  },
) {
  const { t, f } = useVoice()
  const can = useCan()
  const { unit } = props
  const [over, setOver] = useState(false)
  const depth = unit.path.split(' / ').length - 1
  const parent = props.units.some(one => one.parent === unit.id)
  const chosen = props.current === unit.id
  const onDrop = (event: DragEvent) => {
    setOver(false)
    const moved = carriedUnit(event)
    if (moved) props.onDropUnit(moved, unit)
    const people = carriedPeople(event)
    if (people.length > 0) props.onMovePeople?.(people, unit)
    if (moved || people.length > 0) event.preventDefault()
  }
  const onKey = (event: KeyboardEvent) => {
    if ((event.key === 'ArrowLeft' && props.open && parent) || (event.key === 'ArrowRight' && !props.open && parent)) {
      event.preventDefault()
      props.onToggle()
    } else if (event.key === 'm' && unit.parent && can('units:write')) {
      event.preventDefault()
      props.onAsk('change')
    }
  }
  return (
    <li
      className={[chosen && 'on', over && 'over'].filter(Boolean).join(' ') || undefined}
      onDragOver={event => {
        if (!event.dataTransfer.types.some(type => type.startsWith('application/x-muster-'))) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      style={{ paddingInlineStart: `${depth * 14}px` }}
    >
      {parent ? (
        <button
          type="button"
          className="twist"
          aria-expanded={props.open}
          aria-label={t(props.open ? 'people.fold' : 'people.unfold', { name: unit.name })}
          onClick={props.onToggle}
        >
          <Icon name={props.open ? 'down' : 'right'} />
        </button>
      ) : (
        <span className="twist" />
      )}
      <button
        type="button"
        className="tree-b"
        aria-current={chosen ? true : undefined}
        draggable={unit.parent !== null && can('units:write')}
        onDragStart={event => carryUnit(event, unit.id)}
        onClick={() => props.onChoose(unit)}
        onKeyDown={onKey}
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
            { key: 'add', icon: 'plus', label: t('people.addUnit'), onClick: () => props.onAsk('add') },
            { key: 'change', icon: 'edit', label: t('people.changeUnit'), onClick: () => props.onAsk('change') },
            {
              key: 'remove',
              icon: 'x',
              label: t('people.removeUnit'),
              apart: true,
              onClick: () => props.onAsk('remove'),
            },
          ]}
        />
      )}
    </li>
  )
}
