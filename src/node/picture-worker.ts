/** Runs in a thread of its own: reads the file named by workerData and posts the JSON of its picture, or null. */
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { firstPicture } from '../engine/first-picture.ts'

const file = workerData as string
const picture = await firstPicture({ name: basename(file), file: await openAsBlob(file) })
parentPort?.postMessage(picture && JSON.stringify(picture))
