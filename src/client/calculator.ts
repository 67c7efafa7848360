/** A calculator tells its score after each choice. Only what is chosen goes out, nothing that is written elsewhere in the form. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-calculates]')) {
  const chosen = () => new URLSearchParams([...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' && (name === 'cvss_version' || form.querySelector(`input[type=radio][name="${CSS.escape(name)}"]`)) ? [[name, value]] : []))
  form.addEventListener('change', () => {
    const asked = chosen().toString()
    void fetch(`${form.dataset.calculates}?${asked}`).then((answer) => answer.text()).then((page) => {
      const score = new DOMParser().parseFromString(page, 'text/html').querySelector('#score')
      if (score && asked === chosen().toString()) document.querySelector('#score')?.replaceChildren(...score.childNodes)
    }).catch(() => {})   // the button does the same
  })
}
