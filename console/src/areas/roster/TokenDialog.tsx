import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Program } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { setupsQuery } from './queries.ts'

interface Made {
  id: string
  certificate: string
}

/** Brings a token: our certificate there, theirs here. The same for a new program and for one whose token is renewed. */
export function TokenDialog({ program, onClose }: { program: Program | null; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [name, setName] = useState(program?.name ?? '')
  const [setup, setSetup] = useState('')
  const [file, setFile] = useState<{ name: string; token: string } | null>(null)
  const setups = useQuery(setupsQuery)
  const make = useMutation({
    mutationFn: () => call<Made>('POST', '/programs/devices/keys'),
    onSuccess: ({ certificate }) => saveFile('muster.pem', certificate),
  })
  const send = useMutation({
    mutationFn: () =>
      program
        ? call('PUT', `/programs/devices/${program.id}/token`, { body: { token: file?.token } })
        : call('POST', '/programs/devices', {
            body: { name: name.trim(), token: file?.token, ...(setup ? { setup } : {}) },
          }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['programs'] })
      onClose()
    },
  })
  const ready = file !== null && name.trim() !== ''
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={program ? t('programs.renewTitle', { name: program.name }) : t('programs.add')}
      onSubmit={() => ready && !send.isPending && send.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={send.isPending} disabled={!ready}>
            {program ? t('programs.renewGo') : t('programs.addGo')}
          </Button>
        </>
      }
    >
      <ol className="roster-steps">
        <li>
          <h3>{t('programs.step1')}</h3>
          <p className="soft">{program ? t('programs.step1Again') : t('programs.step1Text')}</p>
          <Button icon="download" busy={make.isPending} onClick={() => make.mutate()}>
            {t('programs.certificate')}
          </Button>
          {make.data && (
            <p className="small" role="status">
              {t('programs.saved')}
            </p>
          )}
          <ProblemNote error={make.error} />
        </li>
        <li>
          <h3>{t('programs.step2')}</h3>
          <p className="soft">{t('programs.step2Text')}</p>
        </li>
        <li>
          <h3>{t('programs.step3')}</h3>
          <label className="bring">
            <span className="lab">{t('programs.file')}</span>
            <input
              type="file"
              accept=".p7m,.p7,application/pkcs7-mime"
              onChange={async event => {
                const chosen = event.target.files?.[0]
                if (chosen) setFile({ name: chosen.name, token: base64(new Uint8Array(await chosen.arrayBuffer())) })
              }}
            />
          </label>
          {!program && (
            <div className="pair">
              <TextField
                label={t('programs.name')}
                hint={t('programs.nameHint')}
                value={name}
                onChange={event => setName(event.target.value)}
              />
              <SelectField
                label={t('programs.setup')}
                hint={t('programs.setupHint')}
                value={setup}
                onChange={event => setSetup(event.target.value)}
                options={[
                  { value: '', label: t('roster.noSetup') },
                  ...(setups.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
                ]}
              />
            </div>
          )}
        </li>
      </ol>
      <ProblemNote error={send.error} />
    </Dialog>
  )
}

/** Token files are read whatever their form, so their bytes go as they are. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
