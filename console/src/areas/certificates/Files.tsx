import { type ReactNode, useId, useRef } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'

/** A file that was chosen, read as text. */
export interface Chosen {
  name: string
  text: string
  at: number
}

const mostBytes = 64 * 1024

/** Chooses up to three small text files. */
export function Chooser(props: {
  again: boolean
  primary: boolean
  label: string
  /** What the field is called, where that is not what its button says. */
  field?: string
  accept?: string
  kinds: string
  onChoose(files: Chosen[]): void
}) {
  const { t } = useVoice()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const read = async (list: FileList | null) => {
    const files = [...(list ?? [])].filter(file => file.size <= mostBytes).slice(0, 3)
    props.onChoose(
      await Promise.all(files.map(async file => ({ name: file.name, text: await file.text(), at: Date.now() }))),
    )
  }
  return (
    <div className="acts chooser">
      <label className="vh" htmlFor={id}>
        {props.field ?? props.label}
      </label>
      <input
        ref={input}
        id={id}
        className="vh"
        type="file"
        accept={props.accept ?? '.pem,.cer,.crt,.key'}
        multiple
        tabIndex={-1}
        onChange={event => void read(event.target.files)}
      />
      <Button icon="upload" variant={props.primary ? 'primary' : 'default'} onClick={() => input.current?.click()}>
        {props.again ? t('push.chooseAgain') : props.label}
      </Button>
      <span className="small muted">{props.kinds}</span>
    </div>
  )
}

/** One step of a way that is walked downwards. */
export function StepItem(props: { n: number; state: 'done' | 'cur' | undefined; title: string; children?: ReactNode }) {
  return (
    <li className={props.state} aria-current={props.state === 'cur' ? 'step' : undefined}>
      <span className="n">{props.state === 'done' ? <Icon name="check" /> : props.n}</span>
      <div>
        <h3>{props.title}</h3>
        {props.children}
      </div>
    </li>
  )
}
