/** What is said of a function that a CPU and a heap profile of one program both hold. */
import type { Messages } from '../../words/message-types.ts'

const en = {
  label: 'CPU and heap together',
  with: (file: string) => `With ${file}`,
  hint: 'Point at a function to see its time and its bytes together.',
  nothing: 'The other profile does not hold this function.',
  work: 'Allocation work',
  workWhy: 'CPU time of the allocator, of assists and of background marking, divided by allocated bytes: an estimate',
}

export const messages: Messages<typeof en> = {
  en,
  zh: {
    label: 'CPU 与堆合看',
    with: (file) => `结合 ${file}`,
    hint: '指向一个函数，同时查看它的时间和字节。',
    nothing: '另一份 profile 中没有这个函数。',
    work: '分配工作',
    workWhy: '分配器、协助标记和后台标记的 CPU 时间，按分配字节分摊：是估计值',
  },
}
