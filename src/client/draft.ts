/** A draft that its writer had kept once is kept again after each pause in typing. Nothing is kept before that. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keeps]')) {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const keep = () => {
    const fields = [...new FormData(form)].flatMap(([name, value]) => typeof value === 'string' ? [[name, value]] : [])
    void fetch(form.dataset.keeps!, { method: 'POST', body: new URLSearchParams([...fields, ['quietly', 'yes']]) }).catch(() => {})
  }
  form.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(keep, 3000)
  })
  form.addEventListener('submit', () => clearTimeout(waiting))
}
