import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { useNow } from '../../kit/clock.ts'
import { ConfirmDestructive, type Consequence } from '../../kit/ConfirmDestructive.tsx'
import { TextField, Tick } from '../../kit/Field.tsx'
import { langOf } from '../../kit/names.ts'
import { shortPath } from '../../scope.tsx'
import { useOneLeaves } from '../guard/Leaves.tsx'
import { order } from './queries.ts'
import { argsOf, type Back, isWhole, ReturnChoice } from './ReturnChoice.tsx'
import { kindNames } from './words.ts'

const freshMs = 15 * 60_000

/** Confirms an erasure in words: which device, whose, what follows, and its asset tag typed by hand. */
export function WipeDialog({ device, onClose }: { device: Device; onClose(): void }) {
  const { t, rich } = useVoice()
  const client = useQueryClient()
  const kind = kindNames[device.platform]
  const mac = device.platform === 'macos'
  const phone = device.platform === 'ios' || device.platform === 'ipados'
  const [pin, setPin] = useState('')
  const [keepPlan, setKeepPlan] = useState(true)
  const [reason, setReason] = useState('')
  const [back, setBack] = useState<Back>({ on: false, network: 'own' })
  const typed = device.assetTag ?? device.serial ?? device.name
  const give = useMutation({
    mutationFn: () =>
      order(device.id, {
        kind: 'wipe',
        args: {
          confirm: device.serial ?? device.name,
          ...(mac && pin ? { pin } : {}),
          ...(phone ? { preserveDataPlan: keepPlan } : {}),
          ...(back.on ? argsOf(back) : {}),
        },
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device.id] })
      onClose()
    },
  })
  return (
    <ConfirmDestructive
      opened
      onClose={onClose}
      onConfirm={() => isWhole(back) && give.mutate()}
      title={t('wipe.title', { ownership: device.ownership, kind })}
      action={t('wipe.action', { ownership: device.ownership, kind })}
      consequences={[...useOneLeaves(), ...useConsequences(device, back.on)]}
      phrase={{
        label: rich(device.assetTag ? 'wipe.typeAsset' : device.serial ? 'wipe.typeSerial' : 'wipe.typeName', {
          text: typed,
        }),
        text: typed,
      }}
      busy={give.isPending}
      error={give.error}
      fields={
        <>
          {mac && (
            <TextField
              label={t('order.pin')}
              hint={t('wipe.pinHint')}
              value={pin}
              onChange={event => setPin(event.target.value)}
              inputMode="numeric"
              maxLength={6}
              mono
              autoComplete="off"
            />
          )}
          {phone && (
            <Tick label={t('wipe.keepPlan')} checked={keepPlan} onChange={event => setKeepPlan(event.target.checked)} />
          )}
          {phone && <ReturnChoice device={device} value={back} onChange={setBack} />}
          <TextField
            label={t('order.reason')}
            hint={t('order.reasonHint')}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
        </>
      }
    >
      <p>
        {rich(
          'wipe.text',
          {
            name: device.name,
            model: device.modelName ?? kind,
            unit: shortPath(device.unit.path),
            user: device.user?.displayName ?? '',
          },
          {
            who: inside => <b lang={langOf(device.name)}>{inside}</b>,
          },
        )}
      </p>
    </ConfirmDestructive>
  )
}

function useConsequences(device: Device, returns: boolean): Consequence[] {
  const { t, f } = useVoice()
  const now = useNow()
  const seen = device.lastSeenAt
  const online = seen !== null && now - seen < freshMs
  return [
    online
      ? { tone: 'ok', word: t('wipe.online'), text: t('wipe.onlineText') }
      : {
          tone: 'attention',
          word: t('wipe.offline'),
          text: seen === null ? t('wipe.offlineNever') : t('wipe.offlineText', { seen: f.relative(seen, now) }),
        },
    { tone: 'attention', word: t('wipe.data'), text: t('wipe.dataText') },
    returns
      ? { tone: 'ok', word: t('wipe.returns'), text: t('wipe.returnsText') }
      : { tone: 'attention', word: t('wipe.management'), text: t('wipe.managementText') },
  ]
}
