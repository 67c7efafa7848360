import { capital } from '../../../lib/words.ts'
import { Actions, Button, ButtonLink, Carried, PageHead, PublicLayout, RadioGroup } from '../../../ui/index.ts'
import { PostForm } from '../../../ui/post-form.tsx'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { Answer, FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { chosenIn, computed, cvssVersions, metricsOf, type Chosen, type CvssVersion } from '../cvss-metrics.ts'

type Again = (page: Page, input: Entered, errors: FieldErrors) => Answer | Promise<Answer>
const asked = new Set(cvssVersions.flatMap((version) => metricsOf[version].map(({ key }) => key)))

/**
 * The calculator, for itself and on the way through a form: the whole form comes along, unseen, and goes back with its vector. Nothing is kept;
 * files wait as they do for any form that comes back.
 */
export function calculatorPages(web: Web, back: Again): void {
  web.get('/cvss', { may: 'public.read' }, (page) => {
    const given = Object.fromEntries(page.url.searchParams)
    return <Calculator page={page} version={versionIn(given['cvss_version'])} chosen={given} />
  })
  web.post('/report/cvss', { may: 'public.read', files: 'staged' }, (page, input) => {
    if ('back' in input) return back(page, form(input), {})
    if (typeof input['take'] === 'string' && input['take'] !== '') {
      const result = computed(versionIn(textOf(input, 'cvss_version')), chosenOf(input))
      if ('vector' in result) return back(page, { ...form(input), cvss: result.vector }, {})
    }
    const before = chosenIn(textOf(input, 'cvss'))
    const begun = 'cvss_version' in input
    const version = begun ? versionIn(textOf(input, 'other') || textOf(input, 'cvss_version')) : before.version
    return <Calculator page={page} version={version} chosen={begun ? chosenOf(input) : before.chosen} form={form(input)}
      tried={'show' in input || 'take' in input} />
  })
}

const versionIn = (given: string | undefined): CvssVersion => cvssVersions.find((one) => one === given) ?? '3.1'
const chosenOf = (input: Entered): Chosen => Object.fromEntries([...asked].map((key) => [key, textOf(input, key)]).filter(([, value]) => value))
const own = new Set([...asked, 'cvss_version', 'show', 'take', 'back', 'other', 'add'])
const form = (input: Entered): Entered => Object.fromEntries(Object.entries(input).filter(([name]) => !own.has(name)))

interface Props { page: Page; version: CvssVersion; chosen: Chosen; form?: Entered; tried?: boolean }

const Calculator = ({ page, version, chosen, form: carried, tried }: Props) => (
  <PublicLayout page={page} title={`CVSS ${version} calculator`}>
    <PageHead title="How severe is it?"
      lead={`The base metrics of CVSS ${version}.${carried ? ' What you wrote in the form comes back with you.' : ''}`} />
    {carried
      ? (
        <PostForm action="/report/cvss" files guard class="form" calculates={at('/cvss')}>
          <Carried entered={carried} /><Metrics {...{ version, chosen }} tried={tried} carried />
        </PostForm>
      )
      : <form method="get" action={at('/cvss')} novalidate class="form" data-calculates={at('/cvss')}><Metrics {...{ version, chosen }}
        tried={page.url.search !== ''} /></form>}
  </PublicLayout>
)

const Metrics = ({ version, chosen, tried, carried }: { version: CvssVersion; chosen: Chosen; tried?: boolean | undefined; carried?: boolean }) => (
  <>
    <input type="hidden" name="cvss_version" value={version} />
    {metricsOf[version].map(({ key, asks, values }) => (
      <RadioGroup name={key} label={`${asks} (${key})`} value={chosen[key]} 
        options={values.map(([value, label]) => ({ value, label: `${label} (${value})` }))} />
    ))}
    <Result version={version} chosen={chosen} tried={tried} />
    <Actions>
      {carried ? <Button name="take" value="yes">Take it into the report</Button> : null}
      <Button look={carried ? 'second' : 'first'} name="show" value="yes">Show the score</Button>
      {carried ? <Button look="second" name="back" value="yes">Back without it</Button> : null}
      <OtherVersion version={version} carried={carried} />
    </Actions>
  </>
)

const OtherVersion = ({ version, carried }: { version: CvssVersion; carried?: boolean | undefined }) => {
  const other = version === '3.1' ? '4.0' : '3.1'
  return carried
    ? <Button look="quiet" name="other" value={other}>In CVSS {other}</Button>
    : <ButtonLink look="quiet" href={`${at('/cvss')}?cvss_version=${other}`}>In CVSS {other}</ButtonLink>
}

const Result = ({ version, chosen, tried }: { version: CvssVersion; chosen: Chosen; tried?: boolean | undefined }) => {
  const result = computed(version, chosen)
  return (
    <div class="sheet stack" id="score" role="status">
      {'missing' in result
        ? <p class={tried ? undefined : 'soft'}>{result.missing === 1 ? 'One answer is' : `${result.missing} answers are`} missing for a score.</p>
        : (
          <>
            <p><strong>{result.score.toFixed(1)}</strong> <span class={`severity severity-${result.severity}`}>{capital(result.severity)}</span></p>
            <p><code>{result.vector}</code></p>
          </>
        )}
    </div>
  )
}
