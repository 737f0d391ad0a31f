/**
 * Remembers the last result for every owner, as long as the owner lives: what is drawn pixel by pixel of a device is asked
 * for by its exposure and by its factory. Results are shared: read only.
 */
export function rememberLast<Owner extends object, Result>(): (
  owner: Owner,
  key: string,
  make: () => Result,
) => Result {
  const known = new WeakMap<Owner, { readonly key: string; readonly result: Result }>();
  return (owner, key, make) => {
    const last = known.get(owner);
    if (last !== undefined && last.key === key) return last.result;
    const result = make();
    known.set(owner, { key, result });
    return result;
  };
}
