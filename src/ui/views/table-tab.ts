/** The tab of the tables: functions, callers below callees, and callees below callers. */
export const tableTab = { title: { en: 'Table', zh: '表格' } }
