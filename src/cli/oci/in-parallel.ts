/**
 * Does something for each item, a number of them at a time, in their order. After an error none is begun any more, and those that run
 * are waited for.
 *
 * @returns the errors
 */
export async function inParallel<T>(items: readonly T[], atATime: number, act: (item: T) => Promise<void>): Promise<unknown[]> {
  const errors: unknown[] = [];
  let next = 0;
  const work = async () => {
    while (next < items.length && errors.length === 0) {
      await act(items[next++]).catch((error) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, work));
  return errors;
}
