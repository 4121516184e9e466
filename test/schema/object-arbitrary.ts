import * as fc from 'fast-check';
import { nameArbitrary, Overrides, specArbitrary } from './spec-arbitrary';
import { FluxKind, fluxKinds } from '../../src/schema/kinds';

/** How to generate specs of a kind that its CRD takes: what its patterns and its rules in CEL ask for. */
interface Recipe {
  readonly overrides?: Overrides;
  /** Changes a spec so that its fields do not contradict each other. */
  readonly mend?: (spec: any) => void;
}

const url = (...schemes: string[]) => fc.tuple(fc.constantFrom(...schemes), nameArbitrary).map(([scheme, name]) => `${scheme}://${name}.example/a`);
const without = (object: any, ...fields: string[]) => fields.forEach((field) => delete object?.[field]);
const oneOf = (object: any, first: string, second: string) => object?.[first] && object[second] && delete object[second];
const kubeConfig = (spec: any) => {
  if (spec.kubeConfig) {
    oneOf(spec.kubeConfig, 'secretRef', 'configMapRef');
    spec.kubeConfig.secretRef ?? spec.kubeConfig.configMapRef ?? delete spec.kubeConfig;
  }
};

const RECIPES: { readonly [kind: string]: Recipe } = {
  Alert: {},
  ArtifactGenerator: {
    overrides: {
      'sources.alias': nameArbitrary,
      'sources.name': nameArbitrary,
      'sources.namespace': nameArbitrary,
      'artifacts.copy.from': fc.constantFrom('@a/', '@a-b/c/**'),
      'artifacts.copy.to': fc.constantFrom('@artifact/', '@artifact/c'),
      'artifacts.revision': fc.constant('@a'),
      'artifacts.originRevision': fc.constant('@a_b'),
      'pathPattern': fc.constant('@a/{app}'),
    },
  },
  Bucket: {
    overrides: { 'sts.endpoint': url('http', 'https') },
    mend: (spec) => {
      const provider = spec.provider ?? 'generic';
      oneOf(spec, 'secretRef', 'serviceAccountName');
      without(spec, ...provider === 'generic' ? ['serviceAccountName'] : [], ...provider === 'generic' || provider === 'aws' ? [] : ['sts']);
      if (spec.sts) {
        spec.sts.provider = provider === 'aws' ? 'aws' : 'ldap';
        without(spec.sts, ...provider === 'aws' ? ['secretRef', 'certSecretRef'] : []);
      }
    },
  },
  ExternalArtifact: {},
  GitRepository: {
    overrides: { url: url('http', 'https', 'ssh') },
    mend: (spec) => without(spec, ...['aws', 'azure'].includes(spec.provider) ? [] : ['serviceAccountName']),
  },
  HelmChart: { mend: (spec) => without(spec, ...spec.sourceRef.kind === 'HelmRepository' ? [] : ['verify']) },
  HelmRelease: {
    overrides: { 'valuesFrom.targetPath': fc.constantFrom('a.b', 'list[0].c', 'a/b'), 'valuesFrom.valuesKey': fc.constantFrom('values.yaml', 'a_b-c') },
    mend: (spec) => {
      oneOf(spec, 'chart', 'chartRef');
      kubeConfig(spec);
      spec.chart || spec.chartRef || Object.assign(spec, { chartRef: { kind: 'OCIRepository', name: 'app' } });
      [spec.install?.strategy, spec.upgrade?.strategy].forEach((strategy) => strategy?.name === 'RetryOnFailure' || without(strategy, 'retryInterval'));
    },
  },
  HelmRepository: { overrides: { url: url('http', 'https', 'oci') } },
  ImagePolicy: {
    mend: (spec) => {
      spec.policy ??= {};
      spec.digestReflectionPolicy === 'Always' ? spec.interval ??= '5m' : without(spec, 'interval');
    },
  },
  ImageRepository: {},
  ImageUpdateAutomation: { overrides: { 'git.push.refspec': fc.constantFrom('refs/heads/a:refs/heads/b', '') } },
  Kustomization: { mend: kubeConfig },
  OCIRepository: { overrides: { url: url('oci') } },
  Provider: {
    overrides: { proxy: url('http', 'https') },
    mend: (spec) => without(spec, ...['github', 'gitlab', 'gitea', 'bitbucketserver', 'bitbucket', 'azuredevops'].includes(spec.type) ? [] : ['commitStatusExpr']),
  },
  Receiver: {
    overrides: { 'oidcProviders.issuerURL': url('http', 'https') },
    mend: (spec) => {
      if (spec.type === 'generic-oidc') {
        const providers: any[] = spec.oidcProviders ?? [{ issuerURL: 'https://a', audience: 'flux', validations: [{ expression: 'true', message: 'no' }] }];
        spec.oidcProviders = providers.filter(({ issuerURL }, index) => providers.findIndex((other) => other.issuerURL === issuerURL) === index);
        delete spec.secretRef;
      } else {
        delete spec.oidcProviders;
        spec.secretRef ??= { name: 'token' };
      }
    },
  },
};

/** The kinds whose objects can be generated. */
export const GENERATED_KINDS: readonly FluxKind[] = fluxKinds().filter(({ kind }) => RECIPES[kind]);

/** Objects of a kind that its CRD takes. */
export function objectArbitrary({ apiVersion, kind }: FluxKind): fc.Arbitrary<any> {
  const { overrides, mend } = RECIPES[kind];
  return fc.tuple(nameArbitrary, specArbitrary(kind, overrides)).map(([name, given]) => {
    const spec = structuredClone(given);
    mend?.(spec);
    return { apiVersion, kind, metadata: { name, namespace: 'differential' }, spec };
  });
}
