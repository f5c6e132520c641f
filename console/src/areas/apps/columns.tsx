import type { AppState } from '../../contract/apps.ts'
import type { Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import type { ListColumn } from '../../kit/ListTable.tsx'
import { State } from '../../kit/State.tsx'
import { appTones, whyOf } from './words.ts'

/** How far an app is on a device. */
export interface Standing {
  state: AppState
  presence: string
  code: string | null
  version: string | null
  since: number
}

/** What can be done about a row: that the device, or the person, is asked for the app once more. */
export interface Asking<T> {
  may(row: T): boolean
  busy(row: T): boolean
  go(row: T): void
}

/** How far an app is, why, since when, and asking again: the same in every table, whether its rows are apps or devices. `latest`: another version is named as such. */
export function standingColumns<T extends Standing>(
  voice: Voice,
  asking: Asking<T> | null,
  latest: string | null = null,
): ListColumn<T>[] {
  const { t } = voice
  return [
    {
      id: 'state',
      head: t('device.col.state'),
      width: 190,
      cell: row =>
        // It was offered, and nobody has asked for it; or it was never meant for such a device.
        (row.presence === 'available' && row.state === 'wanted') || row.code === 'honor.app-other-platform' ? (
          <span className="muted">–</span>
        ) : (
          <State tone={appTones[row.state]} quiet>
            {t(`appState.${row.state}`)}
          </State>
        ),
    },
    {
      id: 'why',
      head: t('appsPage.why'),
      aside: true,
      wraps: true,
      cell: row => {
        const why = whyOf(voice, row.code)
        if (!why) return '–'
        return (
          <span title={why.next ?? undefined}>
            {why.why} {why.next && <span className="soft">{why.next}</span>}
          </span>
        )
      },
    },
    {
      id: 'version',
      head: t('apps.version'),
      width: latest === null ? 90 : 150,
      aside: true,
      wraps: true,
      cell: row => (
        <>
          <span data-name>{row.version ?? '–'}</span>
          {latest !== null && row.version !== null && row.version !== latest && row.state !== 'removed' && (
            <>
              {' '}
              <State tone="attention" quiet>
                {t('apkPage.older')}
              </State>
            </>
          )}
        </>
      ),
    },
    {
      id: 'since',
      head: t('appsPage.since'),
      width: 90,
      num: true,
      aside: true,
      cell: row => <Age at={row.since} />,
    },
    ...(asking
      ? [
          {
            id: 'acts',
            head: t('appsPage.ask'),
            quiet: true,
            width: 130,
            cell: (row: T) =>
              asking.may(row) ? (
                <Button size="sm" busy={asking.busy(row)} onClick={() => asking.go(row)}>
                  {t(askWords[row.state] ?? 'appsPage.ask')}
                </Button>
              ) : null,
          },
        ]
      : []),
  ]
}

const askWords = { rejected: 'appsPage.askAgain', failed: 'appsPage.tryAgain' } as Partial<
  Record<AppState, 'appsPage.askAgain' | 'appsPage.tryAgain'>
>
