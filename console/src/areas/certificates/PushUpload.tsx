import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../api.ts'
import type { ApplePush } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote, problemOf } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { type Chosen, Chooser, StepItem } from './Files.tsx'
import { ending, partsOf } from './pem.ts'
import { TopicDiffers } from './TopicDiffers.tsx'

/** Brings a push certificate: what to do at Apple, then the files; the server compares the topic before it takes anything. */
export function PushUpload({ push, devices }: { push: ApplePush; devices: number }) {
  const { t, rich } = useVoice()
  const id = useId()
  const client = useQueryClient()
  const [files, setFiles] = useState<Chosen[]>([])
  const [account, setAccount] = useState(push.account ?? '')
  const [passphrase, setPassphrase] = useState('')
  const send = useMutation({
    mutationFn: ({ chosen, lose }: { chosen: Chosen[]; lose: number | null }) =>
      call<ApplePush>('PUT', '/push/apple', {
        body: {
          ...partsOf(chosen.map(file => file.text)),
          account: account.trim(),
          ...(passphrase ? { passphrase } : {}),
          ...(lose === null ? {} : { replace: true, lose }),
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
      <h3 id={id}>{t('push.haveBoth')}</h3>
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
              onReplace={lose => send.mutate({ chosen: files, lose })}
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
              if (parts.certificate && account.trim() && !send.isPending) send.mutate({ chosen: files, lose: null })
            }}
          >
            <Chooser
              again={files.length > 0}
              primary={code !== null || files.length === 0}
              label={t('push.choose')}
              field={t('push.files')}
              kinds={t('push.kinds')}
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
