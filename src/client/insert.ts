/** A template goes into the text at once, where the cursor is. Without script the button asks the server to do it. */
document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-insert]') : null
  const text = button?.form?.querySelector('textarea')
  const chosen = button?.form?.querySelector<HTMLSelectElement>(`select[name="${button.dataset.insert}"]`)?.selectedOptions[0]
  if (!button || !text || !chosen) return
  event.preventDefault()
  text.setRangeText(chosen.dataset.text ?? '', text.selectionStart, text.selectionEnd, 'end')
  text.dispatchEvent(new Event('input', { bubbles: true }))
  text.focus()
})
