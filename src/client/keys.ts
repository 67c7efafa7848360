/**
 * Keys of the desk. `?` shows them; `g` then a letter goes to a place; `j` and `k` walk the list of links that a page marks with `data-walk`; the
 * others do what a button or link of the page does, and nothing where there is none. Silent while somebody types, and with any modifier.
 */
const places: Record<string, [name: string, path: string]> = {
  d: ['Duties', '/desk'], r: ['Reports', '/desk/reports'], p: ['Policies', '/desk/policies'],
}

/** What a key does on the pages that have it: a control to use, or one to go to. */
const deeds: Record<string, [does: string, selector: string]> = {
  x: ['tick the report that is chosen', '[data-tick]'],
  b: ['do something with those ticked', '[data-many] > summary'],
  '/': ['search', '#search'],
  a: ['take the case: it is yours', 'form[action$="/assignee"] button'],
  e: ['the usual next step', '.step[open] textarea, .step[open] button, .step summary'],
  m: ['write to the reporter', '#compose-message, #message'],
  n: ['write a note', '#compose-note'],
  u: ['undo what you did last', 'form[action$="/desk/undo"] button'],
}
let going = false

document.addEventListener('keydown', event => {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return
  const place = going ? places[event.key] : undefined
  going = !going && event.key === 'g'
  if (place) document.querySelector<HTMLAnchorElement>(`.desk-rail a[href$="${place[1]}"]`)?.click()
  else if (event.key === '?') help().showModal()
  else if (event.key === 'j' || event.key === 'k') walk(event.key === 'j' ? 1 : -1)
  else if (deeds[event.key] && doIt(event.key)) event.preventDefault()
})

/** A tick box takes no letters. */
const isTyping = (target: HTMLElement) =>
  target.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox')

function doIt(key: string): boolean {
  const selector = deeds[key]![1]
  const line = document.activeElement?.closest('tr')
  const control = (key === 'x' ? line : document)?.querySelector<HTMLElement>(selector)
  if (!control) return false
  const isUsed = control.matches('[data-tick], summary, form[action$="/assignee"] button, form[action$="/desk/undo"] button')
  if (isUsed) control.click()
  if (!isUsed || control.matches('summary')) control.focus()
  control.scrollIntoView({ block: 'nearest' })
  return true
}

function walk(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-walk]')]
  const here = links.findIndex((link) => link === document.activeElement || link.closest('tr')?.contains(document.activeElement) === true)
  links[Math.max(0, Math.min(links.length - 1, here + by))]?.focus()
}

function help(): HTMLDialogElement {
  const found = document.querySelector<HTMLDialogElement>('#keys')
  if (found) return found
  const dialog = document.createElement('dialog')
  dialog.id = 'keys'
  dialog.setAttribute('aria-labelledby', 'keys-title')
  const rows = [
    ['?', 'this list'], ['j  k', 'next, previous in a list'], ['Enter', 'open it'], ...Object.entries(deeds).map(([key, [does]]) => [key, does]),
    ...Object.entries(places).map(([key, [name]]) => [`g ${key}`, `to ${name}`]),
  ]
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
  title.id = 'keys-title'
  title.textContent = 'Keys'
  const box = document.createElement('div')
  box.className = 'facts-box'
  box.append(list)
  dialog.append(title, box)
  dialog.addEventListener('click', () => dialog.close())
  document.body.append(dialog)
  return dialog
}
