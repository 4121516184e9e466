import { appendFileSync } from 'fs';
import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';

// In CI the same cases every time: a change is judged by what it changes. Everywhere else new ones, to find what nobody thought of.
if (process.env.CI) {
  fc.configureGlobal({ seed: 27 });
}

// What the tests render, for whoever wants to show it to a real API server: one object a line.
const { CDK8S_FLUXCD_RENDERED } = process.env;
if (CDK8S_FLUXCD_RENDERED) {
  const { toJson } = ApiObject.prototype;
  ApiObject.prototype.toJson = function (this: ApiObject) {
    const json = toJson.call(this);
    appendFileSync(CDK8S_FLUXCD_RENDERED, `${JSON.stringify(json)}\n`);
    return json;
  };
}
