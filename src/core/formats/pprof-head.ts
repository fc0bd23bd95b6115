/** How a pprof file begins, so that for most files nobody need ask what else they could be. */

/** Fields that writers put first: sample_type, sample, mapping, location, function, time, period_type, period. */
const firstTags = new Set([0x0a, 0x12, 0x1a, 0x22, 0x2a, 0x48, 0x5a, 0x60])

/** Surely no text and no file of another tool; false says nothing. */
export function beginsLikePprof(head: Uint8Array): boolean {
  return firstTags.has(head[0]) && head.subarray(0, 64).some((b) => b < 9) && !isOtlp(head)
}

/**
 * Profiles of OpenTelemetry are protobuf too, and begin with field 1, a message: in pprof a sample type, whose fields are
 * numbers, in OTLP a resource with its profiles, whose fields are messages.
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/profiles/v1development/profiles.proto
 */
export function isOtlp(head: Uint8Array): boolean {
  if (head[0] !== 0x0a) return false
  const outer = lengthEnd(head, 1)
  if (head[outer - 1] === 0) return false
  const first = head[outer]
  const inner = lengthEnd(head, outer + 1)
  // A resource begins with an attribute or a count, the profiles of a scope with the scope, a profile or a URL.
  if (first === 0x0a) return head[inner - 1] === 0 || head[inner] === 0x0a || head[inner] === 0x10
  return first === 0x12 && (head[inner] === 0x0a || head[inner] === 0x12 || head[inner] === 0x1a)
}

/** Where the length that begins at `at` ends. */
function lengthEnd(head: Uint8Array, at: number): number {
  let end = at
  while (end < at + 5 && head[end] >= 0x80) end++
  return end + 1
}
