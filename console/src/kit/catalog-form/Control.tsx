import type { Widget } from '@muster/wire/apple/catalog/form.ts'
import { isTyped } from './variables.ts'
import type { FunctionComponent } from 'react'
import { DataBox, DateBox } from './DataBox.tsx'
import { GroupBox } from './GroupBox.tsx'
import type { ControlProps } from './hold.ts'
import { JsonBox } from './JsonBox.tsx'
import { ListBox } from './ListBox.tsx'
import { NumberBox, SelectBox, SwitchBox } from './SimpleBox.tsx'
import { SecretBox } from './SecretBox.tsx'
import { TextBox } from './TextBox.tsx'
import { UnionBox } from './UnionBox.tsx'

const controls: Readonly<Record<Widget, FunctionComponent<ControlProps>>> = {
  switch: SwitchBox,
  number: NumberBox,
  text: TextBox,
  long: TextBox,
  code: TextBox,
  select: SelectBox,
  data: DataBox,
  date: DateBox,
  list: ListBox,
  group: GroupBox,
  union: UnionBox,
  any: JsonBox,
}

/** The control of one value. A value that its own control cannot hold, a variable in place of a number say, is edited as JSON. */
export function Control(props: ControlProps) {
  const { field, value } = props
  const Fitting = field.secret ? SecretBox : holds(field.widget, value) ? controls[field.widget] : JsonBox
  return <Fitting {...props} />
}

function holds(widget: Widget, value: ControlProps['value']): boolean {
  if (value === undefined || value === null) return true
  switch (widget) {
    case 'switch':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number'
    case 'select':
      return typeof value === 'string' || typeof value === 'number'
    case 'text':
    case 'long':
    case 'code':
      return isTyped(value)
    case 'list':
      return Array.isArray(value)
    case 'data':
    case 'date':
      return typeof value === 'string' || isForm(value, widget)
    case 'group':
    case 'union':
      return typeof value === 'object' && !Array.isArray(value) && !isForm(value, 'var')
    case 'any':
      return true
  }
}

const isForm = (value: NonNullable<ControlProps['value']>, name: string): boolean =>
  typeof value === 'object' && `$${name}` in value

/** Widgets that fit beside the name of their setting; the others stand below it. */
export const inline: ReadonlySet<Widget> = new Set(['switch', 'number', 'text', 'select', 'date'])
