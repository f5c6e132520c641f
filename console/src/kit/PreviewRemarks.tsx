import { Link } from '@tanstack/react-router'
import type { Preview, TestResult } from '../contract/policies.ts'
import { useVoice, type Voice } from '../i18n/index.tsx'
import { sayHeld } from './held.ts'
import { Note } from './State.tsx'
import { sayItem, sayKey, sayValue } from './values.tsx'

/** Why a platform does not honor something, in words. */
export function sayHonor(voice: Voice, reason: string): string {
  // A road's reason is the answer of its devices, in the same words.
  const told = `explained.${reason}`
  if (voice.has(told)) return voice.t(told)
  const key = reason.startsWith('honor.') ? reason : `honor.${reason}`
  return voice.has(key) ? voice.t(key) : reason
}

/** How many settings are named in a sentence; of more only the reason is. */
const mostNamed = 6

/** That some devices cannot take something: which, what of it, and why. */
export function UnhonoredLine(props: { gap: Omit<Preview['unhonored'][number], 'policy'> }) {
  const voice = useVoice()
  const { gap } = props
  const named = gap.keys.length > 0 && gap.keys.length <= mostNamed
  return voice.rich(
    named ? 'preview.unhonoredKeys' : 'preview.unhonored',
    {
      n: gap.devices,
      platform: sayHeld(voice, gap),
      reason: sayHonor(voice, gap.reason),
      keys: named ? voice.f.list(gap.keys.map(key => sayKey(voice, gap.kind, key))) : '',
    },
    { device: inside => <span className="s s-attention">{inside}</span> },
  )
}

/** Something a change runs into elsewhere, in words. */
function sayNote({ t, has }: Voice, code: string, facts: Preview['notes'][number]['facts']): string {
  const key = `note.${code}`
  return has(key) ? t(key, facts) : code
}

/** What speaks against a change: tests that fail, conflicts that are decided, settings some platform does not know. */
export function PreviewRemarks({ preview }: { preview: Preview }) {
  const voice = useVoice()
  const { t, rich } = voice
  const failed = preview.tests.filter(test => test.newly > 0)
  return (
    <div className="remarks">
      {failed.map(test => (
        <Note key={test.id} tone="danger" role="status">
          <p>
            <b>{t('preview.testFails', { name: test.name })}</b> {t('preview.testFailing', { n: test.newly })}
          </p>
          <ul className="small">
            {test.failures.slice(0, 3).map(failure => (
              <li key={failure.device.id}>
                <Link to="/devices/$device" params={{ device: failure.device.id }}>
                  {failure.device.name}
                </Link>{' '}
                {sayFailure(voice, failure)}
              </li>
            ))}
          </ul>
        </Note>
      ))}
      {preview.notes.map(({ code, facts }) => (
        <Note key={`${code}${facts['app']}`} tone="danger" role="status">
          <p>
            <b lang="en">{facts['name']}</b>: {sayNote(voice, code, facts)}
          </p>
        </Note>
      ))}
      {preview.conflicts.map(conflict => (
        <Note key={`${conflict.item}${conflict.key}${conflict.winner}`} tone="attention" icon="scale">
          <p>
            {rich(conflict.level === 'equal' ? 'preview.conflictEqual' : 'preview.conflict', {
              names: voice.f.list(conflict.policies.map(policy => policy.name)),
              winner: conflict.policies.find(policy => policy.id === conflict.winner)?.name ?? conflict.winner,
              n: conflict.devices,
            })}
          </p>
        </Note>
      ))}
      {preview.unhonored.length > 0 && (
        <ul className="gaps">
          {preview.unhonored.map(gap => (
            <li key={`${gap.policy}${gap.platform}${gap.road}${gap.mode}${gap.reason}`}>
              <UnhonoredLine gap={gap} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Why a device fails a test, in words. */
export function sayFailure(voice: Voice, failure: TestResult['failures'][number]): string {
  const { why, item, key = '', is } = failure
  const [kind = item] = item.split('#')
  const name = `testFailure.${why}`
  if (!voice.has(name)) return why
  return voice.tell(name, {
    item: sayItem(voice, item),
    key: sayKey(voice, kind, key),
    is: is === undefined ? '' : sayValue(voice, key, is, kind),
  })
}
