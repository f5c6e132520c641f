import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useUnits } from '../../scope.tsx'
import { sendFile } from './queries.ts'
import { UnitField } from './UnitField.tsx'

/** Sends an .ipa, .pkg or .apk: a new app, or a release of the one that is shown. */
export function UploadDialog({ app, onClose }: { app?: { id: string; unit: string }; onClose(): void }) {
  const voice = useVoice()
  const { t, f } = voice
  const id = useId()
  const client = useQueryClient()
  const navigate = useNavigate()
  const units = useUnits()
  const [unit, setUnit] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [received, setReceived] = useState(0)
  const on = app?.unit ?? (unit || (units.data?.[0]?.id ?? ''))
  const send = useMutation({
    mutationFn: (chosen: File) => sendFile(chosen, { unit: on, ...(app ? { app: app.id } : {}) }, setReceived),
    onSuccess: async upload => {
      if (upload.state !== 'done' || !upload.app) return
      await Promise.all([['apps'], ['app']].map(queryKey => client.invalidateQueries({ queryKey })))
      await navigate({ to: '/apps/$app', params: { app: upload.app } })
      onClose()
    },
  })
  const code = send.data?.state === 'failed' ? send.data.code : null
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(app ? 'appsPage.newRelease' : 'appsPage.upload')}
      onSubmit={() => file && on && !send.isPending && send.mutate(file)}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" icon="upload" busy={send.isPending} disabled={!file || !on}>
            {t('appsPage.send')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('appsPage.uploadText')}</p>
      <div className="field">
        <label className="lab" htmlFor={id}>
          {t('appsPage.file')}
        </label>
        <input
          id={id}
          type="file"
          accept=".ipa,.pkg,.apk"
          onChange={event => {
            send.reset()
            setReceived(0)
            setFile(event.target.files?.[0] ?? null)
          }}
        />
      </div>
      {!app && <UnitField value={on} onChange={setUnit} />}
      {send.isPending && file && (
        <div role="status">
          <progress max={file.size} value={received} aria-label={t('appsPage.file')} />
          <p className="small soft">
            {received < file.size
              ? t('appsPage.sent', { done: f.bytes(received), all: f.bytes(file.size) })
              : t('appsPage.reading')}
          </p>
        </div>
      )}
      {code !== null && <Refused code={code} />}
      <ProblemNote error={send.error} />
    </Dialog>
  )
}

/** Why a file was not taken, in our own words where we have them. */
function Refused({ code }: { code: string }) {
  const voice = useVoice()
  const key = `problem.${code}`
  const next = `${key}.next`
  return (
    <Note tone="danger" role="alert">
      <p>
        <b>{voice.has(key) ? voice.tell(key, {}) : voice.t('appsPage.notRead')}</b>
      </p>
      {voice.has(next) && <p>{voice.tell(next, {})}</p>}
    </Note>
  )
}
