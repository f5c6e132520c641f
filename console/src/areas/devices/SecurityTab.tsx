import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Empty, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { factLines, thirds } from './facts.ts'

/** How well the device is protected, and the secrets kept for it; each look at one is recorded with its purpose. */
export function SecurityTab({ device }: { device: Device }) {
  const voice = useVoice()
  const { t, f } = voice
  const facts = device.facts.filter(fact => fact.group === 'security')
  const [revealing, setRevealing] = useState(false)
  return (
    <>
      <Section id="protection" title={t('security.protection')}>
        {facts.length === 0 ? (
          <Empty title={t('security.none')}>{t('security.noneText')}</Empty>
        ) : (
          <div className="three">
            {thirds(facts).map(part => (
              <Facts key={part[0]?.key ?? ''} lines={factLines(voice, part)} />
            ))}
          </div>
        )}
      </Section>
      <Section id="secrets" title={t('security.secrets')}>
        <Note tone="info">
          <p>{t('security.secretsText')}</p>
        </Note>
        <ul className="lines secrets">
          <li>
            <span>{t('security.lockPin')}</span>
            <span className="small muted">{t('security.lockPinText')}</span>
            <Button size="sm" icon="eye" onClick={() => setRevealing(true)}>
              {t('security.reveal')}
            </Button>
          </li>
        </ul>
        {revealing && <Reveal device={device} name="lock-pin" onClose={() => setRevealing(false)} />}
      </Section>
      <Section id="identities" title={t('security.identities')}>
        {device.enrollments.map(enrollment => (
          <Facts
            key={enrollment.id}
            plain
            lines={[
              { key: 'state', label: t('device.enrollment'), value: t(`enrollment.state.${enrollment.state}`) },
              { key: 'serial', label: t('device.identity'), value: enrollment.certificate?.serial ?? '–', mono: true },
              {
                key: 'until',
                label: t('device.identityUntil'),
                value: enrollment.certificate ? f.dateTime(enrollment.certificate.notAfter) : '–',
              },
            ]}
          />
        ))}
      </Section>
    </>
  )
}

function Reveal({ device, name, onClose }: { device: Device; name: string; onClose(): void }) {
  const { t } = useVoice()
  const [purpose, setPurpose] = useState('')
  const reveal = useMutation({
    mutationFn: () =>
      call<{ value: string }>('POST', `/devices/${device.id}/secrets/${name}/reveal`, {
        body: { purpose: purpose.trim() },
      }),
  })
  const ready = purpose.trim().length >= 3
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('security.revealTitle', { name: device.name })}
      onSubmit={() => ready && !reveal.isPending && !reveal.data && reveal.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{reveal.data ? t('kit.close') : t('kit.cancel')}</Button>
          {!reveal.data && (
            <Button type="submit" variant="primary" disabled={!ready} busy={reveal.isPending}>
              {t('security.reveal')}
            </Button>
          )}
        </>
      }
    >
      {reveal.data ? (
        <p className="secret">
          <span className="mono">{reveal.data.value}</span> <Copy text={reveal.data.value} label={t('kit.copy')} />
        </p>
      ) : (
        <TextField
          label={t('security.purpose')}
          hint={t('security.purposeHint')}
          value={purpose}
          onChange={event => setPurpose(event.target.value)}
          data-autofocus
        />
      )}
      <ProblemNote error={reveal.error} />
    </Dialog>
  )
}
