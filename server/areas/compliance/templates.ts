import { z } from 'zod'
import type { languages } from '../../base/say.ts'
import type { Ctx } from '../../base/ctx.ts'
import { rulesSeen } from './rules.ts'
import { type Demand, ruleKinds, severities } from './rule.ts'

/** Systems that templates are written for. */
export const templateSystems = ['ios', 'macos', 'android'] as const

/** Ids of controls that a rule serves, by who published them. */
export interface Controls {
  readonly cis: readonly string[]
  readonly iso: readonly string[]
  readonly nist: readonly string[]
}

/** A rule of ours, ready to be adopted: our wording, and the ids of the controls it serves. The ids are the publishers'; none of their text is here. */
export interface Template {
  readonly id: string
  readonly of: (typeof templateSystems)[number]
  readonly title: Readonly<Record<(typeof languages)[number], string>>
  readonly demand: Demand
  readonly severity: (typeof severities)[number]
  /** Only supervised devices can keep it, or only company devices should. */
  readonly company?: true
  /** Sections of the CIS benchmark of the system; controls of ISO/IEC 27001:2022 Annex A; of NIST SP 800-53 Rev. 5. */
  readonly controls: {
    readonly cis: readonly string[]
    readonly iso: readonly string[]
    readonly nist: readonly string[]
  }
}

const offered: Template[] = []

/** Platforms offer their templates at start. */
export function offerTemplates(all: readonly Template[]): void {
  for (const one of all) if (!offered.some(t => t.id === one.id)) offered.push(one)
}

/** Every template. */
export function allTemplates(): readonly Template[] {
  return offered
}

/** A template as it is answered. */
export const templateShape = z.object({
  id: z.string(),
  of: z.enum(templateSystems),
  title: z.object({ en: z.string(), fr: z.string(), sv: z.string(), ja: z.string() }),
  kind: z.enum(ruleKinds),
  params: z.record(z.string(), z.json()),
  severity: z.enum(severities),
  company: z.boolean(),
  controls: z.object({ cis: z.array(z.string()), iso: z.array(z.string()), nist: z.array(z.string()) }),
  /** The rules that were made from it. */
  rules: z.array(z.object({ id: z.string(), name: z.string() })),
})

/** All templates, with the rules that were made from each. */
export async function templates(ctx: Ctx): Promise<z.input<typeof templateShape>[]> {
  const made = Map.groupBy(await rulesSeen(ctx), r => r.template)
  return offered.map(({ demand, company, controls, ...t }) => ({
    ...t,
    kind: demand.kind,
    params: demand.params as z.input<typeof templateShape>['params'],
    company: company === true,
    controls: { cis: [...controls.cis], iso: [...controls.iso], nist: [...controls.nist] },
    rules: (made.get(t.id) ?? []).map(({ id, name }) => ({ id, name })),
  }))
}
