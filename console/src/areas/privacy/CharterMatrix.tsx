import { actions, type Charter, dataTypes, owned } from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Section } from '../../kit/Page.tsx'
import { Grid } from './Grid.tsx'
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
        <Grid
          caption={t('privacy.collected')}
          heads={[t('privacy.what'), ...owned.map(o => t(`privacy.owned.${o}`)), t('privacy.kept')]}
          rows={dataTypes.map(type => [
            t(`privacy.type.${type}`),
            ...owned.map(o => (
              <Collected
                key={o}
                voice={voice}
                value={collectOf(rules, type, o)}
                floor={floors.collect.some(f => f.type === type && f.ownership === o)}
              />
            )),
            keptWord(voice, rules.retention[type]),
          ])}
        />
        <p className="small muted">* {t('privacy.floorWord')}</p>
        <p className="small muted">{t('privacy.usageLogs')}</p>
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
        <Grid
          caption={t('privacy.ordered')}
          heads={[t('privacy.order'), ...owned.map(o => t(`privacy.owned.${o}`))]}
          rows={actions.map(action => [
            t(`privacy.action.${action}`),
            ...owned.map(o => (
              <Commanded
                key={o}
                voice={voice}
                value={commandOf(rules, action, o)}
                floor={floors.command.some(f => f.action === action && f.ownership === o)}
              />
            )),
          ])}
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
