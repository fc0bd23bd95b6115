/** Ways into the app: the file button, drop anywhere, paste. */

import { useEffect, useState } from 'react'
import type { Session } from '../state/session.ts'
import { useSession } from './session.ts'

const INPUT_ID = 'file-input'

/** Opens the system's file chooser through the page's one file input. */
export function chooseFiles(): void {
  document.getElementById(INPUT_ID)?.click()
}

export const fileInput = {
  id: INPUT_ID,
  /** Reads what was chosen and clears the input, so that the same file can be chosen again. */
  onChange(input: HTMLInputElement, { openFiles }: Session): void {
    const files = [...(input.files ?? [])]
    input.value = ''
    if (files.length > 0) void openFiles(files)
  },
}

/** True where letters are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'file', 'range'].includes(target.type)
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Makes the window a drop target; true while files are held over it. */
export function useDropAndPaste(): boolean {
  const { openFiles, openFolder, openText, takeSources } = useSession()
  const [over, setOver] = useState(false)
  useEffect(() => {
    // Enter and leave come for every element on the way; the depth says when the window is left.
    let depth = 0
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth++
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const hold = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    }
    const drop = (event: DragEvent) => {
      depth = 0
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      if (takeSources(event.dataTransfer?.items)) return
      // Entries are there as long as the event is.
      const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry())
      if (entries.some((entry) => entry?.isDirectory)) void openFolder(entries.filter((entry) => entry !== null))
      else void openFiles(files)
    }
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length > 0) {
        event.preventDefault()
        void openFiles(files)
      } else if (!isTyping(event.target)) void openText(event.clipboardData?.getData('text/plain') ?? '')
    }
    addEventListener('dragenter', enter)
    addEventListener('dragleave', leave)
    addEventListener('dragover', hold)
    addEventListener('drop', drop)
    addEventListener('paste', paste)
    return () => {
      removeEventListener('dragenter', enter)
      removeEventListener('dragleave', leave)
      removeEventListener('dragover', hold)
      removeEventListener('drop', drop)
      removeEventListener('paste', paste)
    }
  }, [openFiles, openFolder, openText, takeSources])
  return over
}
