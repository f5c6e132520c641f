import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { TextArea } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Bones, Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { deviceListQuery, order, type RawRow } from './queries.ts'

/** The last answer of each kind exactly as it came, and a way to send any command of the platform. */
export function RawTab({ device }: { device: Device }) {
  const { t } = useVoice()
  const raw = useQuery(deviceListQuery<RawRow>(device.id, 'raw'))
  return (
    <>
      <Section id="raw" title={t('raw.title')} hint={t('raw.hint')}>
        <ProblemNote error={raw.error} />
        {raw.isPending && <Bones label={t('kit.loading')} />}
        {raw.data?.items.length === 0 && <Empty title={t('raw.none')}>{t('raw.noneText')}</Empty>}
        {raw.data?.items.map(row => (
          <details key={row.source} className="raw">
            <summary>
              <Icon name="right" />
              <span className="mono">{row.source}</span> <Age at={row.at} ago />
            </summary>
            <div className="code-wrap">
              <Copy text={JSON.stringify(row.value, null, 2)} label={t('kit.copy')} />
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling well must be reachable by keyboard */}
              <pre className="code" tabIndex={0}>
                {JSON.stringify(row.value, null, 2)}
              </pre>
            </div>
          </details>
        ))}
      </Section>
      <SendRaw device={device} />
    </>
  )
}

function SendRaw({ device }: { device: Device }) {
  const { t, rich } = useVoice()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [unreadable, setUnreadable] = useState(false)
  const send = useMutation({
    mutationFn: (command: unknown) => order(device.id, { kind: 'apple.raw', args: { command } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device', device.id] }),
  })
  const submit = () => {
    const command = readCommand(text)
    setUnreadable(command === null)
    if (command !== null) send.mutate(command)
  }
  return (
    <Section id="send" title={t('raw.send')}>
      <form
        className="stack narrow"
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <TextArea
          label={t('raw.command')}
          hint={t('raw.commandHint')}
          error={unreadable ? t('raw.unreadable') : null}
          value={text}
          rows={6}
          mono
          spellCheck={false}
          placeholder='{ "RequestType": "DeviceInformation", "Queries": ["DeviceName"] }'
          onChange={event => setText(event.target.value)}
        />
        <ProblemNote error={send.error} />
        {send.data && (
          <Note tone="pending" icon="queued" role="status">
            <p>
              {rich(
                'raw.sent',
                {},
                {
                  link: inside => (
                    <Link to="/commands/$command" params={{ command: send.data.id }}>
                      {inside}
                    </Link>
                  ),
                },
              )}
            </p>
          </Note>
        )}
        <div>
          <Button type="submit" disabled={text.trim() === ''} busy={send.isPending}>
            {t('raw.go')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

/** JSON with a RequestType becomes a value, a property list stays text; anything else is null. */
function readCommand(text: string): unknown {
  if (text.trim().startsWith('<')) return text.trim()
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'RequestType' in value ? value : null
  } catch {
    return null
  }
}
