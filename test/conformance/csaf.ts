/**
 * The OASIS test documents for CSAF 2.0. A name ends in the test's section and a running number: `…-6-1-01-01.json` breaks the rule of section
 * 6.1.1, and from 11 on the documents keep it.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as informative from '@secvisogram/csaf-validator-lib/informativeTests.js'
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js'
import * as optional from '@secvisogram/csaf-validator-lib/optionalTests.js'
import { filesBelow } from './files.ts'
import { attempt, skipped, type Judge } from './verdict.ts'

interface Result { isValid?: boolean; errors?: unknown[]; warnings?: unknown[]; infos?: unknown[] }
type Test = (document: unknown) => Result | Promise<Result>

const groups: Record<string, [prefix: string, tests: object]> = {
  1: ['mandatoryTest', mandatory],
  2: ['optionalTest', optional],
  3: ['informativeTest', informative],
}

export const csaf: Judge = async function* (folder) {
  for (const file of filesBelow(folder)) {
    const name = basename(file)
    const [, group = '', section = '', number = ''] = /-6-([123])((?:-\d{2})+)-(\d{2})\.json$/.exec(name) ?? []
    const test = testFor(group, section)
    if (!test) yield skipped(name, 'names no test that the validator has')
    else yield await attempt(name, () => compare(test, JSON.parse(readFileSync(file, 'utf8')), Number(number) > 10))
  }
}

function testFor(group: string, section: string): Test | undefined {
  const [prefix, tests] = groups[group] ?? ['', {}]
  const numbers = section.split('-').filter(Boolean).map(Number)
  return (tests as Record<string, Test | undefined>)[`${prefix}_6_${group}_${numbers.join('_')}`]
}

async function compare(test: Test, document: unknown, shouldPass: boolean): Promise<string | undefined> {
  const { isValid = true, errors = [], warnings = [], infos = [] } = await test(document)
  const passes = isValid && [...errors, ...warnings, ...infos].length === 0
  return passes === shouldPass ? undefined : `the validator ${passes ? 'passes' : 'refuses'} it, against its name`
}
