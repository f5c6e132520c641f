import type { Artifact } from '@muster/wire/apple/catalog/catalog.ts'
import { type FormField, formFor } from '@muster/wire/apple/catalog/form.ts'
import { useQuery } from '@tanstack/react-query'
import type { Kind } from '../../contract/policies.ts'
import { formFromSchema } from '../../kit/catalog-form/from-schema.ts'
import { initialOf, putAt } from '../../kit/catalog-form/value.ts'
import { valuesOf, type Values } from './draft.ts'
import { artifactQuery, kindQuery } from './queries.ts'

/** A kind with what its form is drawn of. */
export interface KindForm {
  kind: Kind
  artifact: Artifact | null
}

/** Reads a kind and, where the vendor's catalog describes it, its artifact. */
export function useKindForm(name: string): { data: KindForm | null; error: unknown } {
  const kind = useQuery({ ...kindQuery(name), enabled: name !== '' })
  const at = kind.data?.catalog ?? null
  const artifact = useQuery({ ...artifactQuery(at?.family ?? '', at?.id ?? ''), enabled: at !== null })
  const ready = kind.data !== undefined && (at === null || artifact.data !== undefined)
  return {
    data:
      ready && kind.data
        ? {
            kind: kind.data,
            artifact: artifact.data ? (name === 'apple.profile' ? asIs(artifact.data) : artifact.data) : null,
          }
        : null,
    error: kind.error ?? artifact.error,
  }
}

/** A whole profile is taken as it came: what its envelope lacks, the server puts there. */
const asIs = (artifact: Artifact): Artifact => ({
  ...artifact,
  fields: (artifact.fields ?? []).map(({ required: _, ...field }) => field),
})

/** The form of a kind as fields. */
export function fieldsOf({ kind, artifact }: KindForm): readonly FormField[] {
  if (artifact) return formFor(artifact).fields()
  return kind.schema === null ? [] : formFromSchema(kind.schema).fields()
}

/** A value with one setting added, as the form would add it; one that no field knows is left out. */
export function withSetting(form: KindForm, value: Values, path: string): Values {
  const keys = path.split('/').filter(Boolean)
  let fields = fieldsOf(form)
  let field: FormField | undefined
  for (const key of keys) {
    field = fields.find(one => one.name === key)
    if (!field) return value
    fields = field.fields()
  }
  return field ? valuesOf(putAt(value, keys, initialOf(field))) : value
}
