import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useRef, useState } from 'react'
import { call } from '../../api.ts'
import type { ApplePush } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ProblemNote, problemOf } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { ending, partsOf } from './pem.ts'

interface Chosen {
  name: string
  text: string
  at: number
}

/** Brings a push certificate: what to do at Apple, then the files; the server compares the topic before it takes anything. */
export function PushUpload({ push, devices }: { push: ApplePush; devices: number }) {
  const { t, rich } = useVoice()
  const id = useId()
  const client = useQueryClient()
  const [files, setFiles] = useState<Chosen[]>([])
  const [account, setAccount] = useState(push.account ?? '')
  const [passphrase, setPassphrase] = useState('')
  const send = useMutation({
    mutationFn: ({ chosen, replace }: { chosen: Chosen[]; replace: boolean }) =>
      call<ApplePush>('PUT', '/push/apple', {
        body: {
          ...partsOf(chosen.map(file => file.text)),
          account: account.trim(),
          ...(passphrase ? { passphrase } : {}),
          ...(replace ? { replace } : {}),
        },
      }),
    onSuccess: async () => {
      setFiles([])
      setPassphrase('')
      await Promise.all([
        client.invalidateQueries({ queryKey: ['certificates'] }),
        client.invalidateQueries({ queryKey: ['home'] }),
      ])
    },
  })
  const parts = partsOf(files.map(file => file.text))
  const renewing = push.state !== 'missing'
  const code = send.error ? problemOf(send.error).code : null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{renewing ? t('push.renew') : t('push.bring')}</h2>
      <ol className="steps">
        <StepItem
          n={1}
          state={files.length > 0 ? 'done' : 'cur'}
          title={renewing ? t('push.step1Renew') : t('push.step1')}
        >
          <p>
            {renewing
              ? rich('push.step1RenewText', { account: push.account ?? '?', topic: ending(push.topic) })
              : rich('push.step1Text', {})}
          </p>
        </StepItem>
        <StepItem n={2} state={files.length > 0 ? 'cur' : undefined} title={t('push.step2')}>
          {code === 'push.topic-differs' ? (
            <TopicDiffers
              error={send.error}
              file={files[0]}
              devices={devices}
              busy={send.isPending}
              onReplace={() => send.mutate({ chosen: files, replace: true })}
            />
          ) : (
            <ProblemNote error={send.error} />
          )}
          {send.isSuccess && files.length === 0 && (
            <Note tone="ok" role="status">
              <p>{t('push.taken')}</p>
            </Note>
          )}
          <form
            className="stack"
            onSubmit={event => {
              event.preventDefault()
              if (parts.certificate && account.trim() && !send.isPending) send.mutate({ chosen: files, replace: false })
            }}
          >
            <Chooser
              again={files.length > 0}
              primary={code !== null || files.length === 0}
              onChoose={chosen => {
                send.reset()
                setFiles(chosen)
              }}
            />
            {files.length > 0 && (
              <ul className="files">
                {files.map(file => (
                  <li key={file.name} className="mono small">
                    {file.name}
                  </li>
                ))}
                <li className="small soft">
                  {t('push.found', { certificate: parts.certificate ? 'yes' : 'no', key: parts.key ? 'yes' : 'no' })}
                </li>
              </ul>
            )}
            {files.length > 0 && (
              <>
                <TextField
                  label={t('certificates.accountLabel')}
                  hint={t('push.accountHint')}
                  type="email"
                  value={account}
                  onChange={event => setAccount(event.target.value)}
                  required
                />
                <TextField
                  label={t('push.passphrase')}
                  hint={t('push.passphraseHint')}
                  type="password"
                  autoComplete="off"
                  value={passphrase}
                  onChange={event => setPassphrase(event.target.value)}
                />
                <div>
                  <Button
                    type="submit"
                    variant={code === null ? 'primary' : 'default'}
                    disabled={!parts.certificate || !account.trim()}
                    busy={send.isPending}
                  >
                    {t('push.send')}
                  </Button>
                </div>
              </>
            )}
          </form>
        </StepItem>
        <StepItem n={3} state={undefined} title={t('push.step3')}>
          <p>{t('push.step3Text')}</p>
        </StepItem>
      </ol>
    </section>
  )
}

function StepItem(props: { n: number; state: 'done' | 'cur' | undefined; title: string; children: ReactNode }) {
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

const mostBytes = 64 * 1024

function Chooser(props: { again: boolean; primary: boolean; onChoose(files: Chosen[]): void }) {
  const { t } = useVoice()
  const input = useRef<HTMLInputElement>(null)
  const read = async (list: FileList | null) => {
    const files = [...(list ?? [])].filter(file => file.size <= mostBytes).slice(0, 3)
    props.onChoose(
      await Promise.all(files.map(async file => ({ name: file.name, text: await file.text(), at: Date.now() }))),
    )
  }
  return (
    <div className="acts chooser">
      <label className="vh" htmlFor="push-files">
        {t('push.files')}
      </label>
      <input
        ref={input}
        id="push-files"
        className="vh"
        type="file"
        accept=".pem,.cer,.crt,.key"
        multiple
        tabIndex={-1}
        onChange={event => void read(event.target.files)}
      />
      <Button icon="upload" variant={props.primary ? 'primary' : 'default'} onClick={() => input.current?.click()}>
        {props.again ? t('push.chooseAgain') : t('push.choose')}
      </Button>
      <span className="small muted">{t('push.kinds')}</span>
    </div>
  )
}

function TopicDiffers(props: {
  error: unknown
  file: Chosen | undefined
  devices: number
  busy: boolean
  onReplace(): void
}) {
  const { t, f, rich } = useVoice()
  const [asking, setAsking] = useState(false)
  const { facts } = problemOf(props.error)
  const count = typeof facts['devices'] === 'number' ? facts['devices'] : props.devices
  const values = { offered: ending(facts['offered']), current: ending(facts['current']), n: count }
  return (
    <>
      <Note tone="danger" role="alert">
        <p>
          <b>{t('push.differs')}</b> {rich('push.differsText', values)}
        </p>
        <p className="small">
          {t('push.differsFile', { file: props.file?.name ?? '', time: props.file ? f.time(props.file.at) : '' })}
        </p>
      </Note>
      <p className="small replace-line">
        <button type="button" className="link" onClick={() => setAsking(true)}>
          {t('push.replace')}
        </button>
      </p>
      <ConfirmDestructive
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={props.onReplace}
        title={t('push.replaceTitle')}
        action={t('push.replaceGo', { n: count })}
        consequences={[{ tone: 'danger', word: t('push.replaceLost'), text: t('push.replaceLostText', { n: count }) }]}
        phrase={{ label: rich('push.replaceType', { text: values.offered }), text: values.offered }}
        busy={props.busy}
        error={null}
      >
        <p>{t('push.replaceText')}</p>
      </ConfirmDestructive>
    </>
  )
}
