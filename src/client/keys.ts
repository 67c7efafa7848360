/**
 * Keys of the desk. `?` shows them; `g` then a letter goes to a place; `j` and `k` walk the list of links that a page marks
 * with `data-walk`. Silent while somebody types, and with any modifier.
 */
const places: Record<string, [name: string, path: string]> = {
  d: ['Duties', '/desk'], r: ['Reports', '/desk/reports'], p: ['Policies', '/desk/policies'],
}
let going = false

document.addEventListener('keydown', event => {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.metaKey || event.altKey || target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return
  const place = going ? places[event.key] : undefined
  going = event.key === 'g'
  if (place) document.querySelector<HTMLAnchorElement>(`.desk-rail a[href$="${place[1]}"]`)?.click()
  else if (event.key === '?') help().showModal()
  else if (event.key === 'j' || event.key === 'k') walk(event.key === 'j' ? 1 : -1)
})

function walk(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-walk]')]
  const here = links.indexOf(document.activeElement as HTMLElement)
  links[Math.max(0, Math.min(links.length - 1, here + by))]?.focus()
}

function help(): HTMLDialogElement {
  const found = document.querySelector<HTMLDialogElement>('#keys')
  if (found) return found
  const dialog = document.createElement('dialog')
  dialog.id = 'keys'
  const rows = [['?', 'this list'], ['j  k', 'next, previous in a list'], ...Object.entries(places).map(([key, [name]]) => [`g ${key}`, `to ${name}`])]
  const list = document.createElement('dl')
  list.className = 'facts'
  for (const [keys, does] of rows) {
    const [term, key, what] = [document.createElement('dt'), document.createElement('kbd'), document.createElement('dd')]
    key.textContent = keys!
    what.textContent = does!
    term.append(key)
    list.append(term, what)
  }
  const title = document.createElement('h2')
  title.textContent = 'Keys'
  const box = document.createElement('div')
  box.className = 'facts-box'
  box.append(list)
  dialog.append(title, box)
  dialog.addEventListener('click', () => dialog.close())
  document.body.append(dialog)
  return dialog
}
