import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import type { Language } from '../../base/say.ts'
import type { LiveRule } from './kept-rules.ts'
import type { Rule } from './rule.ts'
import { addRule, drafted, rulesSeen, type RuleWish } from './rules.ts'
import { allTemplates, type Template } from './templates.ts'

/** Which templates are wanted, for which unit, in which language they are named. */
export interface Adoption {
  templates: readonly string[]
  unit: string
  language: Language
}

/** Rules made of templates; one that the unit has already is left as it is. */
export async function adopt(ctx: Ctx, wish: Adoption): Promise<Rule[]> {
  const made: Rule[] = []
  for (const template of await missing(ctx, wish)) made.push(await addRule(ctx, wishFor(template, wish)))
  return made
}

/** The same as they would be, not stored. */
export async function drafts(ctx: Ctx, wish: Adoption): Promise<LiveRule[]> {
  const all: LiveRule[] = []
  for (const template of await missing(ctx, wish)) all.push((await drafted(ctx, null, wishFor(template, wish))).rule)
  return all
}

async function missing(ctx: Ctx, { templates, unit }: Adoption): Promise<Template[]> {
  const there = (await rulesSeen(ctx)).filter(r => r.unit === unit).map(r => r.template)
  return [...new Set(templates)].flatMap(id => {
    const template = allTemplates().find(t => t.id === id)
    if (!template) throw new Problem('rule.template-unknown', { template: id })
    return there.includes(id) ? [] : [template]
  })
}

function wishFor(template: Template, { unit, language }: Adoption): RuleWish {
  return {
    name: template.title[language],
    kind: template.demand.kind,
    params: template.demand.params,
    scope: {
      ownerships: template.company ? ['company'] : [],
      platforms: template.of === 'ios' ? ['ios', 'ipados'] : [template.of],
      tags: [],
    },
    severity: template.severity,
    graceHours: 72,
    responses: [],
    fix: '',
    unit,
    template: template.id,
  }
}
