import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { call, get } from '../../api.ts'
import type { SetupCheckAnswer } from '../../contract/custody.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence, State, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'

type Line = SetupCheckAnswer['checks'][number]

const tones: Record<Line['state'], ToneName> = { ok: 'ok', attention: 'attention', danger: 'danger', unknown: 'none' }

const places: Partial<Record<Line['code'], string>> = {
  push: '/settings/certificates',
  tls: '/settings/certificates',
  mail: '/settings/mail',
  custody: '/settings/certificates',
}

/** How the server is set up: what devices find, what it must reach, and for whatever is not right the next step. */
export function SetupCheckPage() {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['setup-check'],
    queryFn: ({ signal }) => get<SetupCheckAnswer>('/setup-check', {}, signal),
    refetchInterval: ({ state }) => (state.data?.askedAt !== null && state.data?.endedAt === null ? 1000 : false),
  })
  const ask = useMutation({
    mutationFn: () => call<SetupCheckAnswer>('POST', '/setup-check'),
    onSuccess: now => client.setQueryData(['setup-check'], now),
  })
  const answer = query.data
  const running = answer?.askedAt != null && answer.endedAt === null
  const may = can('custody:write')
  // The first look checks by itself.
  const first = useRef(true)
  const { mutate } = ask
  useEffect(() => {
    if (!first.current || !answer || !may || answer.askedAt !== null) return
    first.current = false
    mutate()
  }, [answer, may, mutate])
  return (
    <>
      <PageHead
        title={t('setupCheck.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('setupCheck.title') }]}
        lede={answer && answer.endedAt !== null ? <StateOfAll checks={answer.checks} /> : t('setupCheck.lede')}
        aside={answer?.endedAt ? <Age at={answer.endedAt} ago /> : null}
      >
        {may && (
          <Button variant="primary" busy={ask.isPending || running} onClick={() => ask.mutate()}>
            {running ? t('setupCheck.running') : t('setupCheck.run')}
          </Button>
        )}
      </PageHead>
      <div className="pad">
        <ProblemNote error={query.error ?? ask.error} />
        {query.isPending && <Bones lines={7} label={t('kit.loading')} />}
        {answer && (
          <ul className="setup-checks" aria-live="polite">
            {answer.checks.map(line => (
              <Check key={line.code} line={line} />
            ))}
          </ul>
        )}
        <p className="small muted foot-note">{t('setupCheck.foot')}</p>
      </div>
    </>
  )
}

function StateOfAll({ checks }: { checks: Line[] }) {
  const { t } = useVoice()
  const bad = checks.filter(one => one.state === 'danger').length
  const soon = checks.filter(one => one.state === 'attention').length
  if (bad > 0) return <Sentence tone="danger">{t('setupCheck.bad', { n: bad })}</Sentence>
  if (soon > 0) return <Sentence tone="attention">{t('setupCheck.soon', { n: soon })}</Sentence>
  return <Sentence tone="ok">{t('setupCheck.good')}</Sentence>
}

function Check({ line }: { line: Line }) {
  const voice = useVoice()
  const { t } = voice
  const place = places[line.code]
  const words = wordsOf(voice, line)
  return (
    <li>
      <State tone={tones[line.state]}>{t(`setupCheck.state.${line.state}`)}</State>
      <div>
        <h2>{t(`setupCheck.${line.code}`)}</h2>
        <p data-name={words.named || undefined}>{words.text}</p>
        {words.next && <p className="soft">{words.next}</p>}
      </div>
      {place && line.state !== 'ok' && line.checkedAt !== null && (
        <ButtonLink size="sm" to={place} aria-label={t('setupCheck.openLabel', { what: t(`setupCheck.${line.code}`) })}>
          {t('home.open')}
        </ButtonLink>
      )}
    </li>
  )
}

/** The sentence for what was found, and the next step where there is one. */
function wordsOf({ t, tell, has, f }: Voice, line: Line): { text: string; next: string | null; named: boolean } {
  if (line.checkedAt === null) return { text: t('setupCheck.unchecked'), next: null, named: false }
  const { at = null, since = null, ...rest } = line.facts
  const date = (value: string | number | null) => (typeof value === 'number' ? f.dateTime(value) : '')
  const values = {
    url: '',
    address: '',
    reason: '',
    seconds: 0,
    side: 'ahead',
    n: 0,
    ...clean(rest),
    at: date(at),
    since: date(since),
  }
  const key = `setupCheck.${line.code}.${line.why}`
  const next = `${key}.next`
  return {
    text: has(key) ? tell(key, values) : line.why,
    next: has(next) ? tell(next, values) : null,
    named: values.reason !== '' || values.url !== '',
  }
}

const clean = (facts: Line['facts']): Record<string, string | number> =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
