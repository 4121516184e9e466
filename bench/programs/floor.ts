import * as fs from 'fs';
import * as path from 'path';
import { ApiObject } from 'cdk8s';
import { Built } from './built';

/**
 * The least that any program must do that writes these objects: `toJson` and `JSON.stringify` of each, and as many files. No walk
 * over the app, no order, no check, no YAML, no folders, nothing kept in memory.
 */
export function writeFloor({ files }: Built, outdir: string): void {
  fs.mkdirSync(outdir, { recursive: true });
  files!.forEach((construct, index) => {
    const objects = construct.node.findAll().filter(ApiObject.isApiObject).map((object) => JSON.stringify(object.toJson()));
    fs.writeFileSync(path.join(outdir, `${index}.json`), objects.join('\n---\n'));
    // Every branch has its kustomization.yaml: one more file for each pair of ours.
    if (index % 2 === 0) {
      fs.writeFileSync(path.join(outdir, `${index}.kustomization.json`), JSON.stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [`${construct.node.id}.k8s.yaml`],
      }));
    }
  });
}
