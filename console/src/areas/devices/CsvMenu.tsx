import { address } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'

/** Columns that the file names as the filter does. */
const fileNames: Readonly<Record<string, string>> = {
  modelName: 'model',
  osVersion: 'os',
  enrolledAt: 'enrolled',
  lastSeenAt: 'seen',
  assetTag: 'asset',
}

/** The list as a file: the rows that match, the columns that are shown, in either encoding. */
export function CsvMenu(props: { filter: string; sort: string; columns: readonly string[] }) {
  const { t, locale } = useVoice()
  const href = (encoding: string) =>
    address('/devices.csv', {
      filter: props.filter,
      sort: props.sort,
      titles: locale,
      columns: props.columns.map(column => fileNames[column] ?? column).join(','),
      encoding,
    })
  return (
    <ActionMenu
      label={t('devices.csv')}
      icon="download"
      lines={[
        { key: 'utf-8', label: t('devices.csvUtf8'), why: t('devices.csvUtf8Text'), href: href('utf-8') },
        { key: 'shift_jis', label: t('devices.csvSjis'), why: t('devices.csvSjisText'), href: href('shift_jis') },
      ]}
    >
      CSV
    </ActionMenu>
  )
}
