import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { PushRenewal, PushSigner } from '../../contract/custody.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { type Chosen, Chooser } from './Files.tsx'
import { partsOf } from './pem.ts'
import { renewalQuery, signersQuery } from './queries.ts'

function useSign(way: 'vendor' | 'service') {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call<PushRenewal>('POST', '/push/apple/renewal/sign', { body: { way } }),
    onSuccess: async now => client.setQueryData(renewalQuery.queryKey, now),
  })
}

/** The service that is asked: where it is and what it knows us by; then asking it. */
export function ServiceForm({ signer, renewal }: { signer: PushSigner | undefined; renewal: PushRenewal }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [form, setForm] = useState({ url: signer?.url ?? '', email: signer?.email ?? renewal.email ?? '', secret: '' })
  const sign = useSign('service')
  const ask = useMutation({
    mutationFn: async () => {
      const { url, email, secret } = form
      const body = { url: url.trim(), email: email.trim(), ...(secret ? { secret } : {}) }
      client.setQueryData(signersQuery.queryKey, await call('PUT', '/push/apple/signers/service', { body }))
      await sign.mutateAsync()
    },
  })
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (form.url.trim() && form.email.trim() && !ask.isPending) ask.mutate()
      }}
    >
      <TextField
        label={t('renewal.url')}
        hint={t('renewal.urlHint')}
        type="url"
        placeholder="https://"
        value={form.url}
        onChange={e => setForm({ ...form, url: e.target.value })}
        required
      />
      <TextField
        label={t('renewal.serviceEmail')}
        type="email"
        value={form.email}
        onChange={e => setForm({ ...form, email: e.target.value })}
        required
      />
      <TextField
        label={t('renewal.secret')}
        hint={signer?.secret ? t('renewal.secretKept') : t('renewal.secretHint')}
        type="password"
        autoComplete="off"
        value={form.secret}
        onChange={e => setForm({ ...form, secret: e.target.value })}
      />
      <ProblemNote error={ask.error} />
      <div>
        <Button type="submit" variant="primary" busy={ask.isPending || renewal.state === 'signing'}>
          {t('renewal.ask')}
        </Button>
      </div>
    </form>
  )
}

/** The vendor certificate of one's own: brought once, then used. `signs`: there is a request that waits for it. */
export function VendorForm({ signer, signs = true }: { signer: PushSigner | undefined; signs?: boolean }) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const [files, setFiles] = useState<Chosen[]>([])
  const [passphrase, setPassphrase] = useState('')
  const sign = useSign('vendor')
  const bring = useMutation({
    mutationFn: async () => {
      const body = { ...partsOf(files.map(file => file.text)), ...(passphrase ? { passphrase } : {}) }
      client.setQueryData(signersQuery.queryKey, await call('PUT', '/push/apple/signers/vendor', { body }))
      setFiles([])
      await client.invalidateQueries({ queryKey: ['certificates', 'list'] })
      if (signs) await sign.mutateAsync()
    },
  })
  return (
    <div className="stack">
      {signs && signer?.notAfter && (
        <>
          <p>{t('renewal.vendorKept', { name: signer.subject ?? '', date: f.dateTime(signer.notAfter) })}</p>
          <div>
            <Button variant="primary" busy={sign.isPending} onClick={() => sign.mutate()}>
              {t('renewal.signNow')}
            </Button>
          </div>
        </>
      )}
      <ProblemNote error={bring.error ?? sign.error} />
      <Chooser
        again={files.length > 0}
        primary={!signer && files.length === 0}
        label={t('renewal.bringVendor')}
        kinds={t('renewal.vendorKinds')}
        onChoose={setFiles}
      />
      {files.length > 0 && (
        <>
          <ul className="files mono small">
            {files.map(file => (
              <li key={file.name}>{file.name}</li>
            ))}
          </ul>
          <TextField
            label={t('push.passphrase')}
            hint={t('push.passphraseHint')}
            type="password"
            autoComplete="off"
            value={passphrase}
            onChange={event => setPassphrase(event.target.value)}
          />
          <div>
            <Button variant="primary" busy={bring.isPending} onClick={() => bring.mutate()}>
              {signs ? t('renewal.keepAndSign') : t('kit.save')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
