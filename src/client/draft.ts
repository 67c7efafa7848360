/** What is typed is kept after each pause, and at once when the page is left; chosen files go along once. What is kept then stands on the page. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keeps]')) {
  let waiting: ReturnType<typeof setTimeout> | undefined
  let sending: AbortController | undefined

  const posted = (): FormData | URLSearchParams => {
    const data = new FormData(form)
    data.set('quietly', 'yes')
    const chosen = [...data.values()].some(value => value instanceof File && value.name !== '')
    return chosen ? data : new URLSearchParams([...data].flatMap(([name, value]) => typeof value === 'string' ? [[name, value]] : []))
  }
  const keep = async (leaving = false) => {
    clearTimeout(waiting)
    waiting = undefined
    sending?.abort()
    const { signal } = sending = new AbortController()
    const files = chosenFiles(form)
    try {
      const answer = await fetch(form.dataset.keeps!, { method: 'POST', body: posted(), ...leaving ? { keepalive: true } : { signal } })
      if (!answer.ok || leaving) return
      show(await answer.text())
      for (const [input, before] of files) if (input.files === before) input.value = ''
      if (!waiting) form.dispatchEvent(new Event('kept', { bubbles: true }))
    } catch { /* The next pause tries again. */ }
  }
  form.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(keep, 2000)
  })
  form.addEventListener('submit', () => {
    clearTimeout(waiting)
    waiting = undefined
    sending?.abort()
  })
  addEventListener('pagehide', () => { if (waiting) void keep(true) })
}

const chosenFiles = (form: HTMLFormElement): [HTMLInputElement, FileList | null][] =>
  [...form.querySelectorAll<HTMLInputElement>('input[type=file]')].map(input => [input, input.files])

/** Puts what the answer says in the places of the same id. */
function show(answer: string): void {
  const kept = new DOMParser().parseFromString(answer, 'text/html')
  for (const id of ['draft', 'kept-files']) {
    const [here, there] = [document.getElementById(id), kept.getElementById(id)]
    if (here && there && here.innerHTML !== there.innerHTML && !here.contains(document.activeElement)) here.replaceWith(there)
  }
}
