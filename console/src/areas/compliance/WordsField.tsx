import { type ReactNode, useState } from 'react'
import { TextField } from '../../kit/Field.tsx'

const wordsIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(word => word !== ''))]

/** Several identifiers in one line, apart by spaces. What was typed stays as it was typed. */
export function WordsField(props: {
  label: string
  hint: ReactNode
  words: readonly string[]
  most: number
  onChange(words: string[]): void
}) {
  const [text, setText] = useState(props.words.join(' '))
  return (
    <TextField
      mono
      label={props.label}
      hint={props.hint}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={event => {
        setText(event.target.value)
        props.onChange(wordsIn(event.target.value).slice(0, props.most))
      }}
      onBlur={() => setText(props.words.join(' '))}
    />
  )
}
