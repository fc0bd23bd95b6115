export interface Rgw {
  endpoint: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  stop(): Promise<void>
  kill(): Promise<void>
  restart(): Promise<void>
}
export function missingForRgw(): string
export function isThere(program: string): boolean
export function startRgw(): Promise<Rgw>
export function freePorts(count: number): Promise<number[]>
