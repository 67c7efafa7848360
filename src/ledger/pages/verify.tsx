import type { Tx } from '../../db/tx.ts'
import { Actions, Button, CopyText, Notice, PageHead, PublicLayout, type Surroundings } from '../../ui/index.ts'
import { asset } from '../../ui/assets.ts'
import type { Web } from '../../web/module.ts'
import { listLogKeys, logKeyAfter, vkeyOf } from '../signing-keys.ts'
import { publishedCheckpoint } from '../storage.ts'

/** `/verify`: anyone checks the log and the files that they were given, in their own browser or with the command. */
export function serveVerify(web: Web): void {
  web.get('/verify', { may: 'public.read' }, async (page) => {
    const vkey = await page.reading(publishedKey)
    return <VerifyPage page={page} address={page.address('/').replace(/\/$/, '')} vkey={vkey} />
  })
}

async function publishedKey(tx: Tx): Promise<string | undefined> {
  const published = await publishedCheckpoint(tx)
  return published && vkeyOf(logKeyAfter(await listLogKeys(tx), published.previous_size))
}

interface Props {
  page: Surroundings
  /** Of the organisation, as others reach it. */
  address: string
  /** The key that signed the newest public checkpoint. */
  vkey: string | undefined
}

const lead = 'Every promise on this site is held against a log that nobody can rewrite. You need not believe us: '
  + 'read the log, and compute what we say yourself.'

/** The ids are those that src/client/verify.ts drives; what needs script is hidden until it runs. */
export const VerifyPage = ({ page, address, vkey }: Props) => (
  <PublicLayout page={page} title="Verify">
    <PageHead title="Check us" lead={lead} />
    {vkey === undefined ? <Notice>Nothing has been recorded in this log yet.</Notice> : <Checks page={page} address={address} vkey={vkey} />}
    <script type="module" src={asset('verify.js')} />
  </PublicLayout>
)

const Checks = ({ page, address, vkey }: Props & { vkey: string }) => (
  <div id="verify" class="stack stack-wide" data-address={page.at('/')}>
    <section class="stack" aria-labelledby="verify-log-title">
      <h2 id="verify-log-title">The whole log</h2>
      <p>
        Your browser fetches the signed checkpoint, every entry and every published policy, checks that they belong together, and computes each public standing
        again. Nothing is sent.
      </p>
      <form id="verify-log" class="form" hidden>
        <Witnesses id="log-witnesses" />
        <Actions><Button>Compute all standings</Button></Actions>
        <label id="verify-progress" class="field" hidden><span></span><progress></progress></label>
      </form>
      <div id="log-result" class="stack" role="status"></div>
      <noscript><Notice>Your browser runs no script here, so that only the command can check. It is the better way in any case.</Notice></noscript>
    </section>
    <section class="stack" aria-labelledby="verify-receipt-title">
      <h2 id="verify-receipt-title">Files that we gave you</h2>
      <p>
        Whoever reports a weakness gets a receipt and a content file. Together they prove what was reported and when. The reporter of a duplicate gets a file
        about what came first, and every published report has one that shows that nothing in it was changed. All of them stay in your browser.
      </p>
      <form id="verify-receipt" class="form" hidden>
        <div class="field" id="receipt-drop">
          <label for="receipt-files">Receipt (<code>.tlog-proof</code>) with its content file (<code>.json</code>) and attached files,{' '}
            <code>.duplicate.json</code> or <code>.redacted.json</code></label>
          <p class="hint" id="receipt-files-hint">With a duplicate or a published report, add the receipt of your own: then that is compared, too.</p>
          <input id="receipt-files" type="file" multiple aria-describedby="receipt-files-hint" />
        </div>
        <div class="field">
          <label for="receipt-key">The log’s key</label>
          <p class="hint" id="receipt-key-hint">
            This one comes from us. If you noted another, the receipt is of another log, or we changed it without saying so.
          </p>
          <input id="receipt-key" type="text" value={vkey} aria-describedby="receipt-key-hint" autocomplete="off" />
        </div>
        <Witnesses id="receipt-witnesses" />
        <Actions><Button>Check the files</Button></Actions>
      </form>
      <div id="receipt-result" class="stack" role="status"></div>
    </section>
    <Command address={address} vkey={vkey} />
  </div>
)

const Witnesses = ({ id }: { id: string }) => (
  <div class="field">
    <label for={id}>Witnesses that you trust (optional)</label>
    <p class="hint" id={`${id}-hint`}>One key a line. A witness saw how far the log had grown, and when; without one every date is our word.</p>
    <textarea id={id} rows={2} aria-describedby={`${id}-hint`}></textarea>
  </div>
)

const Command = ({ address, vkey }: { address: string; vkey: string }) => (
  <section class="stack" aria-labelledby="verify-command-title">
    <h2 id="verify-command-title">Without trusting this page</h2>
    <p>
      This page came from the server that it checks. The command does not, and it compares with what it saw the last time. It is one file without
      dependencies, with its source; note the key once, from a place that you trust.
    </p>
    <CopyText label="the command" text={`avow verify ${address} --key '${vkey}' --state avow.json`} />
    <p>The formats are those of <a href="https://c2sp.org/tlog-tiles">C2SP’s tiled logs</a>, so that tools which we did not write can read the log as well.</p>
  </section>
)
