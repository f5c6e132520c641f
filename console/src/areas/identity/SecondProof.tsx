import { useMutation } from '@tanstack/react-query'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ProblemNote, problemOf } from '../../kit/Problem.tsx'
import { passkeysWork, signWithPasskey } from '../../kit/webauthn.ts'

/** A passkey as the second proof, where the refusal of the first brought a challenge for it. */
export function PasskeyProof({ error, onProof }: { error: unknown; onProof(response: unknown): void }) {
  const { t } = useVoice()
  const { challenge, credentials } = error ? problemOf(error).facts : {}
  const sign = useMutation({
    mutationFn: () =>
      signWithPasskey({
        challenge: String(challenge),
        allowCredentials: (credentials as string[]).map(id => ({ id })),
      }),
    onSuccess: onProof,
  })
  if (!passkeysWork() || typeof challenge !== 'string' || !Array.isArray(credentials)) return null
  return (
    <>
      <Button variant="primary" size="big" icon="key" busy={sign.isPending} onClick={() => sign.mutate()}>
        {t('stepUp.byPasskey')}
      </Button>
      <ProblemNote error={sign.error} />
    </>
  )
}
