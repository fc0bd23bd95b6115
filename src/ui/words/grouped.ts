/** A number with its digits grouped as each language groups them, e.g. 12,345. */
export const grouped = {
  en: (n: number) => n.toLocaleString('en-US'),
  zh: (n: number) => n.toLocaleString('zh-CN'),
}
