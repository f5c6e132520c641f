import { useQuery } from '@tanstack/react-query'
import type { Campaign, Foresight } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { foreseenQuery } from './queries.ts'
import { dueWord, whyWord } from './words.ts'

/** What a campaign would do if it were started now: its waves, who is left out and why, who is away, and when the date comes where. */
export function ForesightView({ campaign }: { campaign: Campaign }) {
  const { t } = useVoice()
  const found = useQuery(foreseenQuery(campaign))
  const preview = found.data?.preview ?? null
  return (
    <Section id="foresight" title={t('campaign.foresight')} by={preview && <Age at={preview.at} ago />}>
      <ProblemNote error={found.error} />
      {preview === null && !found.error && <Bones lines={5} label={t('campaign.lookingFirst')} />}
      {preview !== null && (
        <>
          <p className="small soft foresight-text">{t('campaign.foresightText')}</p>
          <Waves preview={preview} />
          <div className="foresight-parts">
            <Left preview={preview} />
            <Away preview={preview} />
          </div>
          <Dues preview={preview} />
        </>
      )}
    </Section>
  )
}

function Waves({ preview }: { preview: Foresight }) {
  const { t, f } = useVoice()
  return (
    <ListTable
      caption={t('campaign.waves')}
      rows={preview.waves}
      keyOf={row => String(row.percent)}
      columns={[
        { id: 'wave', head: t('campaign.wave'), width: 80, cell: row => f.percent(row.percent / 100) },
        {
          id: 'devices',
          head: t('campaign.waveDevices'),
          width: 100,
          num: true,
          cell: row => f.number(row.devices),
        },
        {
          id: 'starts',
          head: t('campaign.waveStarts'),
          cell: row =>
            row.late ? (
              <State tone="attention">{t('campaign.waveLate')}</State>
            ) : row.startsInMs === 0 ? (
              t('campaign.waveAtOnce')
            ) : (
              t('campaign.waveAfter', { hours: Math.round(row.startsInMs / 3_600_000) })
            ),
        },
      ]}
    />
  )
}

function Left({ preview }: { preview: Foresight }) {
  const voice = useVoice()
  const { t, f } = voice
  return (
    <div>
      <h3>{t('campaign.cannot')}</h3>
      {preview.reasons.length === 0 ? (
        <p className="small soft">{t('campaign.cannotNone')}</p>
      ) : (
        <dl className="counted">
          {preview.reasons.map(row => (
            <div key={`${row.standing} ${row.why}`}>
              <dt>{whyWord(voice, row.why)}</dt>
              <dd className="mono">{f.number(row.devices)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function Away({ preview }: { preview: Foresight }) {
  const { t, f } = useVoice()
  return (
    <div>
      <h3>{t('campaign.offlineTitle')}</h3>
      {preview.offline.length === 0 ? (
        <p className="small soft">{t('campaign.offlineNone')}</p>
      ) : (
        <dl className="counted">
          {preview.offline.map(row => (
            <div key={row.days}>
              <dt>{t('campaign.offline', { days: row.days })}</dt>
              <dd className="mono">{f.number(row.devices)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function Dues({ preview }: { preview: Foresight }) {
  const voice = useVoice()
  const { t, f } = voice
  if (preview.dues.length === 0) return null
  return (
    <div className="foresight-dues">
      <h3>{t('campaign.dues')}</h3>
      <p className="small soft">{t('campaign.dueText', { due: dueWord(voice, preview.due) })}</p>
      <ListTable
        caption={t('campaign.dues')}
        rows={preview.dues}
        keyOf={row => row.zone}
        columns={[
          { id: 'zone', head: t('campaign.zone'), cell: row => <span lang="en">{row.zone.replaceAll('_', ' ')}</span> },
          { id: 'at', head: t('campaign.yourClock'), width: 170, cell: row => f.dateTime(row.at) },
          { id: 'devices', head: t('campaign.devices'), width: 90, num: true, cell: row => f.number(row.devices) },
        ]}
      />
    </div>
  )
}
