import { actions, type Charter, dataTypes, owned } from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Section } from '../../kit/Page.tsx'
import { Collected, Commanded, collectOf, commandOf, keptWord } from './words.tsx'

/** What is collected and what may be ordered, on whose devices, as two tables. */
export function CharterMatrix({ charter }: { charter: Charter }) {
  const voice = useVoice()
  const { t } = voice
  const { rules, floors } = charter
  const exceptions = [
    ...rules.collect
      .filter(r => r.unit !== null || r.mode !== null)
      .map(r => ({ ...r, what: t(`privacy.type.${r.type}`), value: t(`privacy.collect.${r.collect}`) })),
    ...rules.command
      .filter(r => r.unit !== null || r.mode !== null)
      .map(r => ({ ...r, what: t(`privacy.action.${r.action}`), value: t(`privacy.commanding.${r.commanding}`) })),
  ]
  return (
    <>
      <Section id="collected" title={t('privacy.collected')} hint={t('privacy.collectHint')}>
        <ListTable
          caption={t('privacy.collected')}
          rows={dataTypes}
          keyOf={type => type}
          inset
          columns={[
            { id: 'what', head: t('privacy.what'), cell: type => t(`privacy.type.${type}`) },
            ...owned.map(ownership => ({
              id: ownership,
              head: t(`privacy.owned.${ownership}`),
              width: 128,
              cell: (type: (typeof dataTypes)[number]) => (
                <Collected
                  voice={voice}
                  value={collectOf(rules, type, ownership)}
                  floor={floors.collect.some(f => f.type === type && f.ownership === ownership)}
                />
              ),
            })),
            {
              id: 'kept',
              head: t('privacy.kept'),
              width: 144,
              aside: true,
              cell: type => keptWord(voice, rules.retention[type]),
            },
          ]}
        />
        <p className="small muted">* {t('privacy.floorWord')}</p>
        <dl className="privacy-means small">
          {(['never', 'sealed', 'hidden', 'shown'] as const).map(collect => (
            <div key={collect}>
              <dt>{t(`privacy.collect.${collect}`)}</dt>
              <dd>{t(`privacy.collectMeans.${collect}`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section id="ordered" title={t('privacy.ordered')}>
        <ListTable
          caption={t('privacy.ordered')}
          rows={actions}
          keyOf={action => action}
          inset
          columns={[
            { id: 'what', head: t('privacy.order'), cell: action => t(`privacy.action.${action}`) },
            ...owned.map(ownership => ({
              id: ownership,
              head: t(`privacy.owned.${ownership}`),
              width: 168,
              cell: (action: (typeof actions)[number]) => (
                <Commanded
                  voice={voice}
                  value={commandOf(rules, action, ownership)}
                  floor={floors.command.some(f => f.action === action && f.ownership === ownership)}
                />
              ),
            })),
          ]}
        />
      </Section>
      {exceptions.length > 0 && (
        <Section id="exceptions" title={t('privacy.exceptions')}>
          <ul className="lines">
            {exceptions.map(e => (
              <li key={`${e.what} ${e.ownership} ${e.unit} ${e.mode}`}>
                <span>
                  {t('privacy.exceptionLine', {
                    what: e.what,
                    owned: t(`privacy.owned.${e.ownership}`),
                    value: e.value,
                  })}
                </span>
                <span className="mono soft">{[e.unit, e.mode].filter(Boolean).join(' ')}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {rules.apps.length > 0 && (
        <Section id="named-apps" title={t('privacy.apps')}>
          <ul className="lines">
            {rules.apps.map(app => (
              <li key={app} className="mono">
                {app}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
