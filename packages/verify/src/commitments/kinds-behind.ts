import { parseRule } from './parse.ts'
import { rosterKinds } from './rosters.ts'

/** Every kind of entry that the standing of a rule rests on, those that list its subjects among them; none where the rule cannot be read. */
export function kindsBehind(ruleText: string): string[] {
  const parsed = parseRule(ruleText)
  return 'rule' in parsed ? [...new Set([...parsed.mentions.map(({ kind }) => kind), ...rosterKinds(parsed.rule.forEach)])] : []
}
