import { useState } from 'preact/hooks'
import { prepareTexts } from '../texts-prepare.ts'

/** Takes a file by choosing or dropping it. */
export function FileDrop({ file, onFile }: { file: File | null; onFile(file: File): void }) {
  const [over, setOver] = useState(false)
  return (
    <label
      class={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const dropped = event.dataTransfer?.files[0]
        if (dropped) onFile(dropped)
      }}
    >
      <input
        type="file"
        accept=".csv,.txt,.tsv,.vcf,text/csv,text/vcard,text/plain"
        class="visually-hidden"
        data-testid="import-file"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0]
          if (chosen) onFile(chosen)
        }}
      />
      <strong>{file ? file.name : prepareTexts.importing.choose}</strong>
      <span>{prepareTexts.importing.drop}</span>
    </label>
  )
}
