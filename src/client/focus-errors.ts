/** After a refusal the summary of what to change takes the focus, and screen readers begin there. */
document.querySelector<HTMLElement>('[data-take-focus]')?.focus()
