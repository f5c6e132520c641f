import { Popover } from '@mantine/core'
import { useId, useState } from 'react'
import type { Unit } from '../contract.ts'
import { useVoice } from '../i18n/index.tsx'
import { fold } from '../i18n/messages.ts'
import { Icon } from '../kit/Icon.tsx'
import { useScope, useUnits, withBelow } from '../scope.tsx'
import { useSession } from '../session.tsx'

/** Chooses the part of the org the console looks at: org ▸ unit. */
export function ScopeMenu() {
  const { t } = useVoice()
  const { org } = useSession()
  const scope = useScope()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus width={320}>
      <Popover.Target>
        <button type="button" className="scope" onClick={() => setOpened(!opened)}>
          <span className="vh">{t('scope.label')} </span>
          <Icon name="unit" />
          <span className="cut wide-only">{org.name}</span>
          <Icon name="right" />
          <span className="cut">{scope.unit ? scope.unit.name : t('scope.all')}</span>
          <Icon name="down" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="pop scope-pop" aria-label={t('scope.choose')}>
        <UnitList
          current={scope.unit?.id ?? null}
          onChoose={unit => {
            scope.choose(unit)
            setOpened(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function UnitList(props: { current: string | null; onChoose(unit: Unit | null): void }) {
  const { t, f } = useVoice()
  const id = useId()
  const units = useUnits()
  const [text, setText] = useState('')
  const all = units.data ?? []
  const roots = all.filter(unit => unit.parent === null)
  // An org with one root: the root and all units are the same thing, so it stands once.
  const listed = roots.length === 1 ? all.filter(unit => unit.parent !== null) : all
  const found = listed.filter(unit => fold(unit.path).includes(fold(text.trim())))
  return (
    <>
      <div className="in-wrap">
        <Icon name="search" />
        <label className="vh" htmlFor={id}>
          {t('scope.find')}
        </label>
        <input
          id={id}
          className="in"
          value={text}
          placeholder={t('scope.find')}
          onChange={event => setText(event.target.value)}
          data-autofocus
          autoComplete="off"
        />
      </div>
      <ul className="scope-list">
        {text === '' && (
          <li>
            <button
              type="button"
              className="menu-line"
              aria-current={props.current === null ? true : undefined}
              onClick={() => props.onChoose(null)}
            >
              <span className="menu-words">{t('scope.all')}</span>
              <span className="small muted">{f.number(all.reduce((sum, unit) => sum + unit.devices, 0))}</span>
              {props.current === null && <Icon name="check" />}
            </button>
          </li>
        )}
        {found.map(unit => (
          <li key={unit.id}>
            <button
              type="button"
              className="menu-line"
              aria-current={props.current === unit.id ? true : undefined}
              onClick={() => props.onChoose(unit)}
            >
              <span className="menu-words cut" style={{ paddingInlineStart: `${depthOf(unit) * 12}px` }}>
                {unit.name}
              </span>
              <span className="small muted">{f.number(withBelow(all, unit, 'devices'))}</span>
              {props.current === unit.id && <Icon name="check" />}
            </button>
          </li>
        ))}
        {found.length === 0 && text !== '' && <li className="small muted none">{t('scope.none')}</li>}
      </ul>
    </>
  )
}

const depthOf = (unit: Unit): number => unit.path.split('/').length - 1
