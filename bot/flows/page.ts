/** The page a button asks for, counted from 0; the first one where the list has become shorter or the words mean no page. */
export function pageOf(target: string | null, total: number, perPage: number): number {
  const page = target !== null && /^\d{1,3}$/.test(target) ? Number(target) : 0;
  return page * perPage < total ? page : 0;
}
