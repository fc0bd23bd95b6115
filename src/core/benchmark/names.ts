/** Which function a benchmark is. */

/** "DecodeMap/size=10-8" is BenchmarkDecodeMap: without sub-benchmarks and the number of processors. */
export function benchmarkFunction(name: string): string {
  const base = name.includes('/') ? name.slice(0, name.indexOf('/')) : name.replace(/-\d+$/, '')
  return `Benchmark${base}`
}

/** The functions of a profile that are benchmarks, among some of its names. */
export function benchmarksAmong(names: readonly string[]): string[] {
  return names.filter((name) => /\.Benchmark[^a-z./][^./]*$|\.Benchmark$/.test(name))
}

/** The one of a profile's functions that a benchmark of a package is, external tests included; pkg: '' = unknown. */
export const functionOf = (functions: readonly string[], name: string, pkg: string): string | undefined =>
  functionAmong(functions, benchmarkFunction(name), pkg)

/** The same of "BenchmarkDecodeMap". */
export function functionAmong(functions: readonly string[], called: string, pkg: string): string | undefined {
  const end = `.${called}`
  // Names of functions write a dot in the last part of an import path as %2e.
  const path = (func: string) => func.slice(0, -end.length).replaceAll('%2e', '.')
  return functions.find((func) => func.endsWith(end) && (pkg === '' || [pkg, `${pkg}_test`].includes(path(func))))
}
