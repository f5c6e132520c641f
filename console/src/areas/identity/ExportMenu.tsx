import { address } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'

/** The people that match and the units as files, in either encoding. */
export function ExportMenu(props: { filter: string; sort: string }) {
  const { t, locale } = useVoice()
  const encodings = [
    ['utf-8', t('devices.csvUtf8'), t('devices.csvUtf8Text')],
    ['shift_jis', t('devices.csvSjis'), t('devices.csvSjisText')],
  ] as const
  const lines = (of: 'users' | 'units', query: Record<string, string>) =>
    encodings.map(([encoding, label, why], at) => ({
      key: `${of}-${encoding}`,
      label: t(`people.export.${of}`, { as: label }),
      why,
      apart: of === 'units' && at === 0,
      href: address(`/${of}.csv`, { ...query, titles: locale, encoding }),
    }))
  return (
    <ActionMenu
      label={t('people.export')}
      icon="download"
      lines={[...lines('users', { filter: props.filter, sort: props.sort }), ...lines('units', {})]}
    >
      CSV
    </ActionMenu>
  )
}
