/** Few readers open two profiles of one program: its code comes when one does. */
import { lazily } from '../../parts/lazily.tsx'

export const pairedLine = lazily(async () => (await import('./paired-line.tsx')).PairedLine)
