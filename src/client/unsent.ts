/** Asks before typed text is left behind: in the forms that ask for it. */
const unsent = new Set<HTMLFormElement>()

document.addEventListener('input', event => {
  const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>('form[data-guard]') : null
  if (form) unsent.add(form)
})
document.addEventListener('submit', event => unsent.delete(event.target as HTMLFormElement))
document.addEventListener('kept', event => unsent.delete(event.target as HTMLFormElement))
addEventListener('beforeunload', event => {
  if ([...unsent].some(form => form.isConnected)) event.preventDefault()
})
