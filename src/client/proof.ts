/**
 * While somebody fills in a form, a worker solves the challenge that it carries. Whoever is faster than the worker waits for it a moment; where
 * the work cannot be done (no WebCrypto without TLS) the form is sent as it is, and was open for a while by then.
 */
const field = document.querySelector<HTMLInputElement>('input[data-challenge][data-worker]')
if (field?.form && field.value === '' && isSecureContext) {
  const worker = new Worker(field.dataset.worker!, { type: 'module' })
  const form = field.form
  const work = new Promise<string>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<string>) => resolve(data))
    worker.addEventListener('error', () => resolve(''))
    setTimeout(resolve, 60_000, '')
  })
  let done = false
  void work.then((proof) => {
    field.value = proof
    done = true
    worker.terminate()
  })
  worker.postMessage(field.dataset.challenge, [])
  form.addEventListener('submit', (event) => {
    // Only sending the report takes it: not a row more, nor a way that comes back to the form.
    if (done || (event.submitter as HTMLButtonElement | null)?.name === 'add' || event.submitter?.hasAttribute('formaction')) return
    event.preventDefault()
    const { submitter } = event
    if (form.ariaBusy === 'true') return
    form.ariaBusy = 'true'
    void work.then(() => {
      form.ariaBusy = null
      form.requestSubmit(submitter)
    })
  })
}
