import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Finding, Json } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { keepDraft, valuesOf } from './draft.ts'

interface Proposal {
  kind: string
  name: string
  value: Json
  findings: Finding[]
}

/** Reads a profile from a file; what it would be as a policy opens as a draft, and nothing is saved yet. */
export function UploadProfile({ onClose }: { onClose(): void }) {
  const { t } = useVoice()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const read = useMutation({
    mutationFn: (chosen: File) =>
      call<Proposal>('POST', '/policies/import', { body: new Blob([chosen], { type: 'application/octet-stream' }) }),
    onSuccess: found => {
      keepDraft(`new:${found.kind}`, { value: valuesOf(found.value), base: 0 })
      void navigate({ to: '/policies/new/$kind', params: { kind: found.kind }, search: { name: found.name } })
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('upload.title')}
      onSubmit={() => file && !read.isPending && read.mutate(file)}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!file} busy={read.isPending}>
            {t('upload.go')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('upload.text')}</p>
      <TextField
        label={t('upload.file')}
        type="file"
        accept=".mobileconfig,.plist,application/x-apple-aspen-config"
        onChange={event => setFile(event.target.files?.[0] ?? null)}
        data-autofocus
      />
      <ProblemNote error={read.error} />
    </Dialog>
  )
}
