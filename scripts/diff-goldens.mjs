// Asks pprof what it makes of every two captured profiles of one kind and one folder, and of one program before and after,
// subtracted from each other as -diff_base and as -base do, with and without -normalize, and keeps digests of its reports in
// test/fixtures/differences.json.br. src/node/differences.test.ts gives the same reports to the letter.
//
//   node scripts/diff-goldens.mjs [PPROF]      (takes some minutes; PPROF: a command, else go tool pprof)
//   node scripts/diff-goldens.mjs PPROF FOLDER (prints the answers for the series of another folder, as text)
//
// The tree report holds all there is: every node with flat and cum and their per cent of the base, and every edge, as peek
// prints it.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'

const run = promisify(execFile)
const [pprof = 'go tool pprof', folder] = process.argv.slice(2)
const fixtures = folder ?? fileURLToPath(new URL('../test/fixtures/', import.meta.url))
const types = {
  heap: ['alloc_objects', 'alloc_space', 'inuse_objects', 'inuse_space'],
  cpu: ['samples', 'cpu'],
  goroutine: ['goroutine'],
  mutex: ['contentions', 'delay'],
}
const units = { alloc_space: 'B', inuse_space: 'B', cpu: 'ns', delay: 'ns' }

const kindOf = (file) => {
  const [name] = basename(file).split(/[-.]/)
  return {
    heap: 'heap',
    allocs: 'heap',
    mem: 'heap',
    cpu: 'cpu',
    goroutine: 'goroutine',
    mutex: 'mutex',
    block: 'mutex',
  }[name]
}
const isProfile = (name) => name.endsWith('.pb.gz') && kindOf(name)

/** [base, current], both from the folder. */
function pairs() {
  const list = []
  const every = (files) =>
    files.forEach((base, i) => {
      for (const current of files.slice(i + 1)) if (family(base) === family(current)) list.push([base, current])
    })
  const programs = readdirSync(fixtures).filter((name) => /^(go1\.\d+|bench|goroutines)$/.test(name))
  for (const program of programs) {
    const inside = readdirSync(join(fixtures, program), { withFileTypes: true })
    every(
      inside
        .filter((entry) => entry.isFile() && isProfile(entry.name))
        .map(({ name }) => `${program}/${name}`)
        .sort(),
    )
    const variants = inside
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
    const files = Object.fromEntries(
      variants.map((name) => [
        name,
        readdirSync(join(fixtures, program, name))
          .filter(isProfile)
          .sort(),
      ]),
    )
    for (const variant of variants) every(files[variant].map((name) => `${program}/${variant}/${name}`))
    // One program before and after.
    variants.forEach((before, i) => {
      for (const after of variants.slice(i + 1)) {
        for (const name of files[before].filter((file) => files[after].includes(file) && !/-\d/.test(file)))
          list.push([`${program}/${before}/${name}`, `${program}/${after}/${name}`])
      }
    })
  }
  return list
}

/** Profiles that can be subtracted: a heap and an allocs profile hold the same; mutex and block do not. */
const family = (file) => (kindOf(file) === 'mutex' ? basename(file).split(/[-.]/)[0] : kindOf(file))

/**
 * Without what it says of the files, and without what is nothing: -base leaves out what cancels out in one stack, and not
 * what does in several. Calls of one weight but different signs come in no certain order (pprof compares
 * their absolute values): they are sorted here, those above a node and those below it.
 */
const numbers = (tree) =>
  tree
    .slice(tree.indexOf('Showing nodes'))
    .split(/^-{10,}\+-+$/m)
    .flatMap((block) => {
      const lines = block.split('\n').filter((line) => !/^ +0 +0% \| {3}/.test(line))
      const node = lines.findIndex((line) => /\| \S/.test(line))
      if (/^ *0 +0% +\S+ +0 +0% /.test(lines[node] ?? '')) return []
      return [...lines.slice(0, node).sort(), lines[node], ...lines.slice(node + 1).sort()].join('\n')
    })
    .join('---')
/** Without the label with which pprof marks the samples of the base, without what is the same on both sides, and in a certain order. */
const labels = (tags, option) =>
  tags
    .split('\n\n')
    .filter((part) => !/^\s*pprof::base: /.test(part))
    .map((part) =>
      part
        .split('\n')
        .filter(
          (line) => line.trim() !== '' && !/^ *0 \( *0%\): /.test(line) && !(option === 'base' && /^ *0: /.test(line)),
        )
        .sort()
        .join('\n'),
    )
    // -base knows no label whose samples cancel out.
    .filter((part) => option === 'diff_base' || part.includes('\n'))
    .join('\n\n')
    .trim()

const digest = (text) => createHash('sha256').update(text).digest('base64').slice(0, 12)

const jobs = pairs().flatMap(([base, current]) =>
  types[kindOf(base)].flatMap((type) =>
    ['diff_base', 'base'].flatMap((option) =>
      [false, true].map((normalize) => ({ base, current, type, option, normalize })),
    ),
  ),
)
const answers = new Array(jobs.length)
let next = 0
async function worker() {
  while (next < jobs.length) {
    const i = next++
    const { base, current, type, option, normalize } = jobs[i]
    const common = ['-symbolize=none', `-sample_index=${type}`, ...(units[type] ? [`-unit=${units[type]}`] : [])]
    const files = [`-${option}=${join(fixtures, base)}`, ...(normalize ? ['-normalize'] : []), join(fixtures, current)]
    const ask = async (...report) => {
      const [command, ...args] = [...pprof.split(' '), ...report, ...common, ...files]
      return (await run(command, args, { cwd: '/', maxBuffer: 1 << 28 })).stdout
    }
    const all = ['-nodecount=0', '-nodefraction=0', '-edgefraction=0']
    answers[i] = [
      base,
      current,
      type,
      option,
      normalize ? 1 : 0,
      digest(numbers(await ask('-tree', ...all))),
      digest(labels(await ask('-tags'), option)),
    ]
    if (i % 50 === 0) process.stderr.write(`${i} of ${jobs.length}\n`)
  }
}
await Promise.all([worker(), worker()])
const text = JSON.stringify({ made: `scripts/diff-goldens.mjs with ${basename(pprof)}`, answers })
if (folder) process.stdout.write(`${text}\n`)
else writeFileSync(join(fixtures, 'differences.json.br'), brotliCompressSync(text))
