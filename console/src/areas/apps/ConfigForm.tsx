import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FormKey } from '../../contract/apps.ts'
import type { Finding, Json } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { CatalogForm } from '../../kit/catalog-form/CatalogForm.tsx'
import type { Wording } from '../../kit/catalog-form/hold.ts'
import { tableOf } from '../../kit/catalog-form/value.ts'
import { secretsQuery } from '../policies/queries.ts'
import { configSchema } from './config-schema.ts'

/** What an app is told, key by key as its form has them; keys of one's own can be added. */
export function ConfigForm(props: {
  form: readonly FormKey[]
  value: Json
  findings: readonly Finding[]
  onChange(value: Json): void
}) {
  const { t } = useVoice()
  const secrets = useQuery(secretsQuery)
  const schema = useMemo(
    () => ({ type: 'object', properties: { config: configSchema(props.form) }, required: ['config'] }),
    [props.form],
  )
  const kept = useMemo(
    () =>
      (secrets.data?.items ?? []).map(({ id, name, version }) => ({ id, name: t('secret.named', { name, version }) })),
    [secrets.data, t],
  )
  const wording = useMemo(
    (): Wording => ({ label: (_, pointer) => (pointer === '/config' ? t('setting.app.config') : undefined) }),
    [t],
  )
  return (
    <div className="config-form">
      <CatalogForm
        schema={schema}
        value={{ config: props.value }}
        onChange={to => props.onChange(tableOf(to)['config'] ?? {})}
        findings={props.findings.filter(one => one.path.startsWith('/config'))}
        secrets={kept}
        wording={wording}
        alone
      />
    </div>
  )
}
