import { useEffect, useRef } from 'react'
import type { Finding, Json, Kind } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Empty } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { sayKey, sayValue } from '../../kit/values.tsx'
import { type DraftChange, putBack, without } from './draft.ts'
import { SettingControl } from './SettingControl.tsx'
import type { Setting } from './settings.ts'
import type { DraftHold } from './useDraft.ts'
import { type Findings, keyOf, sayFinding } from './useFindings.ts'
import { honorBadges } from './words.ts'

interface FormProps {
  kind: Kind
  settings: readonly Setting[]
  draft: DraftHold
  findings: Findings
  editable: boolean
  at: string | null
  onAt(key: string): void
}

/** What the policy says, setting by setting, with what is changed and what is wrong beside each. */
export function SettingForm(props: FormProps) {
  const voice = useVoice()
  const { t } = voice
  const { kind, draft, findings } = props
  const shown = props.settings.filter(
    ({ key, required }) => key in draft.value || required || kind.merge === 'instances',
  )
  const gone = draft.changes.filter(change => change.how === 'gone')
  const whole = findings.list.filter(finding => keyOf(finding) === '')
  const sections = [...new Set(shown.map(setting => setting.section))]
  return (
    <section className="form" aria-labelledby="form">
      <h2 className="vh" id="form">
        {t('editor.form')}
      </h2>
      <ProblemNote error={findings.error} />
      {shown.length === 0 && gone.length === 0 && (
        <Empty title={t('editor.emptyForm')}>{t('editor.emptyFormText')}</Empty>
      )}
      {sections.map(section => (
        <div key={section}>
          {section !== '' && <h3 className="fs">{saySection(voice, section)}</h3>}
          <ul>
            {shown
              .filter(setting => setting.section === section)
              .map(setting => (
                <SettingLine key={setting.key} {...props} setting={setting} />
              ))}
          </ul>
        </div>
      ))}
      {gone.length > 0 && <Gone kind={kind.kind} gone={gone} draft={draft} editable={props.editable} />}
      {whole.map(finding => (
        <FindingNote key={finding.code} finding={finding} />
      ))}
    </section>
  )
}

const saySection = (voice: ReturnType<typeof useVoice>, section: string): string => {
  const key = `settingSection.${section}`
  return voice.has(key) ? voice.t(key) : section
}

function SettingLine(props: FormProps & { setting: Setting }) {
  const voice = useVoice()
  const { t } = voice
  const { kind, setting, draft, editable } = props
  const { key } = setting
  const line = useRef<HTMLLIElement>(null)
  const current = props.at === key
  const name = sayKey(voice, kind.kind, key)
  const about = `setting.${kind.kind}.${key}.text`
  const change = draft.changes.find(one => one.key === key && one.how !== 'gone')
  const findings = props.findings.list.filter(finding => keyOf(finding) === key)
  useEffect(() => {
    if (current) line.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <li className={['set', change && 'chg', current && 'is-at'].filter(Boolean).join(' ')} ref={line} id={`set-${key}`}>
      <div className="set-h">
        <div>
          <h3>{name}</h3>
          {voice.has(about) && <p>{voice.t(about)}</p>}
        </div>
        <SettingControl
          name={name}
          kind={kind}
          setting={setting}
          value={draft.value[key]}
          editable={editable}
          onChange={(value: Json | undefined) =>
            draft.set(value === undefined ? without(draft.value, key) : { ...draft.value, [key]: value })
          }
        />
      </div>
      <Badges kind={kind} at={key} />
      {findings.map(finding => (
        <FindingLine key={`${finding.code}${finding.path}`} finding={finding} />
      ))}
      {change && (
        <p className="was">
          <Icon name={change.how === 'new' ? 'plus' : 'edit'} />
          <span>
            {change.how === 'new'
              ? t('editor.newSetting')
              : voice.rich('editor.was', { value: sayValue(voice, key, change.before), version: draft.base })}
          </span>
          {editable && (
            <Button
              size="sm"
              variant="quiet"
              icon="undo"
              onClick={() => draft.set(putBack(draft.value, draft.saved, key))}
            >
              {change.how === 'new' ? t('editor.takeOut') : t('editor.putBack')}
            </Button>
          )}
        </p>
      )}
      {!change && editable && key in draft.value && !setting.required && current && (
        <p className="was">
          <Button size="sm" variant="quiet" icon="x" onClick={() => draft.set(without(draft.value, key))}>
            {t('editor.takeOut')}
          </Button>
        </p>
      )}
    </li>
  )
}

function Badges({ kind, at }: { kind: Kind; at: string }) {
  const voice = useVoice()
  const badges = honorBadges(voice, kind.honors, at)
  if (badges.length === 0) return null
  return (
    <p className="bs">
      {badges.map(badge => (
        <span key={badge.text} className="badge" title={badge.reason ?? undefined}>
          {badge.supervised && <Icon name="shield" />}
          {badge.text}
          {badge.supervised && <span>· {voice.t('editor.supervised')}</span>}
          {badge.reason && <span>· {voice.t('editor.partly')}</span>}
        </span>
      ))}
    </p>
  )
}

function FindingLine({ finding }: { finding: Finding }) {
  const voice = useVoice()
  return (
    <p
      className={finding.severity === 'error' ? 'err' : 'lint'}
      role={finding.severity === 'error' ? 'alert' : undefined}
    >
      <Icon name={finding.severity === 'error' ? 'danger' : finding.severity === 'warning' ? 'attention' : 'info'} />
      {sayFinding(voice, finding)}
    </p>
  )
}

function FindingNote({ finding }: { finding: Finding }) {
  const voice = useVoice()
  const tone = finding.severity === 'error' ? 'danger' : finding.severity === 'warning' ? 'attention' : 'info'
  return (
    <div className="form-note">
      <Note tone={tone}>
        <p>{sayFinding(voice, finding)}</p>
      </Note>
    </div>
  )
}

function Gone(props: { kind: string; gone: readonly DraftChange[]; draft: DraftHold; editable: boolean }) {
  const voice = useVoice()
  const { t } = voice
  return (
    <>
      <h3 className="fs">{t('editor.gone')}</h3>
      <ul>
        {props.gone.map(({ key, before }) => (
          <li key={key} className="set chg">
            <div className="set-h">
              <div>
                <h3>
                  <s>{sayKey(voice, props.kind, key)}</s>
                </h3>
              </div>
              <span className="soft">{sayValue(voice, key, before)}</span>
            </div>
            <p className="was">
              <Icon name="minus" />
              <span>{t('editor.goneSetting')}</span>
              {props.editable && (
                <Button
                  size="sm"
                  variant="quiet"
                  icon="undo"
                  onClick={() => props.draft.set(putBack(props.draft.value, props.draft.saved, key))}
                >
                  {t('editor.putBack')}
                </Button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
