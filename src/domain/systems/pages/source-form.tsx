import { Button, CheckboxGroup, Field, FieldError, Form, kept, Select, type Draft } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import { checkNames, findCheck } from '../check-kinds.ts'
import { checkScript } from '../check-script.ts'
import { practicesByTitle } from '../practice-kinds.ts'
import { Code } from './parts.tsx'

interface Props { draft: Draft; chosen: readonly string[]; keys: readonly { id: string; name: string }[] }

const words = [
  { value: 'machine', label: 'A machine that looked' },
  { value: 'third-party', label: 'A third party’s signed document' },
  { value: 'both', label: 'Both sides of the matter' },
  { value: 'company', label: 'The company says' },
]

/** Registers a tool: what it feeds, and how it is known. */
export const NewSource = ({ draft, chosen, keys }: Props) => (
  <section class="sheet stack" aria-labelledby="new-source">
    <h2 id="new-source">Connect a source</h2>
    <Form to="/desk/sources" guard>
      <Field {...kept(draft, 'title')} label="Name" hint="What people call it: our build." />
      <Field {...kept(draft, 'slug')} label="Short name" maxlength={63}
        hint="Lower-case letters, digits, hyphens: ci. One that is there already is replaced." />
      <Select {...kept(draft, 'vouch')} label="On whose word" options={words} />
      <Select {...kept(draft, 'api_key')} label="Its key" optional placeholder="None: it only signs"
        options={keys.map(({ id, name }) => ({ value: id, label: name }))}
        hint={<>The entries of this key count as the source’s. <a href={at('/desk/keys')}>Make one</a> with the role Machine.</>} />
      <Field {...kept(draft, 'public_key')} label="Public key" optional code
        hint="Ed25519, 32 bytes in base64. Needed where it sends results of checks, which it signs." />
      <Kinds chosen={chosen} error={draft.errors?.kinds} />
      <Button>Connect the source</Button>
    </Form>
  </section>
)

const Kinds = ({ chosen, error }: { chosen: readonly string[]; error?: string | undefined }) => (
  <div class="stack" id="kinds" role="group" aria-labelledby="kinds-head">
    <h3 id="kinds-head">What it feeds</h3>
    <FieldError id="kinds" error={error} />
    {[...feedable()].map(([title, options], i) => (
      <details open={options.some(({ value }) => chosen.includes(value))}>
        <summary>{title}</summary>
        <CheckboxGroup name="kinds" id={`kinds-${i + 1}`} label={title} unseenLabel options={options} values={chosen} />
      </details>
    ))}
  </div>
)

const feedable = () => new Map([
  ['Checks', checkNames().map((name) => ({ value: `check.${name}`, label: findCheck(name)!.about ?? name, hint: `check.${name}` }))],
  ...[...practicesByTitle()].map(([title, kinds]) => [title, kinds.map(({ kind, about = kind }) => ({ value: kind, label: about, hint: kind }))] as const),
])

/** The lines that a pipeline needs, with this installation's addresses. */
export const HowTo = ({ at: address }: { at: (path: string) => string }) => (
  <section class="sheet stack" aria-labelledby="pipeline">
    <h2 id="pipeline">In a pipeline</h2>
    <p>With its key in <code>AVOW_KEY</code>, a source records what was done in one line:</p>
    <Code label="With curl" text={`curl -fsS ${address('/api/v1/evidence/record')} \\
  -H "Authorization: Bearer $AVOW_KEY" -H 'Content-Type: application/json' \\
  -d '{"kind":"backup.completed","subjects":{"system":"web-app"},"source":"backups"}'`} />
    <Code label="With the command" text={`export AVOW_URL=${address('')}
avow evidence record --kind backup.completed --subjects '{"system":"web-app"}' --source backups`} />
    <p>
      The result of a check is signed as well, so that nobody but the machine that looked can have made it. Make a key pair once; what the
      second line prints is the public key:
    </p>
    <Code label="A key pair" text={`openssl genpkey -algorithm ed25519 -out avow-check.pem
openssl pkey -in avow-check.pem -pubout -outform DER | tail -c 32 | base64`} />
    <p>This script signs a result and sends it, as in <code>avow-check.sh scanner sso web-app passed</code>:</p>
    <Code label="Signing a result" text={checkScript} />
  </section>
)
