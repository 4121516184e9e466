import { ApiObject, Chart } from 'cdk8s';
import { FluxApp } from '../../src/app';
import { BranchDeliveryOptions, Delivery, FluxConfigRepository, ManifestRepository } from '../../src/delivery';
import { CONFIG, filled, MANIFESTS, newApp } from '../delivery/support';

/** An app with one cluster and one branch. */
export interface Shop {
  readonly app: FluxApp;
  readonly chart: Chart;
  readonly branch: Delivery;
  /** Delivers an object to the branch. */
  readonly deliver: (manifest: any) => ApiObject;
  /** Delivers an object to the directory of the cluster. */
  readonly configure: (manifest: any) => ApiObject;
}

export function newShop(options: BranchDeliveryOptions = {}, namespace?: string): Shop {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace });
  const cluster = new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
  const branch = filled(new ManifestRepository(chart, 'manifests', { url: MANIFESTS, clusters: [cluster] }).branch('cart', { decryption: {}, ...options }));
  const make = (manifest: any) => new ApiObject(chart, `object-${chart.node.children.length}`, { apiVersion: 'v1', ...manifest });
  return {
    app,
    chart,
    branch,
    deliver: (manifest) => {
      const object = make(manifest);
      branch.deliver(object);
      return object;
    },
    configure: (manifest) => {
      const object = make(manifest);
      cluster.deliver(object);
      return object;
    },
  };
}
