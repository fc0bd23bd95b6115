/** Addresses that lead to the machine they are used on: another program may answer there tomorrow, and nobody else can open them. */
export const isThisMachine = (hostname: string) => /^(localhost|127\.[\d.]+|\[::1\]|.*\.localhost)$/i.test(hostname)
