import { useVoice } from '../../i18n/index.tsx'
import { type AndroidMode, androidModes } from './android.ts'

/** How the devices of an invitation are held, each way with what it means for its person. */
export function AndroidHow(props: {
  mode: AndroidMode
  modes?: readonly AndroidMode[]
  onChange(mode: AndroidMode): void
}) {
  const { t } = useVoice()
  return (
    <fieldset className="radios">
      <legend className="lab">{t('android.how')}</legend>
      {(props.modes ?? androidModes).map(mode => (
        <label className="ck how-choice" key={mode}>
          <input type="radio" name="how" checked={mode === props.mode} onChange={() => props.onChange(mode)} />
          <span>
            <b>{t(`enrollment.kind.${mode}`)}</b>
            <span className="hint">{t(`android.how.${mode}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
