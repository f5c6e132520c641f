import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence, type ToneName } from '../../kit/State.tsx'
import type { GoogleProgram } from './google.ts'

const tones: Record<GoogleProgram['notices'], ToneName> = {
  none: 'attention',
  waiting: 'pending',
  'turned-away': 'danger',
  silent: 'attention',
  coming: 'ok',
}

/** How Google tells what happens: whether it comes, and what to paste where. */
export function GoogleNotices({ one, mine }: { one: GoogleProgram; mine: boolean }) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const { project, hook, notices } = one
  const [topic, setTopic] = useState(one.topic ?? `projects/${project}/topics/muster`)
  const [pusher, setPusher] = useState(one.pusher ?? one.program.account ?? '')
  const save = useMutation({
    mutationFn: () =>
      call('PUT', `/programs/android/${one.program.id}`, { body: { topic: topic.trim(), pusher: pusher.trim() } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['programs'] }),
  })
  const short = topic.split('/').at(-1) || 'muster'
  const lines = [
    `gcloud pubsub topics create ${short} --project=${project}`,
    `gcloud pubsub topics add-iam-policy-binding ${short} --project=${project} --member=serviceAccount:android-cloud-policy@system.gserviceaccount.com --role=roles/pubsub.publisher`,
    `gcloud pubsub subscriptions create ${short} --project=${project} --topic=${short} --ack-deadline=30 --push-endpoint=${hook} --push-auth-token-audience=${hook} --push-auth-service-account=${pusher}`,
  ]
  return (
    <Section id={`notices-${one.program.id}`} title={t('google.notices')}>
      <div className="stack narrow">
        <Sentence tone={tones[notices]}>
          <b>{t(`google.notices.${notices}`)}</b> {t(`google.notices.${notices}.next`)}{' '}
          {one.heardAt !== null && t('google.heard', { when: f.dateTime(one.heardAt) })}
        </Sentence>
        {mine && (
          <details className="aside-way" open={notices === 'none' || notices === 'turned-away'}>
            <summary>{t('google.noticesHow')}</summary>
            <p className="hint">{t('google.noticesText')}</p>
            <section className="code" aria-label={t('google.noticesHow')}>
              <pre>{lines.join('\n\n')}</pre>
            </section>
            <Copy text={lines.join('\n')} label={t('google.copyLines')} words />
            <form
              className="stack"
              onSubmit={event => {
                event.preventDefault()
                if (!save.isPending) save.mutate()
              }}
            >
              <TextField
                label={t('google.topic')}
                mono
                value={topic}
                error={fieldError(save.error, 'topic')}
                onChange={event => setTopic(event.target.value)}
              />
              <TextField
                label={t('google.pusher')}
                hint={t('google.pusherHint')}
                mono
                value={pusher}
                error={fieldError(save.error, 'pusher')}
                onChange={event => setPusher(event.target.value)}
              />
              <ProblemNote error={save.error} />
              {save.isSuccess && (
                <Note tone="ok" role="status">
                  <p>{t('google.saved')}</p>
                </Note>
              )}
              <div>
                <Button type="submit" busy={save.isPending} disabled={topic.trim() === '' || pusher.trim() === ''}>
                  {t('kit.save')}
                </Button>
              </div>
            </form>
          </details>
        )}
      </div>
    </Section>
  )
}
