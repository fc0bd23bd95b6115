/** The words of the page. A second language is one more file of type Words, chosen here. */
import { en } from './en.ts'

export const words = en
