import type { WaitingFile } from '../../../seal/held-files.ts'
import { CheckboxGroup } from '../../../ui/index.ts'

/** Files that are here already and need not be chosen again. Whatever loses its tick is not sent. */
export const KeptFiles = ({ files }: { files: readonly WaitingFile[] }) => (
  <div id="kept-files">
    {files.length > 0 ? (
      <CheckboxGroup name="attachments" id="kept-file" values={files.map(({ id }) => id)}
        label={files.length === 1 ? 'This file is here already' : 'These files are here already'}
        options={files.map(({ id, name, size }) => ({ value: id, label: `${name} (${sizeInWords(size)})` }))} />
    ) : null}
  </div>
)

export const sizeInWords = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
