/** “Add another” puts in a row from the template at once, where the server would have sent the form back with one more. */
document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-repeat] button[name="add"]') : null
  const group = button?.closest<HTMLElement>('[data-repeat]')
  const template = group?.querySelector('template')
  const rows = group?.querySelector('.rows')
  if (!button || !group || !template || !rows) return
  event.preventDefault()
  const index = rows.children.length
  const row = template.content.firstElementChild!.cloneNode(true) as HTMLElement
  for (const element of [row, ...row.querySelectorAll('*')]) {
    for (const { name, value } of element.attributes) {
      if (value.includes('INDEX')) element.setAttribute(name, value.replace('INDEX', String(index)))
    }
  }
  row.setAttribute('aria-label', row.getAttribute('aria-label')!.replace(/\d+$/, String(index + 1)))
  rows.append(row)
  row.querySelector<HTMLElement>('input, textarea, select')?.focus()
  if (rows.children.length >= Number(group.dataset.max)) button.remove()
})
