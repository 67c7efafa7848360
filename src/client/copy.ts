/** A button beside text that people carry elsewhere. */
for (const box of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-second'
  button.textContent = 'Copy'
  button.setAttribute('aria-label', `Copy ${box.dataset.copy}`)
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(box.querySelector('code')!.textContent)
    button.textContent = 'Copied'
    setTimeout(() => { button.textContent = 'Copy' }, 2000)
  })
  box.append(button)
}
