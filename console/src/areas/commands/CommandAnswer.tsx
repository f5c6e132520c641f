import type { Command } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Section } from '../../kit/Page.tsx'
import { Note } from '../../kit/State.tsx'
import { standingOf } from './words.ts'

/** What the device said: in our words first, then its own, then as it came. */
export function CommandAnswer({ command }: { command: Command }) {
  const { t, has } = useVoice()
  const { error } = command
  const explained = error?.explained ? `explained.${error.explained}` : null
  const standing = standingOf(command)
  return (
    <div>
      <Section id="said" title={t('command.said')}>
        {error ? (
          <>
            <Note tone="danger">
              <p>
                <b>{explained && has(explained) ? t(explained) : (error.message ?? t('command.errorUnknown'))}</b>{' '}
                {explained && has(`${explained}.next`) ? t(`${explained}.next` as never) : ''}
              </p>
            </Note>
            <p className="said">
              <span className="mono">
                {error.domain ? `${error.domain} ` : ''}
                {error.code}
              </span>
              {error.message}
            </p>
          </>
        ) : (
          <p className="said">
            <span className="mono">{t(`command.word.${standing}`)}</span>
            {t(`command.meaning.${standing}`)}
          </p>
        )}
        {command.push?.reason && (
          <p className="said">
            <span className="mono">APNs {command.push.status}</span>
            {command.push.reason}
          </p>
        )}
      </Section>
      {command.resultAbsent && <p className="small muted sec">{t(`command.resultAbsent.${command.resultAbsent}`)}</p>}
      <Well id="args" title={t('command.args')} value={command.args} />
      <Well id="result" title={t('command.result')} value={command.result} />
    </div>
  )
}

function Well(props: { id: string; title: string; value: unknown }) {
  const { t } = useVoice()
  const empty =
    props.value === null ||
    props.value === undefined ||
    (typeof props.value === 'object' && Object.keys(props.value).length === 0)
  if (empty) return null
  const text = JSON.stringify(props.value, null, 2)
  return (
    <details className="raw inset-raw">
      <summary>
        <Icon name="right" />
        {props.title}
      </summary>
      <div className="code-wrap">
        <Copy text={text} label={t('kit.copy')} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling well must be reachable by keyboard */}
        <pre className="code" tabIndex={0}>
          {text}
        </pre>
      </div>
    </details>
  )
}
