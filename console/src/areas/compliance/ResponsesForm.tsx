import type { ResponseKind, RuleResponse } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { useCan } from '../../session.tsx'

const kinds: readonly { kind: ResponseKind; permission?: string }[] = [
  { kind: 'notify-person' },
  { kind: 'notify-admins' },
  { kind: 'message', permission: 'devices:write' },
  { kind: 'tag', permission: 'devices:write' },
  { kind: 'ticket' },
  { kind: 'restrict', permission: 'devices:write' },
  { kind: 'lock', permission: 'devices:lock' },
]

/** What a violation sets off, in the order of the delays. */
export function ResponsesForm(props: { responses: RuleResponse[]; onChange(responses: RuleResponse[]): void }) {
  const { t } = useVoice()
  const can = useCan()
  const { responses, onChange } = props
  const change = (at: number, one: RuleResponse) => onChange(responses.map((r, i) => (i === at ? one : r)))
  const offered = kinds.filter(k => k.permission === undefined || can(k.permission))
  return (
    <fieldset className="plain">
      <legend className="lab">{t('rules.responses')}</legend>
      <p className="hint">{t('rules.responsesHint')}</p>
      <ol className="responses">
        {responses.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: responses have nothing but their place
          <li key={at}>
            <SelectField
              label={t('rules.response')}
              value={one.kind}
              onChange={event =>
                change(at, withKind(one, event.target.value as ResponseKind, t('rules.restrictedTag')))
              }
              options={offered.map(({ kind }) => ({ value: kind, label: t(`response.${kind}`) }))}
            />
            <TextField
              label={t('rules.after')}
              type="number"
              min={0}
              max={2160}
              value={one.afterHours}
              onChange={event => change(at, { ...one, afterHours: Math.max(0, Number(event.target.value) || 0) })}
            />
            {(one.kind === 'tag' || one.kind === 'restrict') && (
              <TextField
                label={t('tagRules.tag')}
                value={one.tag ?? ''}
                maxLength={60}
                onChange={event => change(at, { ...one, tag: event.target.value })}
              />
            )}
            <Button variant="quiet" icon="x" iconOnly onClick={() => onChange(responses.filter((_, i) => i !== at))}>
              {t('rules.takeResponse')}
            </Button>
          </li>
        ))}
      </ol>
      {responses.length < 10 && (
        <Button
          size="sm"
          icon="plus"
          onClick={() =>
            onChange([...responses, { kind: 'notify-person', afterHours: responses.at(-1)?.afterHours ?? 0 }])
          }
        >
          {t('rules.addResponse')}
        </Button>
      )}
    </fieldset>
  )
}

function withKind({ afterHours, tag }: RuleResponse, kind: ResponseKind, usual: string): RuleResponse {
  return kind === 'tag' || kind === 'restrict' ? { kind, afterHours, tag: tag || usual } : { kind, afterHours }
}
