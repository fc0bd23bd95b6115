import { remedy as d } from '../../zones/words/words.ts'
import type { ShapeWords } from './words.ts'

export const zh: ShapeWords = {
  title: '从形状看',
  none: '从形状上看没有突出之处。',
  fold: '折叠成一步',
  shapes: {
    'spread-function': {
      title: '因分散而看不见：一个函数',
      sentence: (s) => `${s.subject}：共 ${s.value}（${s.share}），分散在 ${s.places} 处，最大的一处 ${s.largest}。`,
      meaning: '调用者很多，没有哪一个方框能显出它来。',
      know: '叶子处占总量的二十分之一以上，分布在 16 个以上的方框中，没有一个超过它的五分之一。',
      remedies: [
        d('从叶子往上看，让这个函数本身更省。', '多数调用者确实需要它。'),
        d('在最重的调用者那里少调用。', '少数几个调用者占了大部分。'),
      ],
    },
    'spread-package': {
      title: '因分散而看不见：一个包',
      sentence: (s) => `${s.subject}：共 ${s.value}（${s.share}），分散在 ${s.places} 个函数中，最大的 ${s.largest}。`,
      meaning: '其中没有哪个函数很大，合起来却很大。',
      know: '叶子处占总量的十分之一以上，分布在 16 个以上的函数中，没有一个超过它的五分之一；runtime 包除外。',
      remedies: [d('按包来看：能做的是少调用这个包。', '它不是你的代码。')],
    },
    'one-line': {
      title: '一行代码',
      sentence: (s) => `${s.subject} 中的一行引起 ${s.value}（${s.share}）。`,
      meaning: '总量的五分之一以上来自一处调用。',
      know: '总量的五分之一以上，离叶子最近的你的代码是这一行。',
      remedies: [d('从这里开始：别处都不如它见效。', '它所调用的可以省去、只做一次或做得更省。')],
    },
    'one-caller': {
      title: '一个调用处',
      sentence: (s) => `${s.other} 的 ${s.ofLeaf} 来自 ${s.subject} 中的一行：${s.value}（${s.share}）。`,
      meaning: '这个函数有多处调用，其中一处占了几乎全部。',
      know: '总量的十分之一以上在一个不属于你的函数中，其中五分之四来自这一行，而这一行引起的不到总量的五分之二。',
      remedies: [d('改这处调用，而不是改函数。', '其他调用者没有问题。')],
    },
    churn: {
      title: '只分配，不保留',
      sentence: (s) => `${s.subject} 分配了 ${s.value}（${s.share}），其中 ${s.inUse} 仍在使用。`,
      meaning: '几乎全部成了垃圾：花费的是分配器和回收器，而不是常驻内存。',
      know: '占已分配的十分之一以上，其中不到百分之一仍在使用。',
      remedies: [
        d('重复使用对象：保留缓冲区、用 sync.Pool，或放在栈上。', '它们只在一次调用中有用。'),
        d('少分配：创建 slice 时给出大小，传指针。', '它们装的是别处已有的内容。'),
      ],
    },
    kept: {
      title: '留下了大部分',
      sentence: (s) => `${s.subject} 持有 ${s.value}（${s.share}）：占它全部分配的 ${s.inUse}。`,
      meaning: '这里分配的都留了下来：缓存、索引，或者泄漏。',
      know: '占在用内存的十分之一以上，并且是这一行全部分配的一半以上。',
      remedies: [
        d('给它设上限，或让条目随使用者一起释放。', '它随工作量增长，而不是随数据增长。'),
        d('用更小的方式存放：更小的字段、不用指针、字符串去重。', '它必须留着。'),
      ],
    },
    'tiny-objects': {
      title: '数以百万计的小对象',
      sentence: (s) => `${s.subject} 创建了 ${s.objects} 个对象，每个 ${s.size}：${s.value}（${s.share}）。`,
      meaning: '每个都要一次分配，留下的还要由回收器逐个查找。',
      know: '占总量的十分之一以上，有一百万个以上的对象，平均每个不超过 32 字节。',
      remedies: [
        d('按值放进同一个 slice。', '它们属于一组。'),
        d('避免装箱和指向小值的指针。', '它们是接口中的数字、标志或短字符串。'),
      ],
    },
    'huge-objects': {
      title: '少数巨大的对象',
      sentence: (s) => `${s.subject} 创建了 ${s.objects} 个对象，每个 ${s.size}：${s.value}（${s.share}）。`,
      meaning: '大对象在创建时要清零，内存也归还得晚。',
      know: '占总量的十分之一以上，对象平均在 1 MiB 以上。',
      remedies: [
        d('分段处理：用 reader，而不是一次读入全部。', '内容是从头到尾读的。'),
        d('保留一个并重复使用。', '调用是一次接一次的。'),
      ],
    },
    doubling: {
      title: '成倍增长',
      sentence: (s) =>
        `${s.subject} 分配了从 ${s.smallestSize} 到 ${s.largestSize} 的 ${s.steps} 种大小，每一种都像是前一种的下一次增长：${s.value}（${s.share}）。`,
      meaning: '不断增长的 slice、缓冲区或 map 每一步都要复制；总共分配的约为最后大小的两倍。',
      know: '占总量的十分之一以上，其调用栈分配了五种以上的大小，跨度 16 倍以上，每一种是前一种的 1.1 到 2.6 倍。大小说明不了那里还创建了什么。',
      remedies: [d('创建时给出大小。', '填充之前就知道大小或上限。')],
    },
    wrappers: {
      title: '一串包装',
      sentence: (s) => `从 ${s.subject} 到 ${s.other} 的 ${s.frames} 帧都只调用下一帧：${s.value}（${s.share}）。`,
      meaning: '中间件、拦截器或分层：它们让图变深，自身花费很少。',
      know: '八个以上的函数，每个的方框有 98 % 以上在同一个被调用者中，并占总量的十分之一以上。',
      remedies: [d('折叠起来便于阅读。', '你要找的在它们下面。')],
    },
    recursion: {
      title: '递归',
      sentence: (s) => `${s.subject} 调用自身，最深 ${s.depth} 层：${s.value}（${s.share}）。`,
      meaning: '同一件工作画成了上下叠放的许多方框。',
      know: '在一条调用栈上出现四次以上，并占总量的十分之一以上；小于总量百分之一的方框不看。',
      remedies: [d('折叠递归便于阅读。', '重要的是每层调用了什么，而不是有多深。')],
    },
    concentration: {
      title: '集中程度',
      sentence: (s) => `其中一半在 ${s.allFunctions} 个函数中的 ${s.functions} 个里。`,
      meaning: '少数函数起决定作用：别处的改动几乎感觉不到。',
      know: '函数有一百个以上，而总量的一半在其中不到二十分之一的函数里。',
      remedies: [],
    },
  },
}
