/** An A whose bar is a tick: what is avowed, checked. */
export const Mark = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">
    <path d="M4.5 20 12 4l7.5 16" />
    <path d="m8.9 15.4 2.5 2.5 4.2-5.1" />
  </svg>
)

export const Wordmark = ({ href }: { href?: string }) => href
  ? <a class="wordmark" href={href}><Mark />Avow</a>
  : <span class="wordmark"><Mark />Avow</span>
