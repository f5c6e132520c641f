import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Command } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { CommandAbout } from './CommandAbout.tsx'
import { CommandAnswer } from './CommandAnswer.tsx'
import { CommandSteps } from './CommandSteps.tsx'
import { isOver, kindWord, standingOf, standings } from './words.ts'

/** One command as a machine with steps and times; it moves by itself as the device answers. */
export function CommandPage() {
  const voice = useVoice()
  const { t } = voice
  const { command: id = '' } = useParams({ strict: false }) as { command?: string }
  const command = useQuery({
    queryKey: ['command', id],
    queryFn: ({ signal }) => get<Command>(`/commands/${id}`, {}, signal),
    // The push is the one step without an event of its own.
    refetchInterval: ({ state: { data } }) =>
      data && isOver(data.state) ? false : data && data.pushedAt === null ? 2000 : 15_000,
  })
  const { data } = command
  const crumbs = [
    { label: t('nav.activity'), to: '/activity' },
    { label: t('commands.title'), to: '/commands' },
    { label: <span className="mono">{id.slice(0, 16)}</span> },
  ]
  if (!data) {
    return (
      <>
        <PageHead title={t('commands.title')} crumbs={crumbs} />
        <div className="pad">
          {command.error ? <ProblemNote error={command.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return (
    <>
      <PageHead
        title={t('command.on', { command: kindWord(voice, data.kind), device: data.device.name })}
        crumbs={crumbs}
        lede={<CommandSentence command={data} />}
      >
        {!isOver(data.state) && <OpenActions command={data} />}
      </PageHead>
      <CommandSteps command={data} />
      <div className="cols">
        <CommandAnswer command={data} />
        <CommandAbout command={data} />
      </div>
    </>
  )
}

/** How the command stands and what comes next, in one sentence. */
function CommandSentence({ command }: { command: Command }) {
  const { t, f, rich } = useVoice()
  const now = useNow(1000)
  const standing = standingOf(command)
  const { tone, icon, label } = standings[standing]
  const values = {
    n: command.notNow?.count ?? 0,
    next: command.nextAt === null ? '' : f.time(command.nextAt),
    took: f.span((command.answeredAt ?? now) - command.createdAt),
  }
  const key =
    command.nextAt === null && standing === 'not-now'
      ? 'command.sentence.not-now.open'
      : (`command.sentence.${standing}` as const)
  return (
    <Sentence tone={tone} icon={icon}>
      <b>{t('kit.stop', { text: t(label, values) })}</b>{' '}
      {rich(key, values, {
        device: inside => (
          <Link to="/devices/$device" params={{ device: command.device.id }}>
            {inside}
          </Link>
        ),
      })}
    </Sentence>
  )
}

function OpenActions({ command }: { command: Command }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const again = () => client.invalidateQueries({ queryKey: ['command', command.id] })
  const wake = useMutation({
    mutationFn: () => call('POST', `/commands/${command.id}/push`, { body: {} }),
    onSuccess: again,
  })
  const cancel = useMutation({
    mutationFn: () => call('POST', `/commands/${command.id}/cancel`, { body: {} }),
    onSuccess: async () => {
      await again()
      setAsking(false)
    },
  })
  return (
    <>
      {command.state === 'held' && command.intent && (
        <ButtonLink to={`/activity/held/${command.intent}`} icon="held">
          {t('held.see')}
        </ButtonLink>
      )}
      {command.state !== 'held' && can('devices:query') && (
        <Button icon="send" busy={wake.isPending} onClick={() => wake.mutate()}>
          {t('command.wake')}
        </Button>
      )}
      {command.cancelable !== false && <Button onClick={() => setAsking(true)}>{t('command.cancel')}</Button>}
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('command.cancelTitle', { command: kindWord(voice, command.kind) })}
        actions={
          <>
            <KeepButton onClick={() => setAsking(false)}>{t('command.keep')}</KeepButton>
            <Button variant="primary" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('command.cancelGo')}
            </Button>
          </>
        }
      >
        <p className="soft">{t(command.state === 'sent' ? 'command.cancelSent' : 'command.cancelText')}</p>
        <ProblemNote error={cancel.error} />
      </Dialog>
      {wake.error && <ProblemNote error={wake.error} />}
    </>
  )
}
