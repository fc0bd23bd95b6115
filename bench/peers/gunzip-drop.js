import { inGunzipWorker } from './gunzip.js'

inGunzipWorker('drop')
