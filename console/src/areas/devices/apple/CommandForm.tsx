import { useMemo, useState } from 'react'
import type { Artifact, Json } from '@muster/wire/apple/catalog/catalog.ts'
import { formFor } from '@muster/wire/apple/catalog/form.ts'
import { faultsOf, inClear, targetsOf } from '@muster/wire/apple/catalog/order.ts'
import type { Device } from '../../../contract.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { CatalogForm } from '../../../kit/catalog-form/CatalogForm.tsx'
import { tableOf } from '../../../kit/catalog-form/value.ts'
import { ConfirmDestructive } from '../../../kit/ConfirmDestructive.tsx'
import { Note } from '../../../kit/State.tsx'
import { Tabs } from '../../../kit/Tabs.tsx'
import { recipientOf, sayRefusal } from './recipient.ts'
import { SendBox } from './SendBox.tsx'
import { useSend } from './useSend.ts'

/** One command as a form, or as JSON: its keys are looked at in the browser as the server will, and what is dangerous is asked again. */
export function CommandForm({ device, artifact, name }: { device: Device; artifact: Artifact; name: string }) {
  const voice = useVoice()
  const { t, rich } = voice
  const [draft, setDraft] = useState<Json>({})
  const [tab, setTab] = useState('form')
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const value = useMemo(() => inClear(artifact, draft), [artifact, draft])
  const findings = useMemo(() => faultsOf(artifact, value), [artifact, value])
  const plain = useMemo(() => isPlain(artifact), [artifact])
  const faults = findings.filter(finding => finding.severity === 'error').length
  const to = recipientOf(device)
  const why = sayRefusal(voice, artifact, to)
  const [target] = targetsOf(to)
  const send = useSend(device)
  const phrase = device.serial ?? device.name
  const give = () =>
    send.mutate({
      command: { RequestType: artifact.id, ...tableOf(value) },
      reason,
      ...(artifact.dangerous ? { confirm: phrase } : {}),
    })
  const shared = { artifact, value: draft, onChange: setDraft, findings, ...(target ? { target } : {}) }
  const only = plain && (
    <div className="pad">
      <Note tone={artifact.dangerous ? 'attention' : 'info'}>
        <p>
          {artifact.dangerous && t('form.dangerous')} {t('apple.noKeys')}
        </p>
      </Note>
    </div>
  )
  return (
    <>
      {only || (
        <Tabs
          label={t('apple.keys')}
          current={tab}
          onChange={setTab}
          tabs={[
            { id: 'form', label: t('catalog.form'), panel: <CatalogForm {...shared} /> },
            { id: 'raw', label: t('catalog.raw'), panel: <CatalogForm {...shared} raw /> },
          ]}
        />
      )}
      <SendBox
        device={device}
        standing={why ?? (plain ? null : t('catalog.findings', { n: faults }))}
        blocked={why !== null || faults > 0}
        reason={reason}
        onReason={setReason}
        busy={send.isPending}
        error={asking ? null : send.error}
        onSend={() => (artifact.dangerous ? setAsking(true) : give())}
      />
      {asking && (
        <ConfirmDestructive
          opened
          onClose={() => setAsking(false)}
          onConfirm={give}
          title={t('apple.ask', { command: name })}
          action={t('apple.send', { name: device.name })}
          consequences={[]}
          phrase={{ label: rich(device.serial ? 'wipe.typeSerial' : 'wipe.typeName', { text: phrase }), text: phrase }}
          busy={send.isPending}
          error={send.error}
        >
          <p>{t('form.dangerous')}</p>
        </ConfirmDestructive>
      )}
    </>
  )
}

/** Nothing can be said in it. */
function isPlain(artifact: Artifact): boolean {
  const form = formFor(artifact)
  return !artifact.open && form.widget === 'group' && form.fields().length === 0
}
