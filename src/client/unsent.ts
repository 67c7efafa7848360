/** Asks before typed text is left behind: forms with a large text in them. */
const unsent = new Set<HTMLFormElement>()

document.addEventListener('input', event => {
  if (event.target instanceof HTMLTextAreaElement && event.target.form) unsent.add(event.target.form)
})
document.addEventListener('submit', event => unsent.delete(event.target as HTMLFormElement))
addEventListener('beforeunload', event => {
  if ([...unsent].some(form => form.isConnected)) event.preventDefault()
})
