import fs from 'fs';
import { PerformanceObserver } from 'perf_hooks';
import { ApiObject, App, Yaml } from 'cdk8s';
import yaml from 'js-yaml';

/** Time spent in the calls that any synth makes, by what they do. */
export interface Seams {
  stop(): Promise<{ [seam: string]: number }>;
}

/**
 * Wraps what a synth calls, from outside, so that its time can be told apart. What is left over is the app's own: walking, ordering,
 * routing and validating.
 */
export function watchSeams(app: App): Seams {
  const spent: { [seam: string]: number } = { 'toJson': 0, 'YAML': 0, 'folders': 0, 'files': 0, 'garbage collection, within the others': 0 };
  const watch = (seam: string, holder: any, method: string) => {
    const original: (...args: unknown[]) => unknown = holder[method];
    holder[method] = function (...args: unknown[]) {
      const start = performance.now();
      try {
        return original.apply(this, args);
      } finally {
        spent[seam] += performance.now() - start;
      }
    };
  };
  app.node.findAll().filter(ApiObject.isApiObject).forEach((object) => watch('toJson', object, 'toJson'));
  watch('YAML', yaml, 'dump');
  watch('YAML', Yaml, 'stringify');
  watch('folders', fs, 'mkdirSync');
  watch('files', fs, 'writeFileSync');
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  function add(entries: readonly { duration: number }[]) {
    entries.forEach(({ duration }) => spent['garbage collection, within the others'] += duration);
  }
  return {
    stop: async () => {
      // Collections are reported some turns of the event loop later.
      await new Promise((resolve) => setTimeout(resolve, 50));
      observer.disconnect();
      return spent;
    },
  };
}
