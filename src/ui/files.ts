/** Ways into the app: the file button, drop anywhere, paste. */
import type { Session } from '../state/session.ts'

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

/** Whatever lies above it while files are held over the page. */
function isOnInspector({ clientX, clientY }: DragEvent): boolean {
  const rect = document.querySelector('.inspector-body')?.getBoundingClientRect()
  return rect !== undefined && clientX >= rect.left && clientX <= rect.right && clientY >= rect.top
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/**
 * Makes the window a drop target, and takes what is pasted, from now on: a file may come before the page has its words
 * and is drawn.
 */
export function startDropAndPaste({ openFiles, openFolder, openText, takeSources, store }: Session): void {
  // Enter and leave come for every element on the way; the depth says when the window is left.
  let depth = 0
  const holds = (held: number) => {
    depth = Math.max(0, held)
    store.setState({ filesOver: depth > 0 })
  }
  addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    holds(depth + 1)
  })
  addEventListener('dragleave', (event) => {
    if (hasFiles(event)) holds(depth - 1)
  })
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
  })
  addEventListener('drop', (event) => {
    holds(0)
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    if (takeSources(event.dataTransfer?.items, isOnInspector(event))) return
    // Entries are there as long as the event is.
    const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry())
    if (entries.some((entry) => entry?.isDirectory)) void openFolder(entries.filter((entry) => entry !== null))
    else void openFiles(files)
  })
  addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length > 0) {
      event.preventDefault()
      void openFiles(files)
    } else if (!isTyping(event.target)) void openText(event.clipboardData?.getData('text/plain') ?? '')
  })
}
