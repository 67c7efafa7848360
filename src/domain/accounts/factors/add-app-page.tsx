import { Button, CopyText, ErrorSummary, Field, Form, Notice, PlainLayout, QrCode } from '../../../ui/index.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import type { NewApp } from './totp.ts'

/** The secret that an app has to be told, for its camera and to be typed, and the first code that shows that it was. */
export const AddAppPage = ({ page, app, errors = {} }: { page: Page; app: NewApp; errors?: FieldErrors }) => (
  <PlainLayout page={page} title="Add an authenticator app">
    <h1>Add an authenticator app</h1>
    <ErrorSummary errors={errors} />
    <p>1. Open the app on your phone and let it read this.</p>
    <QrCode text={app.uri} label="QR code for your authenticator app" />
    <details>
      <summary>The camera does not work?</summary>
      <p>Enter this key in the app, as time-based with six digits.</p>
      <CopyText text={app.secret.replaceAll(/(.{4})(?!$)/g, '$1 ')} label="the key" />
    </details>
    <p>2. Enter the six digits that it shows now.</p>
    <Form to="/me/factors/app/code">
      <Field name="code" label="Code" autocomplete="one-time-code" maxlength={7} error={errors['code']} />
      <Button>Add the app</Button>
    </Form>
    <p><a href={page.at('/me/factors')}>Not now</a></p>
  </PlainLayout>
)

/** Recovery codes are shown this once. */
export const CodesPage = ({ page, codes }: { page: Page; codes: readonly string[] }) => (
  <PlainLayout page={page} title="Your recovery codes">
    <h1>Keep these codes</h1>
    <p class="lead">Your second factor is in place. Should you lose it, each of these lets you in once.</p>
    <Notice tone="warning">They are shown only now. Print them, or keep them where your passwords are: not on the phone that you may lose.</Notice>
    <div class="codes" data-copy="the codes"><code>{codes.join('\n')}</code></div>
    <p><a class="button" href={page.at(page.actor.kind === 'member' ? '/desk' : '/me/factors')}>I have kept them</a></p>
  </PlainLayout>
)
