import { useMessages } from '../words/use-messages.ts'
import { messages } from './panel-messages.ts'

export const usePanelWords = () => useMessages(messages)
