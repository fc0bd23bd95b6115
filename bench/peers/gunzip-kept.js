/** What any reader that wants the bytes as a whole must do at least: read, inflate, and put them into one buffer. */
import { inGunzipWorker } from './gunzip.js'

inGunzipWorker('keep')
