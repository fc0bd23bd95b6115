/** The check of imports finds what it is there for. */
import { expect, it } from 'vitest'
import { checkModules } from './boundaries.mjs'

const problems = (modules) => checkModules(new Map(Object.entries(modules)))

it('accepts imports inside and down the layers, and packages that a layer may use', () => {
  const modules = {
    'core/model/units.ts': [],
    'core/query/run.ts': ['../model/units.ts', 're2js'],
    'bench/run.ts': ['../src/core/query/run.ts', './report.ts', 'node:fs'],
    'bench/report.ts': [],
    'e2e/open.spec.ts': ['../src/core/model/units.ts', '@playwright/test'],
  }
  expect(problems(modules)).toEqual([])
})

it.each([
  [
    'two modules',
    { 'core/model/a.ts': ['./b.ts'], 'core/model/b.ts': ['./a.ts'] },
    'core/model/a.ts -> core/model/b.ts -> core/model/a.ts',
  ],
  [
    'three modules of bench',
    { 'bench/a.ts': ['./b.ts'], 'bench/b.ts': ['./c.ts'], 'bench/c.ts': ['./a.ts'] },
    'bench/a.ts -> bench/b.ts -> bench/c.ts -> bench/a.ts',
  ],
  ['a module and itself', { 'scripts/a.mjs': ['./a.mjs'] }, 'scripts/a.mjs -> scripts/a.mjs'],
])('refuses a circle of %s', (_, modules, circle) => {
  expect(problems(modules)).toEqual([`circle: ${circle}`])
})

it.each([
  ['core/query/a.ts', '../../ui/b.ts', 'core/query/a.ts must not import ui/b.ts'],
  ['bench/a.ts', '../src/ui/b.ts', 'bench/a.ts must not import ui/b.ts'],
  ['core/model/a.ts', 'react', 'core/model/a.ts must not import the package react'],
  ['scripts/a.mjs', 'react', 'scripts/a.mjs must not import the package react'],
])('refuses what crosses a border: %s imports %s', (file, target, sentence) => {
  expect(problems({ [file]: [target], 'ui/b.ts': [] })).toEqual([sentence])
})

it('refuses imports of nothing, and folders that it does not know', () => {
  expect(problems({ 'core/model/a.ts': ['./gone.ts'] })).toEqual([
    'core/model/a.ts imports ./gone.ts, which is not there',
  ])
  expect(problems({ 'attic/a.ts': [] })).toEqual(['attic/a.ts lies in no folder that scripts/boundaries.mjs knows'])
})
