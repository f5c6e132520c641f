import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call, proveBy } from '../api.ts'
import { useVoice } from '../i18n/index.tsx'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { TextField } from './Field.tsx'
import { ProblemNote } from './Problem.tsx'
import { type RequestOptions, passkeysWork, signWithPasskey } from './webauthn.ts'

interface Choice {
  passkey: RequestOptions | null
  code: boolean
}

/** Stands once around the pages: whenever the server wants to know again who is there, it asks, and the request is repeated. */
export function StepUp() {
  const [asking, setAsking] = useState<{ end(proven: boolean): void } | null>(null)
  useEffect(
    () =>
      proveBy(
        () =>
          new Promise<boolean>(resolve => {
            setAsking({
              end: proven => {
                setAsking(null)
                resolve(proven)
              },
            })
          }),
      ),
    [],
  )
  return asking && <Question onEnd={asking.end} />
}

function Question({ onEnd }: { onEnd(proven: boolean): void }) {
  const { t } = useVoice()
  const [code, setCode] = useState('')
  const choice = useQuery({
    queryKey: ['step-up'],
    queryFn: () => call<Choice>('POST', '/me/step-up/options'),
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
  const prove = useMutation({
    mutationFn: async (proof: { code: string } | { passkey: RequestOptions }) => {
      const body = 'code' in proof ? proof : { response: await signWithPasskey(proof.passkey) }
      return call<{ until: number }>('POST', '/me/step-up', { body })
    },
    onSuccess: () => onEnd(true),
    // A challenge is good once.
    onError: () => choice.refetch(),
  })
  const passkey = passkeysWork() ? (choice.data?.passkey ?? null) : null
  const typed = code.replaceAll(/\s/g, '')
  const nothing = choice.data && !choice.data.code && !choice.data.passkey
  return (
    <Dialog
      opened
      onClose={() => onEnd(false)}
      title={t('stepUp.title')}
      onSubmit={() => typed.length >= 6 && !prove.isPending && prove.mutate({ code: typed })}
      actions={
        <>
          <Button onClick={() => onEnd(false)}>{t('kit.cancel')}</Button>
          {choice.data?.code && (
            <Button type="submit" variant={passkey ? 'default' : 'primary'} disabled={typed.length < 6}>
              {t('stepUp.byCode')}
            </Button>
          )}
        </>
      }
    >
      <p className="soft">{nothing ? t('stepUp.nothing') : t('stepUp.text')}</p>
      {passkey && (
        <Button
          variant="primary"
          size="big"
          icon="key"
          data-autofocus
          busy={prove.isPending}
          onClick={() => prove.mutate({ passkey })}
        >
          {t('stepUp.byPasskey')}
        </Button>
      )}
      {choice.data?.code && (
        <TextField
          label={passkey ? t('stepUp.orCode') : t('signIn.code')}
          hint={t('signIn.codeHint')}
          value={code}
          onChange={event => setCode(event.target.value)}
          autoComplete="one-time-code"
          mono
        />
      )}
      <ProblemNote error={prove.error ?? choice.error} />
    </Dialog>
  )
}
